"""Swish with a sigmoid of straight lines."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params
from engine.families import Elementwise
from engine.functions import Function, X, gated, maximum, minimum


class Hardswish(Elementwise):
    """hardswish(input).

    output = 0 up to -3, the input itself from 3 on, and input (input + 3) / 6 between, cell by cell.
    The derivative is 0 up to and at -3, 1 at and from 3 on, and (2 input + 3) / 6 between, as in PyTorch
    since pull request 148049. Source: Howard et al., "Searching for MobileNetV3", ICCV 2019.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError if the input is not an array of real numbers.

    >>> engine.hardswish([-4, -3, 0, 3, 4]).tolist()
    [0.0, 0.0, 0.0, 3.0, 4.0]
    """

    name = "hardswish"
    title = Text("Hard swish", "Hard Swish（折线 Swish）")
    summary = Text(
        "Multiplies every number by its own hard sigmoid: nearly swish, but without an exponential.",
        "每个数乘以它自己的折线 Sigmoid：近似 Swish，却不用指数。",
    )

    def function(self, params: Params) -> Function:
        """Return the function."""
        return gated(maximum(0, minimum(1, X / 6 + 0.5)), 3)


hardswish = Hardswish()
