"""Convolution in one, two and three dimensions, as CNNs mean it: cross-correlation over channels."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TypeVar

import numpy as np

from engine.algorithms import check_per_map, gather, sliding, spread, sum_of_channels, work_type
from engine.basics import Array, Float, Number, Shape, ShapeError, Text
from engine.declaration import Call, Counts, Layout, Params, Recipe, outputs_of, weighed
from engine.families import (
    BIAS,
    CONVOLUTION,
    DILATION,
    DIVISOR,
    FITTING_CHANNELS,
    FLIP,
    GROUPS,
    INPUT,
    OUT_CHANNELS,
    PADDING,
    PADDING_MODE,
    SIZE,
    STRIDE,
    WEIGHT,
    KernelOperation,
    WindowOperation,
    batched,
    check_groups,
    check_rank,
    follow,
    need_weights,
)
from engine.recipes import Correlation, Windows, finished, lines
from engine.trace import Cell, Parts, Trace
from engine.windows import pad, unpad

B = TypeVar("B", Array, Float)


class Convolution(KernelOperation, WindowOperation):
    """conv{n}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *, divisor, ...).

    Slides each kernel over the input, multiplies what it covers and adds up; in two dimensions
    output[o, y, x] = sum over c, i, j of input[c, y s + i d - p, x s + j d - p] weight[o, c, i, j],
    divided by divisor[o], plus bias[o]. No kernel is flipped: this is the cross-correlation that
    CNNs call convolution (Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 9.1). With
    flip, every kernel is turned round along each axis, which is the convolution of mathematics.

    Shapes: input (C, ...) or (N, C, ...) with {n} axes in place of the dots; weight (O, C / groups,
    ...), or (...) for one kernel and (K, ...) for several that repeat over the channels (O = K x
    groups, map number = channel x K + kernel); bias and divisor one number, one per kernel or one
    per map. Output (O, ...), float32 (float64 if given float64, or if whole numbers need it to stay
    exact).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.conv{n}d(np.ones((2, {fives})), np.ones((4, 2, {threes}))).shape
    (4, {threes})
    """

    family = CONVOLUTION
    linear = True
    sums_channels = True
    inputs = (INPUT, WEIGHT, BIAS, DIVISOR)
    basic = True
    name = "conv{n}d"
    title = Text("{n}-D convolution", "{n}维卷积")
    summary = Text(
        "A kernel slides over the input; at each stop its weights multiply what they cover, "
        "and the products are summed.",
        "核在输入上滑动；每停一处，权重与所覆盖的值相乘，再把乘积相加。",
    )
    parameters = (SIZE, OUT_CHANNELS, STRIDE, PADDING, DILATION, GROUPS, PADDING_MODE, FLIP)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Read kernel_size and out_channels off the weights, where there are any."""
        weight = shapes.get("weight")
        if weight is None:
            need_weights(self.name, params, SIZE)
            maps = params.given(OUT_CHANNELS) or params.get_of(GROUPS)
            return params.replace(OUT_CHANNELS, maps)
        check_rank(weight, self.dims, "O, C / groups")
        maps = weight[0] if self.is_full(weight) else prod(weight[: -self.dims]) * params.get_of(GROUPS)
        params = follow(params, SIZE, weight[-self.dims :])
        return follow(params, OUT_CHANNELS, maps)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; groups must divide the channels and the maps."""
        shape = self.input_shape(shapes)
        channels, groups = shape[-1 - self.dims], params.get_of(GROUPS)
        weight = shapes.get("weight")
        spread = weight is not None and not self.is_full(weight)
        maps = params.get_of(OUT_CHANNELS)
        if weight is not None and spread:
            maps = prod(weight[: -self.dims]) * groups
        check_groups(groups, {"input channels": channels, "output maps": maps})
        if weight is not None and not spread and weight[1] != channels // groups:
            raise ShapeError(
                "weight_channels",
                Text(
                    "weight has {channels} channels; with {count} input channels and groups {groups} it must "
                    "have {expected}.",
                    "卷积核有 {channels} 个通道；输入有 {count} 个通道、"
                    "分组数为 {groups} 时须有 {expected} 个。",
                ),
                field="weight",
                values={
                    "channels": weight[1],
                    "count": channels,
                    "groups": groups,
                    "expected": channels // groups,
                },
                advice=FITTING_CHANNELS,
            )
        for name in ("bias", "divisor"):
            check_per_map(name, shapes.get(name), maps, maps // groups if spread else maps)
        axes = self.axes(shapes, params)
        output = (*shape[: -1 - self.dims], maps, *(axis.output for axis in axes))

        def counts() -> Counts:
            each = "group_channels" if groups > 1 else "channels"
            kernel = {each: channels // groups, "weights": [axis.kernel for axis in axes]}
            made = outputs_of(output, self.dims)
            return weighed(kernel, {"maps": maps}, made, made, maps if "bias" in shapes else 0)

        return Layout(
            output,
            axes,
            self.dims,
            counts=counts,
            bytes=sliding.slide_memory(shape, maps, groups, axes, summed=spread and groups == 1),
        )

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw weights of the size that ``params`` ask for, or 3 a side; one number per map for the rest."""
        groups = params.get_of(GROUPS)
        channels = shapes["input"][-1 - self.dims]
        maps = params.given(OUT_CHANNELS) or groups
        if name != "weight":
            return rng.uniform(0.5, 2, shapes["weight"][0] if "weight" in shapes else maps).astype(np.float32)
        size = params.given(SIZE) or tuple(min(3, n) for n in shapes["input"][-self.dims :])
        weight = rng.standard_normal((maps, max(channels // groups, 1), *size))
        return (weight / np.sqrt(weight[0].size)).astype(np.float32)

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Pad, correlate, divide, add the bias; whole groups at a time, so that none is computed twice."""
        groups = call.params.get_of(GROUPS)
        count = call.layout.output[-1 - self.dims]
        per_group = count // groups
        first, last = maps.start // per_group, (maps.stop - 1) // per_group + 1
        inside = slice(maps.start - first * per_group, maps.stop - first * per_group)
        bank = self._bank(call)[first:last]
        if last - first == 1:
            bank, inside = bank[:, inside], slice(None)
        kinds = self._kinds(call)
        result = self._correlate(call, bank, range(first, last), kinds[0])
        return self.finish(call, result[:, inside], kinds[1], maps)

    def _bank(self, call: Call) -> Array:
        """Return the weights as (G, maps of a group, channels of a group, *kernel), turned if asked."""
        channels = call.inputs["input"].shape[-1 - self.dims]
        bank = spread(call.inputs["weight"], call.params.get_of(GROUPS), channels, self.dims)
        return self._turned(call, bank)

    def _turned(self, call: Call, bank: B) -> B:
        return np.flip(bank, tuple(range(-self.dims, 0))) if call.params.get_of(FLIP) else bank

    def _padded(self, call: Call, bank: Array, groups: range) -> Array:
        """Return the channels of some groups, padded, shape (N, G, channels of a group, *reaches)."""
        array = batched(call.inputs["input"], self.dims)
        per_group = array.shape[1] // call.params.get_of(GROUPS)
        array = array[:, groups.start * per_group : groups.stop * per_group]
        if bank.shape[2] < per_group:
            array = sum_of_channels(array)
        array = array.reshape(array.shape[0], len(groups), bank.shape[2], *array.shape[2:])
        return pad(array, self.axes_of(call))

    def _correlate(self, call: Call, bank: Array, groups: range, kind: np.dtype[np.floating]) -> Float:
        """Return the sums of products of some groups, shape (N, maps, *outputs)."""
        result = sliding.slide(self._padded(call, bank, groups), bank, self.axes_of(call), kind)
        return result.reshape(result.shape[0], len(groups) * bank.shape[1], *result.shape[3:])

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Scatter the gradient back over the input, and correlate it with the input for the weights."""
        whole, found = self._by_sums(call, gradient)
        return {**self._by_weights(call, whole, found), "input": self._by_input(call, whole)}

    def backward_maps(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Scatter the gradient back over the input, and no more."""
        return {"input": self._by_input(call, self._by_sums(call, gradient)[0])}

    def backward_weights(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Correlate the gradient with the input, and no more."""
        return self._by_weights(call, *self._by_sums(call, gradient))

    def _by_sums(self, call: Call, gradient: Float) -> tuple[Float, dict[str, Float]]:
        """Return the gradient by the sums of products, (N, G, maps of a group, ...), and that by the bias."""
        whole, found = self.unfinish(call, gradient, gradient.dtype)
        groups = call.params.get_of(GROUPS)
        return whole.reshape(whole.shape[0], groups, whole.shape[1] // groups, *whole.shape[2:]), found

    def _by_input(self, call: Call, whole: Float) -> Float:
        axes, array = self.axes_of(call), call.inputs["input"]
        by_input = unpad(sliding.scatter(whole, self._bank(call), axes, whole.dtype), axes)
        # Where the channels were summed first, each has the gradient of the sum.
        per_group = array.shape[-1 - self.dims] // call.params.get_of(GROUPS)
        if by_input.shape[2] < per_group:
            by_input = np.repeat(by_input, per_group, axis=2)
        return by_input.reshape(array.shape)

    def _by_weights(self, call: Call, whole: Float, found: Mapping[str, Float]) -> dict[str, Float]:
        bank, shape = self._bank(call), call.inputs["weight"].shape
        padded = self._padded(call, bank, range(bank.shape[0]))
        by_bank = sliding.kernel_gradient(padded, whole, self.axes_of(call), whole.dtype)
        return {**found, "weight": gather(self._turned(call, by_bank), shape, self.dims)}

    def parts(self, call: Call, number: int) -> Parts:
        """Return the map of each channel of the group by itself, as if it were a group of its own."""
        axes, bank = self.axes_of(call), self._bank(call)
        group, place = divmod(number, bank.shape[1])
        per_group = call.inputs["input"].shape[-1 - self.dims] // len(bank)
        kernels = np.broadcast_to(bank[group, place], (per_group, *bank.shape[3:]))[:, None, None]
        first = group * per_group

        def compute(channels: range) -> Array:
            padded = pad(self.channels_of(call, channels), axes)[None, :, None]
            chosen = kernels[channels.start - first : channels.stop - first]
            sums = sliding.slide(padded, chosen, axes, self._kinds(call)[0])[0, :, 0]
            return self.share(call, sums, number)

        _, bias = self.divisor_and_bias(call, number)
        sizes = call.layout.output[-self.dims :]
        return Parts(range(first, first + per_group), bias, sizes, compute)

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the products of one window, channel by channel."""
        array, weight = call.inputs["input"], call.inputs["weight"]
        maps, groups = call.layout.output[0], call.params.get_of(GROUPS)
        channels = array.shape[0] // groups
        first = cell[0] // (maps // groups) * channels
        full = self.is_full(weight.shape)
        kernels = weight if full else weight.reshape(-1, *weight.shape[-self.dims :])
        kernel = kernels[cell[0] % len(kernels)]
        return self.trace_of(call, cell, value, range(first, first + channels), kernel)

    def recipe(self, call: Call) -> Recipe:
        """Return windows and an Einstein sum, divided, plus the bias."""
        rank, maps = call.inputs["input"].ndim, call.layout.output[-1 - self.dims]
        correlation = Correlation(
            call,
            Windows(self.axes_of(call), rank),
            maps,
            call.params.get_of(GROUPS),
            call.params.get_of(PADDING_MODE),
            call.params.get_of(FLIP),
        )
        numpy, torch, bias = finished(call, maps, self.dims)
        return Recipe(
            lines(correlation.numpy("output"), numpy),
            lines(correlation.torch("output", bias), torch),
            terms=f"{correlation.window} * weight[k]",
            parts=correlation.parts,
        )

    def _kinds(self, call: Call) -> tuple[np.dtype[np.floating], np.dtype[np.floating]]:
        """Return the type in which to sum, and that of the result: the same for all maps of a call."""
        array, weight, bias = call.inputs["input"], call.inputs["weight"], call.inputs.get("bias")
        full = self.is_full(weight.shape)
        channels = 1 if full else array.shape[-1 - self.dims] // call.params.get_of(GROUPS)
        each = weight if weight.ndim > self.dims else weight[None]
        work = work_type(array, each, channels, bias)
        given_single = array.dtype == np.float32 and weight.dtype != np.float64
        return work, np.dtype(np.float32) if given_single else work


conv1d, conv2d, conv3d = map(Convolution, (1, 2, 3))
