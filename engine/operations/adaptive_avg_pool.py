"""Adaptive average pooling in one, two and three dimensions: the output size is what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import prod

import numpy as np

from engine.basics import CELLS, Array, Float, Indices, Number, Shape, Text, float_for
from engine.declaration import Call, Counts, Integers, Layout, Params, Recipe, outputs_of, product, symbol
from engine.families import INPUT, OUT_CHANNELS, POOLING, SpatialOperation
from engine.recipes import SPOTS, lines, one_or_all
from engine.trace import Cell, Trace
from engine.windows import AXIS_NAMES, OUTSIDE, AdaptiveAxis, window_shares, window_sums

OUTPUT_SIZE = Integers(
    "output_size",
    None,
    Text("Output size", "输出大小"),
    Text(
        "How many cells come out along each axis; the windows are made to fit.",
        "每个方向输出多少格；窗口随之调整。",
    ),
    CELLS,
    required=True,
    start=7,
    limit="channels",
    advice=OUT_CHANNELS.advice,
)

_axis = lru_cache(maxsize=256)(AdaptiveAxis)


class AdaptiveAveragePooling(SpatialOperation):
    """adaptive_avg_pool{n}d(input, output_size).

    output[c, y, x] = the mean of input[c] over rows floor(y n / o) up to ceil((y + 1) n / o) - 1 of n,
    and columns likewise, o being the output size: windows are of uneven size where o does not divide n,
    and neighbours may share cells. Source: He and others, "Spatial pyramid pooling in deep convolutional
    networks", 2014; the rounding is PyTorch's.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots, output the same with
    output_size cells (one number stands for every axis); float32 (float64 if given float64), summed in
    float64 so that whole numbers stay exact.

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.adaptive_avg_pool{n}d(np.ones((1, {fives})), 3).shape
    (1, {threes})
    """

    family = POOLING
    inputs = (INPUT,)
    linear = True
    name = "adaptive_avg_pool{n}d"
    title = Text("Adaptive average pooling", "自适应平均池化")
    summary = Text(
        "As many windows as asked for cover the input, whatever its size; each passes on its mean.",
        "无论输入多大，都用指定个数的窗口覆盖它；每个窗口传下其平均值。",
    )
    parameters = (OUTPUT_SIZE,)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: those asked for."""
        shape = self.input_shape(shapes)
        asked = params.get_of(OUTPUT_SIZE)
        channels, sizes = shape[: -self.dims], shape[-self.dims :]
        # A window has less than n / o + 2 cells: enough for a bound, without a table as long as the output.
        read = prod(min(size, size // count + 2) * count for size, count in zip(sizes, asked, strict=True))
        steps = prod(2 * max(size, count) for size, count in zip(sizes, asked, strict=True))
        output = (*channels, *asked)
        return Layout(
            output,
            self._axes(shape, params),
            self.dims,
            counts=lambda: Counts(
                additions=product(
                    symbol("reads", read) - symbol("cells", prod(asked)), **outputs_of(channels, 0)
                )
            ),
            bytes=24 * prod(channels) * steps + 16 * prod(output),
        )

    def _axes(self, shape: Shape, params: Params) -> tuple[AdaptiveAxis, ...]:
        numbers = zip(AXIS_NAMES[self.dims], shape[-self.dims :], params.get_of(OUTPUT_SIZE), strict=True)
        return tuple(_axis(*each) for each in numbers)

    def _counts(self, axes: tuple[AdaptiveAxis, ...]) -> Indices:
        """Return the number of cells of each window, shape (*outputs,)."""
        counts = np.ones((), np.intp)
        for axis in axes:
            counts = np.multiply.outer(counts, axis.ends - axis.starts)
        return counts

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Sum every window, an axis at a time, and divide by its number of cells."""
        whole = call.inputs["input"]
        axes = self._axes(whole.shape, call.params)
        sums = self.channels_of(call, maps).astype(np.float64)
        for place in reversed(range(self.dims)):
            sums = window_sums(sums, axes[place], place - self.dims)
        cells = prod(axis.kernel for axis in axes)
        return np.divide(sums, self._counts(axes)).astype(float_for(whole, cells))

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give every cell its part of the gradient of each window that holds it."""
        axes = self._axes(call.inputs["input"].shape, call.params)
        each = gradient / self._counts(axes).astype(gradient.dtype)
        for place, axis in enumerate(axes):
            each = window_shares(each, axis, place - self.dims)
        return {"input": each}

    def recipe(self, call: Call) -> Recipe:
        """Return the means along one axis after another; a mean of means of a box is the box's."""
        shape, counts = call.inputs["input"].shape, call.params.get_of(OUTPUT_SIZE)
        places = range(-self.dims, 0)
        read = ", ".join(
            f"{spot} * {size} // {count} : -(-({spot} + 1) * {size} // {count})"
            for spot, size, count in zip(
                SPOTS[self.dims].split(", "), shape[-self.dims :], counts, strict=True
            )
        )
        return Recipe(
            lines(
                "def pooled(x, count, axis):",
                '    """Return the means of so many windows, which cover the axis evenly."""',
                "    size = x.shape[axis]",
                "    windows = [(i * size // count, -(-(i + 1) * size // count)) for i in range(count)]",
                "    return np.stack([x.take(range(*w), axis).mean(axis) for w in windows], axis)",
                "output = x",
                *(f"output = pooled(output, {count}, {p})" for count, p in zip(counts, places, strict=True)),
            ),
            f"output = F.adaptive_avg_pool{self.dims}d(x, {one_or_all(counts)})",
            terms=f"x[k, {read}]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cells of the window and how many they are."""
        sources, positions, values = self.reads(call, cell)
        real = sources[:, 0] != OUTSIDE
        read = sources[real], positions[real], values[real]
        return Trace(self.name, cell, *read, value, divisor=np.int64(real.sum()))


adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d = map(AdaptiveAveragePooling, (1, 2, 3))
