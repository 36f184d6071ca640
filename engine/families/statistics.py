"""Mean and variance over some axes, what normalising by them does, and how gradients pass through.

All in float64 and in two passes (first the mean, then the mean square of what is left), whatever
type comes in: the one-pass formula E[x^2] - E[x]^2 loses every digit where the mean is large beside the
spread (Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import NamedTuple

import numpy as np

from engine.arrays import Array, Float, Number, Shape
from engine.declaration.call import Call
from engine.declaration.counts import Counts, product, total
from engine.declaration.kinds import Real
from engine.declaration.layout import Layout
from engine.families.channels import identity_axes
from engine.families.elementwise import single_term
from engine.functions.function import word
from engine.functions.primitives import SQRT
from engine.texts import Text
from engine.trace.trace import Cell, Step, Trace

EPS = Real(
    "eps",
    1e-5,
    Text("Epsilon", "ε"),
    Text(
        "Added to the variance, so that nothing is divided by 0 where all cells are equal.",
        "加到方差上，避免所有格相等时除以 0。",
    ),
    least=0,
    most=1,
    step=1e-5,
)


class Statistics(NamedTuple):
    """Mean and variance, with size 1 along the axes they are taken over.

    ``squares`` are the squared distances from the mean, added up, and ``numbers`` how many.
    """

    mean: Float
    variance: Float
    squares: Float
    numbers: int


def statistics(array: Array, axes: tuple[int, ...]) -> Statistics:
    """Return mean and (biased) variance over ``axes``, in float64; 0 where there are no numbers."""
    count = prod(array.shape[axis] for axis in axes)
    # In one order, so that the sums do not depend on how the array lies in memory.
    left = np.array(array, np.float64, order="C")
    mean = left.sum(axis=axes, keepdims=True) / max(count, 1)
    left -= mean
    np.square(left, out=left)
    squares = left.sum(axis=axes, keepdims=True)
    return Statistics(mean, squares / max(count, 1), squares, count)


def deviation(variance: Float, eps: float) -> Float:
    """Return the standard deviation that is divided by, sqrt(variance + eps), in float64."""
    return np.sqrt(variance.astype(np.float64) + eps)


def normalised(array: Array, mean: Float, by: Float) -> Float:
    """Return (array - mean) / by, in float64, as an array of its own."""
    result = np.asarray(array - mean.astype(np.float64))
    result /= by
    return result


def scaled(normal: Float, weight: Array | None, bias: Array | None) -> Float:
    """Return normal * weight + bias, written over ``normal``; the two broadcast, and may be missing."""
    if weight is not None:
        normal *= weight
    if bias is not None:
        normal += bias
    return normal


def through_statistics(gradient: Float, normal: Float, by: Float, axes: tuple[int, ...]) -> Float:
    """Return the gradient by the input where mean and variance are the input's own.

    A change of one cell moves both: (g - mean(g) - normal mean(g normal)) / by (Ioffe and Szegedy,
    "Batch normalization", 2015, section 3). ``gradient`` is that by ``normal``.
    """
    count = max(prod(normal.shape[axis] for axis in axes), 1)
    mean = gradient.sum(axis=axes, keepdims=True) / count
    slope = (gradient * normal).sum(axis=axes, keepdims=True) / count
    return (gradient - mean - normal * slope) / by


def layout_of_norm(shapes: Mapping[str, Shape], *, measured: bool) -> Layout:
    """Return the sizes and cost of (x - mean) / deviation * weight + bias.

    Mean and deviation known, that is one multiply-accumulate a cell; where they are ``measured``, the mean
    adds every cell and the variance subtracts, squares and adds it.
    """
    shape, *learnt = (shapes.get(name, (0,)) for name in ("input", "weight", "bias"))
    return Layout(
        shape,
        () if measured else identity_axes(shape),
        counts=lambda: Counts(
            total(product(scales=learnt[0]), product(biases=learnt[1])),
            macs=product(1 + measured, cells=shape),
            additions=product(2 * measured, cells=shape),
        ),
        bytes=8 * (4 * prod(shape) + 6 * max(shape, default=1)) + 16 * sum(map(prod, learnt)),
    )


class Scalars(NamedTuple):
    """What one cell is normalised with."""

    mean: Number
    by: Number
    weight: Number | None = None
    bias: Number | None = None


def trace_of_norm(call: Call, cell: Cell, value: Number, scalars: Scalars) -> Trace:
    """Return the trace: one cell, less mean, divided by deviation, times weight, plus bias."""
    held = call.inputs["input"][cell]
    left = np.float64(held - scalars.mean)
    steps = [Step("subtract", Text("mean", "均值"), left, scalars.mean)]
    steps.append(
        Step("divide", SQRT(word("variance", "方差") + word("eps", "ε")), left / scalars.by, scalars.by)
    )
    if scalars.weight is not None:
        steps.append(
            Step("multiply", Text("weight", "权重"), steps[-1].result * scalars.weight, scalars.weight)
        )
    if scalars.bias is not None:
        steps.append(Step("add", Text("bias", "偏置"), steps[-1].result + scalars.bias, scalars.bias))
    last = steps[-1]
    steps[-1] = Step(last.kind, last.name, value, last.operand)
    return single_term(call, cell, value, steps)
