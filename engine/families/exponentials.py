"""Exponentials along one axis as shares of their sum, without overflow: softmax and its logarithm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from engine.arrays import Array, Float, Indices, Number, Shape, float_for
from engine.declaration.call import Call
from engine.declaration.counts import Counts, product
from engine.declaration.families import ACTIVATION
from engine.declaration.kinds import Integer
from engine.declaration.layout import Layout
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.errors import ShapeError
from engine.families.channels import channel_axis, identity_axes
from engine.families.windowed import INPUT
from engine.functions.function import X
from engine.functions.primitives import EXP, LARGEST
from engine.refusals import no_axis
from engine.texts import Text
from engine.trace.trace import Cell, Step, Trace

DIM = Integer(
    "dim",
    None,
    Text("Axis (dim)", "轴（dim）"),
    Text(
        "Along which axis the numbers compete; -1 is the last one. Left out, it is the channels: the first "
        "of (C) and (C, H, W), the second of (N, C), (N, C, H, W) and (N, C, D, H, W).",
        "沿哪个轴相互竞争；-1 为最后一个。省略时为通道轴：(C) 与 (C, H, W) 为第一个，"
        "(N, C)、(N, C, H, W) 与 (N, C, D, H, W) 为第二个。",
    ),
    least=-5,
    limit="axes",
)


class AlongAxis(Operation):
    """Base of operations in which the cells along one axis, ``dim``, compete with one another."""

    family = ACTIVATION
    inputs = (INPUT,)
    parameters = (DIM,)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Say which axis it is, counted from the first."""
        shape, asked = shapes["input"], params.given(DIM)
        rank = len(shape)
        if asked is not None and not -rank <= asked < rank:
            raise no_axis("dim", DIM.name, asked, shape, -rank)
        if rank == 0:
            raise ShapeError(
                "no_axes",
                Text(
                    "input must have at least one axis, along which its numbers compete; it is a single "
                    "number.",
                    "输入只是一个数，至少需要一个轴，让各数沿它相互比较。",
                ),
                field="input",
                values={"shape": []},
            )
        return params.replace(DIM, channel_axis(shape, params, DIM) if asked is None else asked % rank)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; each cell is compared, taken the maximum from, and added."""
        shape = shapes["input"]
        # Along a side of the picture there is no window on one cell: all of that side is read.
        across_pictures = params.get_of(DIM) < len(shape) - 2
        axes = identity_axes(shape) if across_pictures else ()
        return Layout(
            shape, axes, counts=lambda: Counts(additions=product(3, cells=shape)), bytes=32 * prod(shape)
        )

    def numbers(self, call: Call) -> tuple[Float, int]:
        """Return the input as floats, and the axis."""
        array = call.inputs["input"]
        return array.astype(float_for(array), copy=False), call.params.get_of(DIM)

    def widened(self, call: Call, gradient: Float) -> tuple[Float, int, np.dtype[np.floating]]:
        """Return the input in the type in which to go back, the axis, and the gradients' type."""
        x, dim = self.numbers(call)
        kind = gradient.dtype
        return x.astype(np.result_type(kind, x.dtype), copy=False), dim, kind

    def line(self, call: Call, cell: Cell) -> tuple[Array, Indices, Float]:
        """Return the cells that compete with ``cell``: values, coordinates (n, rank), exp(x - max)."""
        x, dim = self.numbers(call)
        through = tuple(slice(None) if axis == dim else place for axis, place in enumerate(cell))
        values = call.inputs["input"][through]
        sources = np.repeat(np.array([cell], np.intp), values.size, axis=0)
        sources[:, dim] = np.arange(values.size)
        return values, sources, np.exp(below_largest(x[through], 0))

    def trace_of(self, call: Call, cell: Cell, value: Number, steps: Sequence[Step]) -> Trace:
        """Return the trace: the exponentials of the line are summed, and ``steps`` follow."""
        values, sources, parts = self.line(call, cell)
        return Trace(
            self.name,
            cell,
            sources,
            np.zeros((values.size, 1), np.intp),
            values,
            value,
            each=EXP(X - LARGEST),
            parts=parts,
            steps=tuple(steps),
        )


def below_largest(x: Float, axis: int) -> Float:
    """Return x minus the largest number along ``axis``: exponentials of it are at most 1."""
    return x - x.max(axis=axis, keepdims=True, initial=-np.inf)


def shares(x: Float, axis: int) -> Float:
    """Return exp(x) divided by its sum along ``axis``, same shape and type."""
    result = below_largest(x, axis)
    np.exp(result, out=result)
    result /= result.sum(axis=axis, keepdims=True)
    return result


def log_shares(x: Float, axis: int) -> Float:
    """Return the logarithm of ``shares``, accurate also where they are tiny."""
    result = below_largest(x, axis)
    result -= np.log(np.exp(result).sum(axis=axis, keepdims=True))
    return result
