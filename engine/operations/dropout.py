"""Dropout: in training, cells fall silent at random."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.basics import Array, Float, Number, Shape, Text, float_for
from engine.declaration import (
    OUTPUT,
    Call,
    Counts,
    Flag,
    Integer,
    Layout,
    Operation,
    Output,
    Params,
    Real,
    Recipe,
    product,
)
from engine.families import INPUT, NORMALISATION, identity_axes, single_term
from engine.functions import word
from engine.recipes import lines
from engine.trace import Cell, Step, Trace

P = Real(
    "p",
    0.5,
    Text("Probability", "概率"),
    Text("With what probability a cell is dropped.", "每个格被丢弃的概率。"),
    least=0,
    most=1,
    step=0.05,
)
TRAINING = Flag(
    "training",
    True,
    Text("Training", "训练模式"),
    Text("Whether cells are dropped at all; in use, none are.", "是否丢弃；实际使用时一个也不丢。"),
)
SEED = Integer(
    "seed",
    0,
    Text("Seed", "随机种子"),
    Text("The same seed drops the same cells.", "相同的种子丢弃相同的格。"),
    keyword_only=True,
    least=0,
    limit="seed",
)
MASK = Text("mask", "掩码")


class Dropout(Operation):
    """dropout(input, p=0.5, training=True, *, seed=0).

    In training every cell is, with probability p, set to 0 and otherwise divided by 1 - p, so that the
    mean stays what it was; in evaluation the input comes out as it is (Srivastava et al., "Dropout: a
    simple way to prevent neural networks from overfitting", 2014). Which cells are dropped depends on
    seed and on the input's shape alone; p = 1 drops all.

    Shapes: input (...) with any number of axes; output the same, floats as they are, whole numbers as
    float32 (float64 where they need it). A second output, mask, is 1 where a cell is kept and 0 elsewhere.

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.dropout([1, 2, 3, 4], seed=1).tolist()
    [2.0, 4.0, 0.0, 8.0]
    >>> engine.dropout([1, 2, 3, 4], training=False).tolist()
    [1.0, 2.0, 3.0, 4.0]
    """

    name = "dropout"
    title = Text("Dropout", "随机失活")
    summary = Text(
        "In training, sets cells to 0 at random and makes the others larger to make up for it.",
        "训练时随机把一些格置为 0，并相应放大其余的格。",
    )
    family = NORMALISATION
    inputs = (INPUT,)
    outputs = (OUTPUT, Output("mask", Text("Mask", "掩码")))
    parameters = (P, TRAINING, SEED)
    linear = True

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: what goes in comes out."""
        shape = shapes["input"]
        training = params.get_of(TRAINING)
        return Layout(
            shape,
            identity_axes(shape),
            counts=lambda: Counts(macs=product(cells=shape)) if training else Counts(),
            bytes=8 * 5 * prod(shape),
            further={"mask": shape},
        )

    def forward(self, call: Call) -> Array:
        """Drop and scale."""
        array = call.inputs["input"]
        return self._dropped(call, array.astype(float_for(array)))

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return the mask."""
        return {"mask": _kept(call).astype(output.dtype)}

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Drop and scale the gradient in the same way."""
        kind = gradient.dtype
        return {"input": self._dropped(call, gradient.astype(kind))}

    def _dropped(self, call: Call, array: Float) -> Float:
        if not call.params.get_of(TRAINING):
            return array
        scaled = array / array.dtype.type(1 - call.params.get_of(P))
        return np.where(_kept(call), scaled, array.dtype.type(0))

    def recipe(self, call: Call) -> Recipe:
        """Return the cells that the seed keeps, divided; PyTorch would draw others."""
        shape, p = call.inputs["input"].shape, call.params.get_of(P)
        if not call.params.get_of(TRAINING):
            return Recipe(
                "output = x",
                "output = F.dropout(x, training=False)",
                further={"mask": ("mask = np.ones_like(x)", "mask = torch.ones_like(x)")},
            )
        drawn = f"np.random.default_rng({call.params.get_of(SEED)}).random({shape}) >= {p!r}"
        keep = 1 - p or 1  # with p = 1 nothing is kept, and nothing need be divided by 0
        return Recipe(
            f"mask = {drawn}\noutput = np.where(mask, x / {keep!r}, 0)",
            lines(
                "# F.dropout would draw other cells: these are the engine's.",
                f"mask = torch.from_numpy(np.asarray({drawn})).to(x.device)",
                f"output = torch.where(mask, x / {keep!r}, 0)",
            ),
            further={"mask": ("", "")},
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell and what it was divided by, or the 0 it was multiplied by."""
        if not call.params.get_of(TRAINING):
            return single_term(call, cell, value, [])
        if _kept(call)[cell]:
            step = Step("divide", 1 - word("p"), value, value.dtype.type(1 - call.params.get_of(P)))
        else:
            step = Step("multiply", MASK, value, value.dtype.type(0))
        return single_term(call, cell, value, [step])


def _kept(call: Call) -> NDArray[np.bool_]:
    """Return which cells are kept: the same for every call of this seed and shape."""
    shape = call.inputs["input"].shape
    if not call.params.get_of(TRAINING):
        return np.ones(shape, np.bool_)
    drawn = np.random.default_rng(call.params.get_of(SEED)).random(shape)
    return np.asarray(drawn >= call.params.get_of(P))


dropout = Dropout()
