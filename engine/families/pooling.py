"""What pooling operations share: their parameters, and one rule about padding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from engine.arrays import Shape
from engine.declaration.counts import Counts, outputs_of, product
from engine.declaration.families import POOLING
from engine.declaration.kinds import Integers
from engine.declaration.layout import Layout
from engine.declaration.parameters import Parameter, Params
from engine.errors import ShapeError
from engine.families.windowed import INPUT, KERNEL_SIZE, PADDING, STRIDE, WindowOperation
from engine.texts import CELLS, Text
from engine.windows.window import WindowAxis

STRIDE_OF_POOL = Integers(
    STRIDE.name,
    None,
    STRIDE.label,
    Text(
        "How many cells the window moves between two outputs; left out, it is the kernel size.",
        "相邻两个输出之间窗口移动多少格；省略时等于核大小。",
    ),
    CELLS,
    limit="stride",
    advice=STRIDE.advice,
)


class Pooling(WindowOperation):
    """Base of operations that reduce each window of each channel to one number."""

    family = POOLING
    inputs = (INPUT,)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Let the stride be the kernel size unless it is given."""
        if params.given(STRIDE_OF_POOL) is not None:
            return params
        return params.replace(STRIDE_OF_POOL, params.get_of(KERNEL_SIZE))

    def candidates(
        self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params
    ) -> Sequence[int] | None:
        """Try only padding that a window can reach across."""
        if parameter.name != PADDING.name:
            return None
        return range(max(axis.extent for axis in self.axes(shapes, settled)))

    def has_gaps(self, settled: Params, layout: Layout) -> bool:
        """Say yes where there is padding: a stride or dilation may put one window on it alone."""
        return settled.get_of(PADDING) not in ("valid", (0,) * 2 * self.dims)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; every window must hold a real cell."""
        shape = self.input_shape(shapes)
        axes = self.axes(shapes, params)
        for axis in axes:
            _check_real_cells(axis)
        output = (*shape[: -self.dims], *(axis.output for axis in axes))
        reads = prod(shape[: -self.dims]) * prod(axis.reach for axis in axes)
        window = prod(axis.kernel for axis in axes)
        return Layout(
            output,
            axes,
            self.dims,
            counts=lambda: Counts(additions=product(**outputs_of(output, self.dims), others=window - 1)),
            bytes=40 * reads + 24 * prod(output),
        )


def _check_real_cells(axis: WindowAxis) -> None:
    reach = axis.extent - 1
    asked = max(axis.before, axis.after)
    if asked == 0 or (asked <= reach and not _has_empty_window(axis)):
        return
    raise ShapeError(
        "empty_window",
        Text(
            "Along the {axis}, padding {padding} leaves a window without a single input cell; with kernel "
            "{kernel} and dilation {dilation} it may be at most {max}.",
            "沿{axis}方向填充 {padding} 会使某个窗口不含任何输入格；核大小 {kernel}、"
            "膨胀率 {dilation} 时最多为 {max}。",
        ),
        field="padding",
        values={
            "axis": axis.name,
            "padding": asked,
            "kernel": axis.kernel,
            "dilation": axis.dilation,
            "min": 0,
            "max": min(reach, asked - 1),
        },
        advice=Text(
            "Pad less, or let the window span more cells: a larger kernel, or another dilation.",
            "请减少填充，或让窗口跨越更多格：更大的核，或另一个膨胀率。",
        ),
    )


def _has_empty_window(axis: WindowAxis) -> bool:
    """Tell whether a window holds padding alone; only the first and the last ones can."""
    first = np.arange(min(-(-axis.before // axis.stride), axis.output))
    past = max(axis.before + axis.size - axis.extent, -1) // axis.stride + 1
    last = np.arange(min(past, axis.output), axis.output)
    starts = np.concatenate([first, last])[:, None] * axis.stride - axis.before
    position = starts + np.arange(axis.kernel) * axis.dilation
    return bool(((position < 0) | (position >= axis.size)).all(axis=1).any())
