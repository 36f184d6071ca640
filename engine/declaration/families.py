"""The families that operations belong to, in the order in which they are taught and listed."""

from __future__ import annotations

from typing import NamedTuple

from engine.texts import Text


class Family(NamedTuple):
    """A family by its name, with what people read; ``place`` orders the families."""

    name: str
    title: Text
    place: int


CONVOLUTION = Family("convolution", Text("Convolution", "卷积"), 0)
POOLING = Family("pooling", Text("Pooling", "池化"), 1)
ACTIVATION = Family("activation", Text("Activation", "激活"), 2)
NORMALISATION = Family("normalisation", Text("Normalisation", "归一化"), 3)
SHAPING = Family("shaping", Text("Shaping and joining", "变形与合并"), 4)
DENSE = Family("dense", Text("Fully connected", "全连接"), 5)
LOSS = Family("loss", Text("Loss", "损失"), 6)
