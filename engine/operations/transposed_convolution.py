"""Transposed convolution in one, two and three dimensions: the adjoint of sliding a kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import prod

import numpy as np

from engine.algorithms import check_per_map, gather, room, sliding, spread, sum_of_channels, work_type
from engine.basics import CELLS, Array, Float, Number, Shape, ShapeError, Text
from engine.declaration import Call, Counts, Integers, Layout, Padding, Params, Recipe, outputs_of, weighed
from engine.families import (
    BIAS,
    CONVOLUTION,
    DILATION,
    DIVISOR,
    FITTING_CHANNELS,
    GROUPS,
    INPUT,
    OUT_CHANNELS,
    SIZE,
    STRIDE,
    WEIGHT,
    KernelOperation,
    batched,
    check_groups,
    check_rank,
    follow,
    need_weights,
)
from engine.recipes import transposed_recipe
from engine.trace import Cell, Parts, Trace
from engine.windows import AXIS_NAMES, TransposedAxis, WindowAxis, pad, unpad

STEP: Integers = replace(
    STRIDE,
    help=Text(
        "How many cells lie between the places where neighbouring input cells put the kernel.",
        "相邻两个输入格放置核的位置相距多少格。",
    ),
)
CUT = Padding(
    "padding",
    0,
    Text("Padding", "填充"),
    Text(
        "Cells cut from each side of the output: what a convolution with this padding would have added.",
        "从输出每一侧裁去的格：用这个填充做卷积时会添上的正是这些格。",
    ),
    CELLS,
    words=("valid",),
)
OUTPUT_PADDING = Integers(
    "output_padding",
    0,
    Text("Output padding", "输出填充"),
    Text(
        "Cells more at the end of the output, where several sizes would give this input with this stride.",
        "在输出末尾多加的格：用这个步幅卷积时，有几种大小都会得到这个输入。",
    ),
    CELLS,
    least=0,
    limit="stride",
)
_axis = lru_cache(maxsize=256)(TransposedAxis)


class TransposedConvolution(KernelOperation):
    """conv_transpose{n}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1, *, divisor=None).

    Every input cell puts down the kernel, times its value; where kernels overlap, they add up. In
    two dimensions output[o, y, x] = sum over c, i, j of input[c, u, v] weight[c, o, i, j] for the u
    and v with u s + i d - p = y and v s + j d - p = x, divided by divisor[o], plus bias[o]. It is
    the adjoint of the convolution with the same weights and settings: multiplying by the transpose
    of its matrix, and so the way its gradient goes back; it is not its inverse (Dumoulin and Visin,
    "A guide to convolution arithmetic for deep learning", 2016, chapter 4). Along each axis the
    size is s (n - 1) + d (k - 1) + 1 - p_before - p_after + output_padding.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots; weight (C, O / groups,
    ...), or (...) for one kernel and (K, ...) for several that repeat over the channels (O = K x
    groups, map number = group x K + kernel); bias and divisor one number, one per kernel or one per
    map. Output (O, ...), float32 (float64 if given float64, or if whole numbers need it to stay
    exact).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.conv_transpose{n}d(np.ones((4, {twos})), np.ones((4, 2, {threes})), stride=2).shape
    (2, {fives})
    """  # noqa: E501 (the signature in one line, as tests read it)

    family = CONVOLUTION
    linear = True
    sums_channels = True
    spreads = True
    inputs = (INPUT, WEIGHT, BIAS, DIVISOR)
    name = "conv_transpose{n}d"
    title = Text("{n}-D transposed convolution", "{n}维转置卷积")
    summary = Text(
        "Every input cell puts down the kernel, times its value; where kernels overlap, they add up.",
        "每个输入格把核乘以自己的值放到输出上；重叠之处相加。",
    )
    parameters = (SIZE, OUT_CHANNELS, STEP, CUT, OUTPUT_PADDING, GROUPS, DILATION)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Read kernel_size and out_channels off the weights, where there are any."""
        weight, groups = shapes.get("weight"), params.get_of(GROUPS)
        if weight is None:
            need_weights(self.name, params, SIZE)
            return params.replace(OUT_CHANNELS, params.given(OUT_CHANNELS) or groups)
        check_rank(weight, self.dims, "C, O / groups")
        params = follow(params, SIZE, weight[-self.dims :])
        return follow(params, OUT_CHANNELS, self._kernels(weight) * groups)

    def _kernels(self, weight: Shape) -> int:
        """Return how many output maps one group has."""
        return weight[1] if self.is_full(weight) else prod(weight[: -self.dims])

    def transposed_axes(self, shapes: Mapping[str, Shape], params: Params) -> tuple[TransposedAxis, ...]:
        """Return the law along each axis; the parameters must be settled."""
        sizes = self.input_shape(shapes)[-self.dims :]
        asked = params.get_of(CUT)
        cut = (0,) * (2 * self.dims) if isinstance(asked, str) else asked
        columns = [params.get_of(parameter) for parameter in (SIZE, STRIDE, DILATION)]
        return tuple(
            _axis(name, size, *(column[place] for column in columns), *cut[2 * place : 2 * place + 2], more)
            for place, (name, size, more) in enumerate(
                zip(AXIS_NAMES[self.dims], sizes, params.get_of(OUTPUT_PADDING), strict=True)
            )
        )

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; groups must divide the channels and the maps."""
        shape = self.input_shape(shapes)
        channels, groups = shape[-1 - self.dims], params.get_of(GROUPS)
        weight, maps = shapes.get("weight"), params.get_of(OUT_CHANNELS)
        check_groups(groups, {"input channels": channels, "output maps": maps})
        full = weight is None or self.is_full(weight)
        if weight is not None and full and weight[0] != channels:
            raise ShapeError(
                "weight_channels",
                Text(
                    "weight is for {channels} input channels; the input has {expected}.",
                    "权重对应 {channels} 个输入通道；输入有 {expected} 个。",
                ),
                field="weight",
                values={"channels": weight[0], "expected": channels},
                advice=FITTING_CHANNELS,
            )
        for name in ("bias", "divisor"):
            check_per_map(name, shapes.get(name), maps, maps if full else maps // groups)
        axes = self.transposed_axes(shapes, params)
        output = (*shape[: -1 - self.dims], maps, *(axis.output for axis in axes))

        def counts() -> Counts:
            each = "group_maps" if groups > 1 else "maps"
            kernel = {each: maps // groups, "weights": [axis.kernel for axis in axes]}
            held, (*batch, _) = {"channels": channels}, shape[: -self.dims]
            used = {"pictures": batch, **held, "input_cells": shape[-self.dims :]}
            made = outputs_of(output, self.dims)
            return weighed(kernel, held, used, made, maps if "bias" in shapes else 0)

        return Layout(
            output,
            axes,
            self.dims,
            counts=counts,
            bytes=self._memory(shape, maps, axes),
        )

    def _memory(self, shape: Shape, maps: int, axes: Sequence[TransposedAxis]) -> int:
        """Return the bytes of the input, what it is spread to, one entry's share, the cut, its index."""
        batch = prod(shape[: -1 - self.dims])
        spread_cells = prod(max(axis.window.reach, axis.output) for axis in axes)
        cells = prod(shape[-self.dims :])
        index = sum(axis.window.reach for axis in axes)
        kept = 3 * prod(shape) + batch * maps * (3 * spread_cells + 2 * cells) + 5 * index
        return 8 * (kept + room(maps, shape[-1 - self.dims], prod(axis.window.reach for axis in axes)))

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw weights of the size that ``params`` ask for, or 3 a side; one number per map for the rest."""
        groups, weight = params.get_of(GROUPS), shapes.get("weight")
        maps = params.given(OUT_CHANNELS) or groups
        if name != "weight":
            maps = maps if weight is None else self._kernels(weight) * groups
            return rng.uniform(0.5, 2, maps).astype(np.float32)
        channels = shapes["input"][-1 - self.dims]
        size = params.given(SIZE) or (3,) * self.dims
        drawn = rng.standard_normal((channels, max(maps // groups, 1), *size))
        return (drawn / np.sqrt(max(channels // groups, 1) * prod(size))).astype(np.float32)

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Spread the input, cut, divide, add the bias; whole groups at a time, so that none is done twice."""
        groups, count = call.params.get_of(GROUPS), call.layout.output[-1 - self.dims]
        per_group = count // groups
        first, last = maps.start // per_group, (maps.stop - 1) // per_group + 1
        inside = slice(maps.start - first * per_group, maps.stop - first * per_group)
        bank = self._bank(call)
        kinds = self._kinds(call, bank)
        array, bank = self._grouped(call, bank)[:, first:last], bank[first:last]
        if last - first == 1:
            bank, inside = bank[:, :, inside], slice(None)
        # Laid out alike, so that the same numbers give the same bits however they lie in memory.
        array, bank = np.ascontiguousarray(array), np.ascontiguousarray(bank)
        windows = self._windows(call)
        result = unpad(sliding.scatter(array, bank, windows, kinds[0]), windows)
        result = result.reshape(result.shape[0], prod(result.shape[1:3]), *result.shape[3:])[:, inside]
        return self.finish(call, result, kinds[1], maps)

    def _windows(self, call: Call) -> tuple[WindowAxis, ...]:
        """Return the windows over our output that give our input."""
        axes = self.transposed_axes({"input": call.inputs["input"].shape}, call.params)
        return tuple(axis.window for axis in axes)

    def _bank(self, call: Call) -> Array:
        """Return the weights as (G, channels of a group, maps of a group, *kernel).

        One group of kernels that repeat over the channels gets one channel: the channels are summed
        first, which is the same sum in fewer products.
        """
        weight, groups = call.inputs["weight"], call.params.get_of(GROUPS)
        channels = call.inputs["input"].shape[-1 - self.dims]
        bank = spread(weight, groups, channels, self.dims)
        return bank if self.is_full(weight.shape) else np.swapaxes(bank, 1, 2)

    def _grouped(self, call: Call, bank: Array) -> Array:
        """Return the input as (N, G, channels of a group, *sizes)."""
        array = batched(call.inputs["input"], self.dims)
        groups, channels = bank.shape[:2]
        if groups * channels < array.shape[1]:
            array = sum_of_channels(array)
        return array.reshape(array.shape[0], groups, channels, *array.shape[2:])

    def _kinds(self, call: Call, bank: Array) -> tuple[np.dtype[np.floating], np.dtype[np.floating]]:
        """Return the type in which to sum, and that of the result: the same for all maps of a call."""
        array, weight, bias = call.inputs["input"], call.inputs["weight"], call.inputs.get("bias")
        per_map_of_all = np.swapaxes(bank, 1, 2).reshape(-1, *bank.shape[1:2], *bank.shape[3:])
        repeats = array.shape[-1 - self.dims] // (bank.shape[0] * bank.shape[1])
        work = work_type(array, per_map_of_all, repeats, bias)
        given_single = array.dtype == np.float32 and weight.dtype != np.float64
        return work, np.dtype(np.float32) if given_single else work

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Slide the kernels over the gradient: the convolution whose adjoint this is."""
        windows, bank = self._windows(call), self._bank(call)
        array, weight = call.inputs["input"], call.inputs["weight"]
        kind = gradient.dtype
        whole, found = self.unfinish(call, gradient, kind)
        groups, channels, maps = bank.shape[:3]
        whole = pad(whole.reshape(whole.shape[0], groups, maps, *whole.shape[2:]), windows)
        by_bank = sliding.kernel_gradient(whole, self._grouped(call, bank), windows, kind)
        if not self.is_full(weight.shape):
            by_bank = np.swapaxes(by_bank, 1, 2)
        found["weight"] = gather(by_bank, weight.shape, self.dims)
        by_input = sliding.slide(whole, bank, windows, kind)
        each = array.shape[-1 - self.dims] // groups
        if channels < each:
            by_input = np.repeat(by_input, each, axis=2)
        found["input"] = by_input.reshape(array.shape)
        return found

    def recipe(self, call: Call) -> Recipe:
        """Return the convolution, with the kernel turned round, of the input with zeros between its cells."""
        axes = self.transposed_axes({"input": call.inputs["input"].shape}, call.params)
        return transposed_recipe(call, axes, call.params.get_of(GROUPS))

    def parts(self, call: Call, number: int) -> Parts:
        """Return what each channel of the group puts down, as if it were a group of its own."""
        windows, bank = self._windows(call), self._bank(call)
        kind = self._kinds(call, bank)[0]
        group, place = divmod(number, bank.shape[2])
        per_group = call.inputs["input"].shape[-1 - self.dims] // len(bank)
        kernels = np.broadcast_to(bank[group, :, place], (per_group, *bank.shape[3:]))[:, None, None]
        first = group * per_group

        def compute(channels: range) -> Array:
            array = self.channels_of(call, channels)[None, :, None]
            chosen = kernels[channels.start - first : channels.stop - first]
            found = unpad(sliding.scatter(array, chosen, windows, kind), windows)
            return self.share(call, found[0, :, 0], number)

        _, bias = self.divisor_and_bias(call, number)
        sizes = call.layout.output[-self.dims :]
        return Parts(range(first, first + per_group), bias, sizes, compute)

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the shares that the output cell gets, channel by channel and kernel entry by entry.

        Kernel entries through which no input cell reaches it are terms on padding: the zeros that
        one may imagine between the input's cells.
        """
        array, bank = call.inputs["input"], self._bank(call)
        maps, groups = call.layout.output[0], call.params.get_of(GROUPS)
        channels = array.shape[0] // groups
        group, place = divmod(cell[0], maps // groups)
        read = range(group * channels, (group + 1) * channels)
        return self.trace_of(call, cell, value, read, bank[group, :, place])


conv_transpose1d, conv_transpose2d, conv_transpose3d = map(TransposedConvolution, (1, 2, 3))
