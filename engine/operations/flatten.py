"""Flatten: the same numbers in one row, as a dense layer wants them."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.basics import Array, Float, Number, Shape, ShapeError, Text, float_for, no_axis
from engine.declaration import Call, Integer, Layout, Operation, Parameter, Params, Recipe
from engine.families import INPUT, SHAPING
from engine.trace import Cell, Trace

_LEAST = -5
"""Axes counted from the end; more than five are more than anything here has."""

START_DIM = Integer(
    "start_dim",
    0,
    Text("First axis", "起始轴"),
    Text(
        "The first of the axes that become one; negative numbers count from the last axis.",
        "合并为一个轴的各轴中的第一个；负数从最后一个轴数起。",
    ),
    least=_LEAST,
    limit="axes",
)
END_DIM = Integer(
    "end_dim",
    -1,
    Text("Last axis", "结束轴"),
    Text(
        "The last of the axes that become one; -1 is the last axis of all.",
        "合并为一个轴的各轴中的最后一个；-1 即整个输入的最后一个轴。",
    ),
    least=_LEAST,
    limit="axes",
)


class Flatten(Operation):
    """flatten(input, start_dim=0, end_dim=-1).

    Makes one axis out of the axes start_dim to end_dim, in reading order: the cell (c, y, x) of a
    picture (C, H, W) becomes the number (c H + y) W + x. Nothing is computed and nothing is lost; it
    is how the maps of a convolution become the features of a dense layer (LeCun et al.,
    "Gradient-based learning applied to document recognition", 1998). For a batch, start_dim=1 keeps
    the pictures apart.

    Shapes: input (...) with any number of axes; output the same with those axes multiplied, floats as
    they are, whole numbers as float32 (float64 where they need it). No axes at all become one.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.flatten(np.ones((512, 7, 7))).shape
    (25088,)
    >>> engine.flatten(np.ones((10, 512, 7, 7)), 1).shape
    (10, 25088)
    """

    name = "flatten"
    title = Text("Flatten", "展平")
    summary = Text(
        "Lays all cells out in one row, channel after channel, as a fully connected layer wants them.",
        "把所有格按通道依次排成一行，供全连接层使用。",
    )
    family = SHAPING
    inputs = (INPUT,)
    parameters = (START_DIM, END_DIM)
    linear = True

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; the first axis must not come after the last one."""
        shape = shapes["input"]
        start, end = (_axis(parameter, params, shape) for parameter in (START_DIM, END_DIM))
        if start > end:
            asked = params.get_of(START_DIM), params.get_of(END_DIM)
            raise ShapeError(
                "axes_order",
                Text(
                    "start_dim {asked} is axis {start}, which comes after end_dim {last}, axis {end}, of an "
                    "input of the shape {shape}; start_dim may be 0 to {max}.",
                    "形状为 {shape} 的输入中，start_dim {asked} 是轴 {start}，"
                    "在 end_dim {last}（轴 {end}）之后；start_dim 可取 0 到 {max}。",
                ),
                field="start_dim",
                values={
                    "asked": asked[0],
                    "start": start,
                    "last": asked[1],
                    "end": end,
                    "max": end,
                    "shape": list(shape),
                },
                advice=Text("Move the other end of the range first.", "请先移动范围的另一端。"),
            )
        merged = prod(shape[start : end + 1])
        return Layout((*shape[:start], merged, *shape[end + 1 :]), bytes=16 * prod(shape))

    def has_gaps(self, settled: Params, layout: Layout) -> bool:
        """Say yes: an axis has two numbers, one from either end."""
        return True

    def candidates(self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params) -> range:
        """Try only the axes that the input has."""
        axes = max(len(shapes["input"]), 1)
        return range(-axes, axes)

    def forward(self, call: Call) -> Array:
        """Return a copy in the new shape."""
        array = call.inputs["input"]
        return array.astype(float_for(array)).reshape(call.layout.output)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Put every gradient back where its cell was."""
        array = call.inputs["input"]
        return {"input": gradient.astype(gradient.dtype).reshape(array.shape)}

    def recipe(self, call: Call) -> Recipe:
        """Return the same numbers in another shape."""
        start, end = call.params.get_of(START_DIM), call.params.get_of(END_DIM)
        return Recipe(
            f"output = x.reshape{call.layout.output}",
            f"output = torch.flatten(x, {start}, {end})",
            terms="output[cell]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the one cell that was moved here."""
        array = call.inputs["input"]
        place = np.ravel_multi_index(cell, call.layout.output)
        source = np.array(np.unravel_index(place, array.shape), np.intp).reshape(1, -1)
        held = array[tuple(source.T)].reshape(1)
        return Trace(self.name, cell, source, np.zeros((1, 1), np.intp), held, value)


def _axis(parameter: Parameter[int], params: Params, shape: Shape) -> int:
    """Return the axis that ``parameter`` names, counted from the first."""
    asked, axes = params.get_of(parameter), max(len(shape), 1)
    if not -axes <= asked < axes:
        raise no_axis("axis", parameter.name, asked, shape or (1,), -axes)
    return asked % axes


flatten = Flatten()
