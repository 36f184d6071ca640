"""Padding a picture: cells around it, empty or copied from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from math import prod

import numpy as np

from engine.basics import Array, Float, Number, Shape, Text, float_for
from engine.declaration import Call, Choice, Layout, Params, Real, Recipe
from engine.families import INPUT, PADDING, SHAPING, WindowOperation
from engine.recipes import Windows, lines
from engine.trace import Cell, Trace
from engine.windows import AXIS_NAMES, WindowAxis, unpad
from engine.windows import pad as padded

SIDES = replace(
    PADDING,
    default=None,
    words=(),
    required=True,
    start=1,
    help=Text("Cells added at the top, bottom, left and right.", "在上、下、左、右各添加多少格。"),
)
MODE = Choice(
    "mode",
    "constant",
    Text("Padding mode", "填充方式"),
    Text("What the added cells hold.", "添加的格里填什么。"),
    choices=(
        ("constant", Text("one value", "固定值")),
        ("reflect", Text("reflect", "镜像")),
        ("replicate", Text("replicate", "复制边缘")),
        ("circular", Text("circular", "循环")),
    ),
)
VALUE = Real(
    "value",
    0,
    Text("Value", "填充值"),
    Text("What the added cells hold in the mode “one value”.", "“固定值”方式下添加的格里的值。"),
)

_axis = lru_cache(maxsize=256)(WindowAxis)


class PicturePadding(WindowOperation):
    """pad(input, padding, mode="constant", value=0).

    Adds cells around every channel: "constant" ones hold value, "reflect" mirrors the picture without
    doubling its edge, "replicate" goes on with the edge, "circular" begins again at the other side.
    padding is one number, (height, width) or (top, bottom, left, right); PyTorch calls it pad and
    counts from the last axis: (left, right, top, bottom). Source: Gonzalez and Woods, "Digital image
    processing", 2018, section 3.4.

    Shapes: input (C, H, W) or (N, C, H, W), output the same with H + top + bottom rows and W + left +
    right columns; floats keep their type, whole numbers come out as float32 (float64 where they need it).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed: less than the
    picture's size for reflect, no more than it for circular.

    >>> engine.pad(np.array([[[1, 2, 3]]]), [0, 0, 2, 1], "reflect")[0, 0].tolist()
    [3.0, 2.0, 1.0, 2.0, 3.0, 2.0]
    """

    family = SHAPING
    inputs = (INPUT,)
    name = "pad"
    title = Text("Padding", "填充")
    summary = Text(
        "Adds cells around every channel, with one value or copied from the picture.",
        "在每个通道四周添加格，填固定值或复制图片中的值。",
    )
    parameters = (SIDES, MODE, VALUE)

    def axes(self, shapes: Mapping[str, Shape], params: Params) -> tuple[WindowAxis, ...]:
        """Return windows of one cell over the padded input."""
        sizes = self.input_shape(shapes)[-self.dims :]
        sides, mode = params.get_of(SIDES), params.get_of(MODE)
        assert not isinstance(sides, str)
        return tuple(
            _axis(
                name,
                size,
                before=sides[2 * place],
                after=sides[2 * place + 1],
                padding_mode="zeros" if mode == "constant" else mode,
            )
            for place, (name, size) in enumerate(zip(AXIS_NAMES[self.dims], sizes, strict=True))
        )

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes."""
        shape = self.input_shape(shapes)
        axes = self.axes(shapes, params)
        output = (*shape[: -self.dims], *(axis.output for axis in axes))
        return Layout(output, axes, self.dims, bytes=8 * prod(shape) + 24 * prod(output))

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Surround some channels."""
        whole = call.inputs["input"]
        array = self.channels_of(call, maps).astype(float_for(whole))
        return padded(array, self.axes_of(call), call.params.get_of(VALUE))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give every cell the gradient of all its copies."""
        return {"input": unpad(gradient, self.axes_of(call))}

    def recipe(self, call: Call) -> Recipe:
        """Return NumPy's own padding, and PyTorch's."""
        windows, mode = Windows(self.axes_of(call), call.inputs["input"].ndim), call.params.get_of(MODE)
        number = call.params.get_of(VALUE)
        value = f"{number!r}" if mode == "constant" and number else None
        return Recipe(
            lines(
                "x = x.astype(float)" if value and not number.is_integer() else None,
                windows.numpy_pad(value),
                "output = x",
            ),
            lines(windows.torch_pad(mode, value), "output = x"),
            terms="output[cell]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell that was copied, or the padding."""
        sources, positions, values = self.reads(call, cell)
        return Trace(
            self.name, cell, sources, positions, np.array([value]) if sources[0, 0] < 0 else values, value
        )


pad = PicturePadding(2)
