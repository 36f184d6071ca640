"""What operations with a sliding window share: their parameters and axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from engine.arrays import Array, Float, Indices, Shape
from engine.declaration.call import Call
from engine.declaration.kinds import Choice, Flag, Integers, Padding
from engine.declaration.layout import Input
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.errors import ShapeError
from engine.texts import CELLS, Text
from engine.windows.axis import AXIS_NAMES, OUTSIDE, Axis
from engine.windows.window import WindowAxis, padding_sides, window_axis

A = TypeVar("A", Array, Float)
INPUT = Input("input", "maps", Text("Input", "输入"))
KERNEL_SIZE = Integers(
    "kernel_size",
    None,
    Text("Kernel size", "核大小"),
    Text("How many cells the window spans along each axis.", "窗口在每个方向上跨越多少格。"),
    CELLS,
    required=True,
    start=2,
    advice=Text(
        "It is the service's own limit (CONVSCOPE_MAX_KERNEL). Dilation reaches further with as many "
        "weights, and two kernels one after the other reach further too.",
        "这是服务自身的上限（CONVSCOPE_MAX_KERNEL）。膨胀可以用同样多的权重覆盖更远；先后用两个核也可以。",
    ),
)
STRIDE = Integers(
    "stride",
    1,
    Text("Stride", "步幅"),
    Text("How many cells the window moves between two outputs.", "相邻两个输出之间窗口移动多少格。"),
    CELLS,
    limit="stride",
    advice=Text(
        "It is the service's own limit (CONVSCOPE_MAX_STRIDE). A smaller picture, or a second operation "
        "after this one, has the effect of a longer stride.",
        "这是服务自身的上限（CONVSCOPE_MAX_STRIDE）。缩小图片，或再接一个操作，效果等于更大的步幅。",
    ),
)
PADDING = Padding(
    "padding",
    0,
    Text("Padding", "填充"),
    Text(
        "Cells added around the input before the window slides. “same” keeps the size at stride 1, "
        "“full” lets every window that touches the input count.",
        "窗口滑动之前在输入四周添加的格。“same”在步幅为 1 时保持大小不变，“full”让每个碰到输入的窗口都算数。",
    ),
    CELLS,
)
DILATION = Integers(
    "dilation",
    1,
    Text("Dilation", "膨胀"),
    Text(
        "Distance between neighbouring kernel entries; 1 means no gaps.",
        "核中相邻元素之间的距离；1 表示没有间隔。",
    ),
    CELLS,
    limit="dilation",
    advice=Text(
        "It is the service's own limit (CONVSCOPE_MAX_DILATION). A larger kernel or a smaller picture lets "
        "the window span more of it.",
        "这是服务自身的上限（CONVSCOPE_MAX_DILATION）。更大的核或更小的图片能让窗口覆盖更大的部分。",
    ),
)
PADDING_MODE = Choice(
    "padding_mode",
    "zeros",
    Text("Padding mode", "填充方式"),
    Text("What the added cells hold.", "添加的格里填什么。"),
    keyword_only=True,
    choices=(
        ("zeros", Text("zeros", "零")),
        ("reflect", Text("reflect", "镜像")),
        ("replicate", Text("replicate", "复制边缘")),
        ("circular", Text("circular", "循环")),
    ),
)
CEIL_MODE = Flag(
    "ceil_mode",
    False,
    Text("Round up (ceil_mode)", "向上取整（ceil_mode）"),
    Text(
        "Rounds the output size up, so that a last, incomplete window counts too.",
        "输出大小向上取整，于是最后一个不完整的窗口也算数。",
    ),
)
FLIP = Flag(
    "flip",
    False,
    Text("Flip the kernel", "翻转核"),
    Text(
        "Turns the kernel round along every axis: the mathematician's convolution, not cross-correlation.",
        "把核沿每个方向翻转：数学意义上的卷积，而不是互相关。",
    ),
    keyword_only=True,
)


_OF_DIMS = Text("{title}, {n}-D", "{n}维{title}")
_SIZES = {"twos": "2", "threes": "3", "fives": "5"}


class SpatialOperation(Operation):
    """Base of operations along ``dims`` axes: of signals, pictures or volumes.

    One class declares them for every number of axes. In its name, title and text {{n}} stands for that
    number, in the text {{twos}}, {{threes}}, {{fives}} for a size along each axis, as in "3, 3". A title
    without {{n}} is that for pictures; the others' say their number. Parameters go across the axes.
    """

    dims: int

    def __init__(self, dims: int) -> None:
        self.dims = dims  # pyright: ignore[reportIncompatibleVariableOverride] (never None here)
        self.splits = dims == 2
        words = {"n": str(dims)} | {word: ", ".join([size] * dims) for word, size in _SIZES.items()}
        self.__doc__ = (type(self).__doc__ or "").format(**words)
        self.name = self.name.format(n=dims)
        title = self.title if dims == 2 or "{n}" in self.title.en else _OF_DIMS.put(title=self.title)
        self.title = title.put(n=Text(str(dims), "一二三"[dims - 1]))
        self.parameters = tuple(parameter.across(dims) for parameter in self.parameters)
        super().__init__()

    def forward(self, call: Call) -> Array:
        """Return all maps."""
        return self.forward_maps(call, range(call.layout.output[-1 - self.dims]))

    def input_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return the input's shape if it has as many axes as it must; raises as ``signal_shape``."""
        return signal_shape(shapes, self.dims)

    def channels_of(self, call: Call, wanted: range, name: str = "input") -> Array:
        """Return some channels of an input, in its batch if it has one."""
        return call.inputs[name][(..., slice(wanted.start, wanted.stop), *[slice(None)] * self.dims)]

    def reads(
        self, call: Call, cell: tuple[int, ...], channels: range | None = None, fill: float = 0
    ) -> tuple[Indices, Indices, Array]:
        """Return the input cells that an output cell reads, their kernel positions, and their values.

        Shapes: (n, 1 + axes), (n, 1 + axes) and (n,). ``channels`` are those read, the cell's own unless
        given; positions count them from 0. Outside the input the value is ``fill``.
        """
        channels = range(cell[0], cell[0] + 1) if channels is None else channels
        sources, positions = window_sources(call.layout.axes, cell, channels)
        return sources, positions, read_cells(call.inputs["input"], sources, fill)


class WindowOperation(SpatialOperation):
    """Base of operations whose output cell reads a window that slides over the input."""

    def axes(self, shapes: Mapping[str, Shape], params: Params) -> tuple[WindowAxis, ...]:
        """Return the windows along each axis; the parameters must be settled."""
        sizes = self.input_shape(shapes)[-self.dims :]
        kernel = params.get_of(KERNEL_SIZE)
        stride = params.get_of(STRIDE)
        dilation = params.given(DILATION) or (1,) * self.dims
        padding = params.get_of(PADDING)
        ceil_mode = params.given(CEIL_MODE) or False
        mode = params.given(PADDING_MODE) or "zeros"
        flip = params.given(FLIP) or False
        found: list[WindowAxis] = []
        for place, (name, size) in enumerate(zip(AXIS_NAMES[self.dims], sizes, strict=True)):
            numbers = (size, kernel[place], stride[place], dilation[place])
            if isinstance(padding, str):
                before, after = padding_sides(padding, *numbers)
            else:
                before, after = padding[2 * place], padding[2 * place + 1]
            found.append(window_axis(name, *numbers, before, after, ceil_mode, mode, flip))
        return tuple(found)

    def axes_of(self, call: Call) -> tuple[WindowAxis, ...]:
        """Return the windows of a call along each axis."""
        return self.axes({"input": call.inputs["input"].shape}, call.params)


_LETTERS = {1: "C, L", 2: "C, H, W", 3: "C, D, H, W"}


def signal_shape(shapes: Mapping[str, Shape], dims: int) -> Shape:
    """Return the input's shape if it is (C, ...) or (N, C, ...), with ``dims`` axes after the channels.

    Raises:
        ShapeError: for any other number of axes, or without cells.
    """
    shape = shapes["input"]
    if len(shape) not in (dims + 1, dims + 2) or min(shape[-1 - dims :]) < 1:
        raise ShapeError(
            "input_rank",
            Text(
                "input must have the shape ({letters}) or (N, {letters}) with at least one channel and one "
                "cell along each axis; it has {shape}.",
                "输入的形状必须是 ({letters})，或前面再加批量 (N, {letters})，且至少有一个通道、"
                "每个轴至少一格；这里是 {shape}。",
            ),
            field="input",
            values={"shape": list(shape), "letters": _LETTERS[dims]},
        )
    return shape


def batched(array: A, dims: int = 2) -> A:
    """Return (C, ...) as (1, C, ...); a batch as it is."""
    return array if array.ndim == dims + 2 else array[None]


def window_sources(axes: tuple[Axis, ...], cell: tuple[int, ...], channels: range) -> tuple[Indices, Indices]:
    """Return the input cells and kernel positions that an output cell reads, each (n, 1 + axes).

    ``channels`` are the input channels read; positions count them from 0.
    """
    read = [axis.reads(place) for axis, place in zip(axes, cell[-len(axes) :], strict=True)]
    shape = (len(channels), *[indices.size for indices in read])
    positions = np.indices(shape).reshape(len(shape), -1).T
    cells = [indices[positions[:, 1 + place]] for place, indices in enumerate(read)]
    sources = np.stack([positions[:, 0] + channels.start, *cells], axis=1)
    sources[(sources == OUTSIDE).any(axis=1)] = OUTSIDE
    return sources, positions


def read_cells(array: Array, sources: Indices, fill: float) -> Array:
    """Return the values at ``sources`` (n, axes) of ``array``, shape (n,); ``fill`` outside it."""
    values = array[tuple(sources.T)]
    outside = (sources == OUTSIDE).any(axis=1)
    if not outside.any():
        return values
    if values.dtype.kind in "iu" and not np.isfinite(fill):
        values = values.astype(np.float64)
    values[outside] = fill
    return values
