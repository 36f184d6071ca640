"""Average pooling in one, two and three dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import prod

import numpy as np

from engine.algorithms import sliding
from engine.basics import Array, Float, Number, Text, float_for
from engine.declaration import Call, Flag, Integer, Recipe
from engine.families import CEIL_MODE, DILATION, KERNEL_SIZE, PADDING, STRIDE_OF_POOL, Pooling
from engine.recipes import SPOTS, Windows, arguments, lines
from engine.trace import Cell, Trace
from engine.windows import pad, unpad

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


class AveragePooling(Pooling):
    """avg_pool{n}d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, ...).

    In two dimensions output[c, y, x] = sum over i, j of input[c, y s + i d - p, x s + j d - p], divided
    by the number of cells counted: with count_include_pad those of the padding too, never cells that
    ceil_mode adds beyond the padded input; or by divisor_override. The dilation d goes by name, for
    PyTorch has none here. Source: LeCun and others, "Gradient-based learning applied to document
    recognition", 1998, section II.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots, output the same with
    pooled sizes; float32 (float64 if given float64), summed so that whole numbers stay exact.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.avg_pool{n}d(np.ones((1, {fives})), 3, stride=1).shape
    (1, {threes})
    """

    linear = True
    basic = True
    name = "avg_pool{n}d"
    title = Text("Average pooling", "平均池化")
    summary = Text(
        "Each window passes on the mean of its values; every channel is pooled by itself.",
        "每个窗口传下其值的平均；各通道分别池化。",
    )
    parameters = (
        *(KERNEL_SIZE, STRIDE_OF_POOL, PADDING, CEIL_MODE, COUNT_INCLUDE_PAD, DIVISOR_OVERRIDE),
        replace(DILATION, keyword_only=True),
    )

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Sum every window and divide by what it counts."""
        whole = call.inputs["input"]
        array = self.channels_of(call, maps)
        axes = self.axes_of(call)
        cells = prod(axis.kernel for axis in axes)
        exact = array.astype(
            np.int32 if array.dtype == np.uint8 and cells < _UINT8_SUMS_IN_INT32 else np.float64
        )
        sums = sliding.reduce_windows(pad(exact, axes), axes, np.add)
        return np.divide(sums, self._counts(call)).astype(float_for(whole, cells))

    def _counts(self, call: Call) -> Array:
        """Return what each sum is divided by, shape (*outputs,)."""
        axes = self.axes_of(call)
        override = call.params.given(DIVISOR_OVERRIDE)
        if override is not None:
            return np.full([axis.output for axis in axes], override)
        padding = call.params.get_of(COUNT_INCLUDE_PAD)
        counts = np.ones((), np.intp)
        for axis in axes:
            counts = np.multiply.outer(counts, axis.counted(padding=padding))
        return counts

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give every cell its part of the gradient of each window that counts it."""
        axes = self.axes_of(call)
        each = gradient / self._counts(call).astype(gradient.dtype)
        return {"input": unpad(sliding.share(each, axes), axes)}

    def recipe(self, call: Call) -> Recipe:
        """Return the mean of each window, or its sum divided by what counts."""
        windows = Windows(self.axes_of(call), call.inputs["input"].ndim)
        override, padding = call.params.given(DIVISOR_OVERRIDE), call.params.get_of(COUNT_INCLUDE_PAD)
        counts, mean = ("", ""), f".mean({windows.last})"
        if override is not None:
            mean = f".sum({windows.last}) / {override}"
        elif (self._counts(call) != prod(windows.kernel)).any():
            counts, mean = windows.counts(padding=padding), f".sum({windows.last}) / counts"
        torch = lines(windows.torch_pad(), counts[1], f"output = {windows.torch_windows()}{mean}")
        undilated = {axis.dilation for axis in windows.axes} == {1}
        if windows.poolable and undilated and (self.dims > 1 or override is None):
            options = arguments(count_include_pad=None if padding else False, divisor_override=override)
            torch = f"output = F.avg_pool{self.dims}d(x, {windows.torch_pooling()}{options})"
        return Recipe(
            lines(windows.numpy(), counts[0], f"output = windows{mean}"),
            torch,
            terms=f"windows[k, {SPOTS[self.dims]}]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window and what their sum is divided by."""
        divisor = self._counts(call)[cell[1:]]
        return Trace(self.name, cell, *self.reads(call, cell), value, divisor=divisor)


avg_pool1d, avg_pool2d, avg_pool3d = map(AveragePooling, (1, 2, 3))
