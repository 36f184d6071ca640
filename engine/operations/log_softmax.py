"""The logarithm of softmax, as losses need it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.basics import Array, Float, Number, Text
from engine.declaration import Call, Recipe
from engine.families import DIM, AlongAxis, below_largest, log_shares
from engine.functions import LARGEST, LOG, X, word
from engine.recipes import along_line, lines
from engine.trace import Cell, Step, Trace


class LogSoftmax(AlongAxis):
    """log_softmax(input, dim=None).

    output = input - max - log(sum of exp(input - max)), the maximum and the sum taken along dim: the
    logarithm of softmax, accurate also where softmax itself would round to 0. Source: Goodfellow,
    Bengio, Courville, "Deep Learning", 2016, sections 4.1 and 6.2.2.3.

    Shapes: input at least one axis, the output as the input. dim may count from the end (-1); left out
    it is the channels: axis 0 of (C) and (C, H, W), axis 1 of (N, C), (N, C, H, W) and (N, C, D, H, W).
    Floats keep their type; whole numbers come out as float32 (float64 where they need it). A line that
    holds infinity or what is not a number gives what is not a number.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.log_softmax([0, -1000]).tolist()
    [0.0, -1000.0]
    """

    name = "log_softmax"
    title = Text("Log-softmax", "Log-Softmax（归一化指数的对数）")
    summary = Text(
        "The logarithm of softmax: how far each number lies below the logarithm of all exponentials' sum.",
        "Softmax 的对数：每个数比所有指数之和的对数低多少。",
    )

    def forward(self, call: Call) -> Array:
        """Return the logarithm of every cell's share."""
        return log_shares(*self.numbers(call))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Take from every cell its share of all gradients along the axis."""
        x, dim, kind = self.widened(call, gradient)
        total = gradient.sum(axis=dim, keepdims=True)
        return {"input": np.asarray(gradient - np.exp(log_shares(x, dim)) * total, kind)}

    def recipe(self, call: Call) -> Recipe:
        """Return what lies below the logarithm of the exponentials' sum; terms are the exponentials."""
        dim = call.params.get_of(DIM)
        return Recipe(
            lines(
                f"below = x - x.max({dim}, keepdims=True)",
                f"output = below - np.log(np.exp(below).sum({dim}, keepdims=True))",
            ),
            f"output = F.log_softmax(x, {dim})",
            terms=f"np.exp({along_line('below', dim)})",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the exponentials along the axis, the logarithm of their sum, and the cell above it."""
        x, dim = self.numbers(call)
        through = tuple(slice(None) if axis == dim else place for axis, place in enumerate(cell))
        line = below_largest(x[through], 0)
        lowered = -np.log(np.exp(line).sum(axis=0))
        own = cell[dim]
        steps = [
            Step("apply", -LOG(X), lowered),
            Step("add", word(f"x[{own}]") - LARGEST, value, line[own]),
        ]
        return self.trace_of(call, cell, value, steps)


log_softmax = LogSoftmax()
