"""Softmax: numbers become shares that add up to 1."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.basics import Array, Float, Number, Text
from engine.declaration import Call, Recipe
from engine.families import DIM, AlongAxis, shares
from engine.functions import EXP, LARGEST, word
from engine.recipes import along_line, lines
from engine.trace import Cell, Step, Trace


class Softmax(AlongAxis):
    """softmax(input, dim=None).

    output = exp(input - max) / sum of exp(input - max), the maximum and the sum taken along dim; the
    maximum cancels, and keeps the exponentials from overflowing. Source: Goodfellow, Bengio, Courville,
    "Deep Learning", 2016, sections 4.1 and 6.2.2.3.

    Shapes: input at least one axis, the output as the input. dim may count from the end (-1); left out
    it is the channels: axis 0 of (C) and (C, H, W), axis 1 of (N, C), (N, C, H, W) and (N, C, D, H, W).
    Floats keep their type; whole numbers come out as float32 (float64 where they need it). A line that
    holds infinity or what is not a number gives what is not a number; minus infinity has no share.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.softmax([1000, 1000, -1000]).tolist()
    [0.5, 0.5, 0.0]
    """

    name = "softmax"
    basic = True
    shares = True
    title = Text("Softmax", "Softmax（归一化指数）")
    summary = Text(
        "Turns numbers into shares that add up to 1; the largest takes the most.",
        "把一组数变成总和为 1 的份额，最大的得到最多。",
    )

    def forward(self, call: Call) -> Array:
        """Return every cell's share."""
        return shares(*self.numbers(call))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Let a cell gain as much as its gradient is above the mean by shares."""
        x, dim, kind = self.widened(call, gradient)
        share = shares(x, dim)
        mean = (gradient * share).sum(axis=dim, keepdims=True)
        return {"input": np.asarray(share * (gradient - mean), kind)}

    def recipe(self, call: Call) -> Recipe:
        """Return the exponentials' shares; terms are the exponentials along the axis."""
        dim = call.params.get_of(DIM)
        return Recipe(
            lines(
                f"e = np.exp(x - x.max({dim}, keepdims=True))",
                f"output = e / e.sum({dim}, keepdims=True)",
            ),
            f"output = F.softmax(x, {dim})",
            terms=along_line("e", dim),
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the exponentials along the axis and their sum, by which the cell's own is divided."""
        _, _, parts = self.line(call, cell)
        own = cell[self.numbers(call)[1]]
        steps = [
            Step("apply", EXP(word(f"x[{own}]") - LARGEST), parts[own]),
            Step("divide", Text("sum", "总和"), value, parts.sum()),
        ]
        return self.trace_of(call, cell, value, steps)


softmax = Softmax()
