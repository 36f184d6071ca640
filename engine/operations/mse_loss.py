"""The mean squared error."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.basics import Array, Float, Number, Shape, ShapeError, Text, widest_of_all
from engine.declaration import Call, Input, Layout, Operation, Params, Recipe
from engine.families import INPUT, LOSS, losses
from engine.functions import X, word
from engine.trace import Cell, Step, Trace

COUNT = Text("cells", "格数")


class SquaredError(Operation):
    """mse_loss(input, target, reduction="mean").

    (input - target)^2, cell by cell, then their mean over all cells, their sum, or each by itself
    (Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 5.1.4). A trace of mean or sum counts
    half of each square for the input's cell and half for the target's.

    Shapes: input (...) and target the same; output () for "mean" and "sum", the input's shape for "none";
    float32 for float32, else float64. The mean of no cells is not a number.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.mse_loss([1.0, 2.0, 3.0], [1.0, 4.0, 7.0], "none").tolist()
    [0.0, 4.0, 16.0]
    """

    name = "mse_loss"
    title = Text("Mean squared error", "均方误差")
    summary = Text(
        "The squares of the differences between two inputs, averaged.",
        "两个输入之差的平方，再取平均。",
    )
    family = LOSS
    inputs = (INPUT, Input("target", "maps", Text("Target", "目标")))
    parameters = (losses.REDUCTION,)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; the target must be as large as the input."""
        shape = shapes["input"]
        target = shapes.get("target", shape)
        if target != shape:
            raise ShapeError(
                "target_shape",
                Text(
                    "target must have the input's shape, {expected}; it has {shape}.",
                    "目标的形状须与输入相同：{expected}；这里是 {shape}。",
                ),
                field="target",
                values={"shape": list(target), "expected": list(shape)},
            )
        return losses.layout_of_loss(shape, shape, params.get_of(losses.REDUCTION), macs=1, additions=1)

    def forward(self, call: Call) -> Array:
        """Square the differences and add them up, in float64."""
        squares = _differences(call)
        np.square(squares, out=squares)
        result = losses.reduced(squares, call.params.get_of(losses.REDUCTION), squares.size)
        return np.asarray(result, _kind(call))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Pull the input towards the target, and the target towards the input."""
        reduction, cells = call.params.get_of(losses.REDUCTION), prod(call.inputs["input"].shape)
        each = losses.expanded(gradient, reduction, cells)
        found = np.asarray(2 * _differences(call) * each)
        kind = gradient.dtype
        return {"input": found.astype(kind), "target": np.asarray(-found, kind)}

    def recipe(self, call: Call) -> Recipe:
        """Return the squares of the differences, reduced; they themselves are the terms."""
        reduction = call.params.get_of(losses.REDUCTION)
        reduced = {"mean": ".mean()", "sum": ".sum()", "none": ""}[reduction]
        return Recipe(
            f"squares = (x - target) ** 2\noutput = squares{reduced}",
            f'output = F.mse_loss(x, target, reduction="{reduction}")',
            terms="squares" if reduced else "[x[cell], -target[cell]]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the difference and its square, or half of every square for each of the two cells."""
        array, target = call.inputs["input"], call.inputs["target"]
        pair = np.result_type(array, target)
        if call.params.get_of(losses.REDUCTION) == "none":
            return Trace(
                self.name,
                cell,
                np.array([cell, cell], np.intp).reshape(2, len(cell)),
                np.zeros((2, 1), np.intp),
                np.array([array[cell], target[cell]], pair),
                value,
                np.array([1, -1], pair if pair.kind == "f" else np.int64),
                of=["input", "target"],
                steps=(Step("apply", X**2, value),),
            )
        places = np.indices(array.shape).reshape(array.ndim, array.size).T
        halves = _differences(call).reshape(-1) ** 2 / 2
        mean = call.params.get_of(losses.REDUCTION) == "mean"
        return Trace(
            self.name,
            cell,
            np.concatenate([places, places]),
            np.zeros((2 * array.size, 1), np.intp),
            np.concatenate([array.reshape(-1), target.reshape(-1)]),
            value,
            of=["input"] * array.size + ["target"] * array.size,
            each=(word("input", "输入") - word("target", "目标")) ** 2 / 2,
            parts=np.concatenate([halves, halves]),
            divisor=np.int64(array.size) if mean and array.size else None,
            steps=(Step("divide", COUNT, value, np.int64(0)),) if mean and not array.size else (),
        )

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw numbers of the input's shape."""
        return rng.standard_normal(shapes["input"]).astype(np.float32)


def _differences(call: Call) -> Float:
    """Return input - target, in float64 and in one order, however the two lie in memory."""
    return np.asarray(np.subtract(call.inputs["input"], call.inputs["target"], dtype=np.float64, order="C"))


def _kind(call: Call) -> np.dtype[np.floating]:
    """Return the type of the floats, float64 where both are whole numbers."""
    arrays = list(call.inputs.values())
    floats = any(array.dtype.kind == "f" for array in arrays)
    return widest_of_all(*arrays) if floats else np.dtype(np.float64)


mse_loss = SquaredError()
