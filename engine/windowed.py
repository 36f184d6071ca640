"""What operations with a two-dimensional sliding window share: their parameters and axes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.arrays import Array, Indices, Shape
from engine.errors import ShapeError
from engine.kinds import Choice, Flag, Integers, Padding
from engine.operation import Input, Operation
from engine.parameters import Params
from engine.texts import CELLS, Text
from engine.trace import Cell
from engine.window import OUTSIDE, WindowAxis, padding_sides

INPUT = Input("input", "maps", Text("Input", "输入"))
KERNEL_SIZE = Integers(
    "kernel_size",
    None,
    Text("Kernel size", "核大小"),
    Text("How many cells the window spans along each axis.", "窗口在每个方向上跨越多少格。"),
    CELLS,
    required=True,
    start=2,
)
STRIDE = Integers(
    "stride",
    1,
    Text("Stride", "步幅"),
    Text("How many cells the window moves between two outputs.", "相邻两个输出之间窗口移动多少格。"),
    CELLS,
    limit="stride",
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


_axis = lru_cache(maxsize=128)(WindowAxis)
"""Axes are immutable and asked for again and again: by every candidate of every slider's range."""


class WindowOperation(Operation):
    """Base of operations whose output cell reads a window of the input."""

    def axes(self, shapes: Mapping[str, Shape], params: Params) -> tuple[WindowAxis, WindowAxis]:
        """Return the windows along height and width; the parameters must be settled."""
        size = picture_shape(shapes)[-2:]
        kernel = params.get_of(KERNEL_SIZE)
        stride = params.get_of(STRIDE)
        dilation = params.given(DILATION) or (1, 1)
        padding = params.get_of(PADDING)
        pairs: list[WindowAxis] = []
        for axis, name in enumerate(("height", "width")):
            numbers = (size[axis], kernel[axis], stride[axis], dilation[axis])
            if isinstance(padding, str):
                before, after = padding_sides(padding, *numbers)
            else:
                before, after = padding[2 * axis], padding[2 * axis + 1]
            ceil_mode = params.given(CEIL_MODE) or False
            mode = params.given(PADDING_MODE) or "zeros"
            pairs.append(_axis(name, *numbers, before, after, ceil_mode, mode))
        return pairs[0], pairs[1]


def picture_shape(shapes: Mapping[str, Shape]) -> Shape:
    """Return the input's shape if it is (C, H, W) or (N, C, H, W).

    Raises:
        ShapeError: for any other number of axes, or without cells.
    """
    shape = shapes["input"]
    if len(shape) not in (3, 4) or min(shape[-3:]) < 1:
        raise ShapeError(
            "input_rank",
            "input must have the shape (C, H, W) or (N, C, H, W) with at least one channel, row and column; "
            f"it has {list(shape)}.",
            field="input",
            values={"shape": list(shape)},
        )
    return shape


def batched(array: Array) -> Array:
    """Return (C, H, W) as (1, C, H, W); a batch as it is."""
    return array if array.ndim == 4 else array[None]


def window_sources(axes: tuple[WindowAxis, ...], cell: Cell, channels: range) -> tuple[Indices, Indices]:
    """Return the input cells and kernel positions that an output cell reads, each (n, 3).

    ``channels`` are the input channels read; positions count them from 0.
    """
    rows, columns = axes[0].index[cell[1]], axes[1].index[cell[2]]
    shape = (len(channels), rows.size, columns.size)
    positions = np.indices(shape).reshape(3, -1).T
    sources = np.stack(
        [positions[:, 0] + channels.start, rows[positions[:, 1]], columns[positions[:, 2]]], axis=1
    )
    sources[(sources[:, 1] == OUTSIDE) | (sources[:, 2] == OUTSIDE)] = OUTSIDE
    return sources, positions


def read_cells(array: Array, sources: Indices, fill: float) -> Array:
    """Return the values at ``sources`` of a (C, H, W) array, shape (n,); ``fill`` outside it."""
    values = array[sources[:, 0], sources[:, 1], sources[:, 2]]
    outside = sources[:, 1] == OUTSIDE
    if not outside.any():
        return values
    if values.dtype.kind in "iu" and not np.isfinite(fill):
        values = values.astype(np.float64)
    values[outside] = fill
    return values
