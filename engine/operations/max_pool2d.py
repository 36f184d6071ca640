"""Two-dimensional max pooling."""

from __future__ import annotations

import numpy as np

from engine.arrays import Array, Number, float_for
from engine.operation import Call
from engine.padding import pad
from engine.pooling import STRIDE_OF_POOL, Pooling, reduce_windows
from engine.texts import Text
from engine.trace import Cell, Trace
from engine.window import OUTSIDE
from engine.windowed import CEIL_MODE, DILATION, INPUT, KERNEL_SIZE, PADDING, read_cells, window_sources


class MaxPool2d(Pooling):
    """max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False).

    output[c, y, x] = max over i, j of input[c, y s + i d - p, x s + j d - p]; padding holds minus
    infinity, so it never wins; of equal cells the first in reading order wins, as in PyTorch.

    Shapes: input (C, H, W) or (N, C, H, W), output the same with pooled height and width; floats
    keep their type, whole numbers come out as float32 (float64 where they need it).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.
    """

    name = "max_pool2d"
    title = Text("Max pooling", "最大池化")
    summary = Text(
        "Each window passes on its largest value; every channel is pooled by itself.",
        "每个窗口只传下最大的值；各通道分别池化。",
    )
    inputs = (INPUT,)
    parameters = (KERNEL_SIZE, STRIDE_OF_POOL, PADDING, DILATION, CEIL_MODE)

    def forward(self, call: Call, maps: range) -> Array:
        """Reduce every window with the maximum."""
        whole = call.inputs["input"]
        array = whole[..., maps.start : maps.stop, :, :]
        lowest = -np.inf if array.dtype.kind == "f" else np.iinfo(array.dtype.name).min
        largest = reduce_windows(pad(array, call.layout.axes, lowest), call.layout.axes, np.maximum)
        # Always a copy: a window of one cell reduces nothing, and the caller's array is not ours to give.
        return largest.astype(float_for(whole))

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window and which one won."""
        sources, positions = window_sources(call.layout.axes, cell, range(cell[0], cell[0] + 1))
        values = read_cells(call.inputs["input"], sources, -np.inf)
        real = np.flatnonzero(sources[:, 1] != OUTSIDE)
        chosen = int(real[np.argmax(values[real])])
        return Trace(self.name, cell, sources, positions, values, value, reduction="max", chosen=chosen)


max_pool2d = MaxPool2d()
