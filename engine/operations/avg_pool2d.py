"""Two-dimensional average pooling."""

from __future__ import annotations

import numpy as np

from engine.arrays import Array, Number, float_for
from engine.kinds import Flag, Integer
from engine.operation import Call
from engine.padding import pad
from engine.pooling import STRIDE_OF_POOL, Pooling, reduce_windows
from engine.texts import Text
from engine.trace import Cell, Trace
from engine.windowed import CEIL_MODE, INPUT, KERNEL_SIZE, PADDING, read_cells, window_sources

COUNT_INCLUDE_PAD = Flag(
    "count_include_pad",
    True,
    Text("Count padding", "计入填充"),
    Text(
        "Whether the zeros of the padding count as cells when the sum is divided.",
        "求平均时，填充的零是否也算作格。",
    ),
)
DIVISOR_OVERRIDE = Integer(
    "divisor_override",
    None,
    Text("Divide by", "除以"),
    Text(
        "Divides every sum by this number; left out, by the number of cells in the window.",
        "每个和都除以这个数；省略时除以窗口中的格数。",
    ),
    limit="channels",
)


_UINT8_SUMS_IN_INT32 = 2**23
"""So many cells of 255 still add up within int32."""


class AvgPool2d(Pooling):
    """avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, ...).

    output[c, y, x] = sum over i, j of input[c, y s + i - p, x s + j - p], divided by the number of
    cells counted: with count_include_pad those of the padding too, never cells that ceil_mode adds
    beyond the padded input; or by divisor_override.

    Shapes: input (C, H, W) or (N, C, H, W), output the same with pooled height and width; float32
    (float64 if given float64), summed so that whole numbers stay exact.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.
    """

    name = "avg_pool2d"
    title = Text("Average pooling", "平均池化")
    summary = Text(
        "Each window passes on the mean of its values; every channel is pooled by itself.",
        "每个窗口传下其值的平均；各通道分别池化。",
    )
    inputs = (INPUT,)
    parameters = (KERNEL_SIZE, STRIDE_OF_POOL, PADDING, CEIL_MODE, COUNT_INCLUDE_PAD, DIVISOR_OVERRIDE)

    def forward(self, call: Call, maps: range) -> Array:
        """Sum every window and divide by what it counts."""
        whole = call.inputs["input"]
        array = whole[..., maps.start : maps.stop, :, :]
        rows, columns = call.layout.axes
        cells = rows.kernel * columns.kernel
        exact = array.astype(
            np.int32 if array.dtype == np.uint8 and cells < _UINT8_SUMS_IN_INT32 else np.float64
        )
        sums = reduce_windows(pad(exact, call.layout.axes), call.layout.axes, np.add)
        return np.divide(sums, self._counts(call)).astype(float_for(whole, cells))

    def _counts(self, call: Call) -> Array:
        """Return what each sum is divided by, shape (H', W')."""
        rows, columns = call.layout.axes
        override = call.params.given(DIVISOR_OVERRIDE)
        if override is not None:
            return np.full((rows.output, columns.output), override)
        padding = call.params.get_of(COUNT_INCLUDE_PAD)
        return np.outer(rows.counted(padding=padding), columns.counted(padding=padding))

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window and what their sum is divided by."""
        sources, positions = window_sources(call.layout.axes, cell, range(cell[0], cell[0] + 1))
        values = read_cells(call.inputs["input"], sources, 0)
        divisor = self._counts(call)[cell[1], cell[2]]
        return Trace(self.name, cell, sources, positions, values, value, divisor=divisor)


avg_pool2d = AvgPool2d()
