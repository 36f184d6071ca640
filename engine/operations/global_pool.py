"""Global pooling in one, two and three dimensions: one window over the whole of each channel."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from math import prod

import numpy as np

from engine.basics import Array, Float, Number, Shape, Text, float_for
from engine.declaration import Call, Counts, Layout, Params, Recipe, outputs_of, product
from engine.families import INPUT, POOLING, WindowOperation
from engine.trace import Cell, Trace
from engine.windows import AXIS_NAMES, WindowAxis, window_axis


class GlobalPooling(WindowOperation):
    """Base of operations that reduce each channel to one number."""

    family = POOLING
    inputs = (INPUT,)
    summing: bool
    """Whether doubles are summed, and not only looked at."""

    def axes(self, shapes: Mapping[str, Shape], params: Params) -> tuple[WindowAxis, ...]:
        """Return windows as large as the input."""
        sizes = self.input_shape(shapes)[-self.dims :]
        return tuple(
            window_axis(name, size, size) for name, size in zip(AXIS_NAMES[self.dims], sizes, strict=True)
        )

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: 1 along every axis."""
        shape = self.input_shape(shapes)
        channels, cells = shape[: -self.dims], prod(shape[-self.dims :])
        return Layout(
            (*channels, *[1] * self.dims),
            self.axes(shapes, params),
            self.dims,
            counts=lambda: Counts(additions=product(**outputs_of(channels, 0), others=cells - 1)),
            bytes=prod(channels) * (8 * cells + 16),
        )

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Reduce each channel to one number."""
        array = self.channels_of(call, maps)
        cells = prod(array.shape[-self.dims :])
        reduced = self.reduce(array, tuple(range(-self.dims, 0)))
        return reduced.astype(float_for(call.inputs["input"], cells if self.summing else 1))

    @abstractmethod
    def reduce(self, array: Array, over: tuple[int, ...]) -> Array:
        """Return one number for each channel, the axes ``over`` kept with one cell each."""


class GlobalAveragePooling(GlobalPooling):
    """global_avg_pool{n}d(input).

    output[c] = the mean of all cells of channel c, summed in float64: whole numbers stay exact. It stands
    in place of fully connected layers. Source: Lin, Chen and Yan, "Network in network", 2014, section
    3.2. ONNX calls it GlobalAveragePool; in PyTorch it is the adaptive average with output size 1.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots, output the same with
    1 cell along each; float32 (float64 if given float64, or if whole numbers need it).

    Raises ShapeError for any other number of axes, or an axis without cells.

    >>> engine.global_avg_pool{n}d(np.ones((2, {fives}))).shape[0]
    2
    """

    linear = True
    summing = True
    name = "global_avg_pool{n}d"
    title = Text("Global average pooling", "全局平均池化")
    summary = Text(
        "Each channel becomes one number: the mean of all its cells.",
        "每个通道变成一个数：其所有格的平均。",
    )

    def reduce(self, array: Array, over: tuple[int, ...]) -> Array:
        """Return the means."""
        cells = prod(array.shape[-self.dims :])
        # In one order of memory, so that equal pictures have equal sums, bit for bit.
        channels = np.ascontiguousarray(array, np.float64).reshape(*array.shape[: -self.dims], cells)
        return np.divide(channels.sum(axis=-1).reshape(*channels.shape[:-1], *[1] * self.dims), cells)

    def recipe(self, call: Call) -> Recipe:
        """Return the means."""
        over = str(tuple(range(-self.dims, 0)))
        return Recipe(
            f"output = x.mean({over}, keepdims=True)",
            f"output = F.adaptive_avg_pool{self.dims}d(x, 1)",
            terms="x[k]",
        )

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give every cell the same part."""
        shape = call.inputs["input"].shape
        each = gradient / gradient.dtype.type(prod(shape[-self.dims :]))
        return {"input": np.broadcast_to(each, shape).copy()}

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return all cells of the channel and how many they are."""
        read = self.reads(call, cell)
        return Trace(self.name, cell, *read, value, divisor=np.int64(len(read[0])))


class GlobalMaxPooling(GlobalPooling):
    """global_max_pool{n}d(input).

    output[c] = the largest of all cells of channel c; of equal cells the first in reading order wins,
    and a cell that is not a number wins over all. The gradient goes to the winner. Source: Oquab and
    others, "Is object localization for free?", 2015. ONNX calls it GlobalMaxPool; in PyTorch it is the
    adaptive maximum with output size 1.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots, output the same with
    1 cell along each; floats keep their type, whole numbers come out as float32 (float64 where they
    need it).

    Raises ShapeError for any other number of axes, or an axis without cells.

    >>> engine.global_max_pool{n}d(np.ones((2, {fives}))).shape[0]
    2
    """

    summing = False
    name = "global_max_pool{n}d"
    title = Text("Global max pooling", "全局最大池化")
    summary = Text(
        "Each channel becomes one number: the largest of all its cells.",
        "每个通道变成一个数：其所有格中最大的值。",
    )

    def reduce(self, array: Array, over: tuple[int, ...]) -> Array:
        """Return the largest."""
        return array.max(axis=over, keepdims=True)

    def recipe(self, call: Call) -> Recipe:
        """Return the largest."""
        over = str(tuple(range(-self.dims, 0)))
        return Recipe(
            f"output = x.max({over}, keepdims=True)",
            f"output = F.adaptive_max_pool{self.dims}d(x, 1)",
            terms="x[k]",
            reduction="max",
        )

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give the whole gradient to the cell that won."""
        array = call.inputs["input"]
        flat = array.reshape(*array.shape[: -self.dims], prod(array.shape[-self.dims :]))
        found = np.zeros(flat.shape, gradient.dtype)
        won = flat.argmax(axis=-1)[..., None]
        np.put_along_axis(found, won, gradient.reshape(won.shape), axis=-1)
        return {"input": found.reshape(array.shape)}

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return all cells of the channel and which one won."""
        read = self.reads(call, cell)
        chosen = int(np.argmax(read[-1]))
        return Trace(self.name, cell, *read, value, reduction="max", chosen=chosen)


global_avg_pool1d, global_avg_pool2d, global_avg_pool3d = map(GlobalAveragePooling, (1, 2, 3))
global_max_pool1d, global_max_pool2d, global_max_pool3d = map(GlobalMaxPooling, (1, 2, 3))
