"""Depthwise separable convolution: each channel by itself, then a mix of the channels cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import cast

import numpy as np

from engine.algorithms import check_per_map, gather, per_map, sliding, spread, sum_per_map
from engine.basics import EXACT_IN_SINGLE, Array, Float, Number, Shape, ShapeError, Text, is_whole, largest
from engine.declaration import (
    OUTPUT,
    Call,
    Counts,
    Input,
    Integer,
    Layout,
    Output,
    Parameter,
    Params,
    Recipe,
    outputs_of,
    product,
    total,
)
from engine.families import (
    BIAS,
    CONVOLUTION,
    DILATION,
    DIVISOR,
    FITTING_CHANNELS,
    INPUT,
    OUT_CHANNELS,
    PADDING,
    PADDING_MODE,
    SIZE,
    STRIDE,
    WEIGHT,
    KernelOperation,
    WindowOperation,
    apply_per_map,
    batched,
    check_rank,
    follow,
    need_weights,
)
from engine.recipes import Correlation, Windows, by_map, lines
from engine.trace import Cell, Parts, Trace
from engine.windows import pad, unpad

POINTWISE = Input("pointwise", "numbers", Text("Pointwise weights", "逐点权重"))
MIXED: Integer = replace(OUT_CHANNELS, follows="pointwise")
_EXACT_PRODUCTS = 2**53


class DepthwiseSeparableConvolution(KernelOperation, WindowOperation):
    """depthwise_separable_conv2d(input, weight, pointwise, bias=None, stride=1, padding=0, dilation=1, *, divisor=None, padding_mode).

    Filters each channel by itself, then mixes the maps cell by cell with 1x1 kernels,
    output[o, y, x] = bias[o] + sum over m of pointwise[o, m] intermediate[m, y, x], where
    intermediate[m, y, x] = sum over i, j of input[c, y s + i d - p, x s + j d - p] weight[m, i, j],
    divided by divisor[m], and c is the channel that depthwise map m reads. There is nothing
    between the two: no bias, no activation (Howard and others, "MobileNets", 2017, section 3.1). A full
    convolution to O maps takes C kh kw O multiplications a cell, this C (kh kw + O): see
    engine.algorithms.factors, which has both counts.

    Shapes: input (C, H, W) or (N, C, H, W); weight (M, 1, kh, kw) with M a multiple of C, or (kh, kw)
    for one kernel and (K, kh, kw) for several that repeat over the channels (M = K x C, map number =
    channel x K + kernel); pointwise (O, M, 1, 1) or (O, M); bias one number or one per output map;
    divisor one number, one per kernel or one per depthwise map. Output (O, oh, ow), float32 (float64
    if given float64, or if whole numbers need it to stay exact). Further output: intermediate
    (M, oh, ow).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> picture, sharpen = np.ones((3, 8, 8)), np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    >>> call = engine.depthwise_separable_conv2d.call(picture, sharpen, np.ones((72, 3)))
    >>> call.run().shape, call.layout.macs
    ((72, 6, 6), 8748)
    """  # noqa: E501 (the signature in one line, as tests read it)

    name = "depthwise_separable_conv2d"
    title = Text("Depthwise separable convolution", "深度可分离卷积")
    summary = Text(
        "Each channel is filtered by itself; then 1×1 kernels mix the maps, cell by cell.",
        "每个通道单独滤波，再用 1×1 的核逐格混合各张图。",
    )
    family = CONVOLUTION
    linear = True
    sums_channels = True
    inputs = (INPUT, WEIGHT, POINTWISE, BIAS, DIVISOR)
    outputs = (OUTPUT, Output("intermediate", Text("Depthwise maps", "逐通道的图")))
    parameters = (SIZE, MIXED, STRIDE, PADDING, DILATION, PADDING_MODE)

    def __init__(self) -> None:
        super().__init__(2)
        self.splits = False

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Read kernel_size off the weights and out_channels off the pointwise ones, where there are any."""
        weight, pointwise = shapes.get("weight"), shapes.get("pointwise")
        if weight is None:
            need_weights(self.name, params, SIZE)
        else:
            check_rank(weight, 2, "M, 1")
            params = follow(params, SIZE, weight[-2:])
        if pointwise is None:
            return params.replace(MIXED, params.given(MIXED) or self.input_shape(shapes)[-3])
        if len(pointwise) not in (2, 4) or pointwise[2:] not in ((), (1, 1)) or 0 in pointwise:
            raise ShapeError(
                "pointwise_rank",
                Text(
                    "pointwise must have the shape (O, M) or (O, M, 1, 1), none of them 0; it has {shape}.",
                    "逐点权重须是“输出通道 × 输入通道”的矩阵：(O, M) 或 (O, M, 1, 1)，且都不为 0；"
                    "这里是 {shape}。",
                ),
                field="pointwise",
                values={"shape": list(pointwise)},
            )
        return follow(params, MIXED, pointwise[0], Text("the pointwise weights say", "逐点权重表明是"))

    def _depthwise_maps(self, shapes: Mapping[str, Shape]) -> int:
        """Return how many maps the channels give, before they are mixed."""
        channels, weight = self.input_shape(shapes)[-3], shapes.get("weight")
        if weight is None:
            return channels
        if len(weight) < 4:
            return prod(weight[:-2]) * channels
        if weight[1] != 1 or weight[0] % channels:
            raise ShapeError(
                "weight_channels",
                Text(
                    "weight is for {maps} maps of {channels} channels; with {expected} input channels it "
                    "must be for {expected} maps, or a multiple of that, of 1 channel each.",
                    "权重对应 {maps} 张各 {channels} 个通道的特征图；输入有 {expected} 个通道时，"
                    "须对应 {expected} 张或其倍数，各 1 个通道。",
                ),
                field="weight",
                values={
                    "shape": list(weight),
                    "maps": weight[0],
                    "channels": weight[1],
                    "expected": channels,
                },
                advice=FITTING_CHANNELS,
            )
        return weight[0]

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; both kinds of weights must agree on the maps between them."""
        shape = self.input_shape(shapes)
        channels, maps, depthwise = shape[-3], params.get_of(MIXED), self._depthwise_maps(shapes)
        pointwise = shapes.get("pointwise")
        if pointwise is not None and pointwise[1] != depthwise:
            raise ShapeError(
                "pointwise_channels",
                Text(
                    "pointwise mixes {channels} maps; the depthwise kernels give {expected}.",
                    "逐点权重混合 {channels} 张图，而逐通道的核给出 {expected} 张。",
                ),
                field="pointwise",
                values={"channels": pointwise[1], "expected": depthwise},
            )
        check_per_map("bias", shapes.get("bias"), maps, maps)
        repeats = len(shapes.get("weight", ())) in (2, 3)
        kernels = depthwise // channels if repeats else depthwise
        check_per_map("divisor", shapes.get("divisor"), depthwise, kernels)
        axes = self.axes(shapes, params)
        sizes = tuple(axis.output for axis in axes)
        batch = shape[:-3]
        output = (*batch, maps, *sizes)
        cells = prod(batch) * prod(sizes)

        def counts() -> Counts:
            weights = [axis.kernel for axis in axes]
            apart, mixed = product(kernels=kernels, weights=weights), product(maps=maps, depthwise=depthwise)
            each = total(product(weights=weights), product(maps=maps))
            macs = product(each, pictures=batch, depthwise=depthwise, cells=sizes)
            if "bias" not in shapes:
                return Counts(total(apart, mixed), macs)
            return Counts(total(apart, mixed, product(biases=maps)), macs, product(**outputs_of(output, 2)))

        return Layout(
            output,
            axes,
            2,
            counts=counts,
            bytes=sliding.slide_memory(shape, depthwise, channels, axes, summed=False)
            + 8 * cells * (2 * depthwise + 2 * maps),
            further={"intermediate": (*batch, depthwise, *sizes)},
        )

    def imagine(
        self, shapes: Mapping[str, Shape], parameter: Parameter[object], value: object
    ) -> Mapping[str, Shape]:
        """Give the weights the sizes that are being tried."""
        if parameter.name == MIXED.name and "pointwise" in shapes:
            return {**shapes, "pointwise": (cast("int", value), *shapes["pointwise"][1:])}
        return super().imagine(shapes, parameter, value)

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw weights of the size that ``params`` ask for, or 3 a side; one kernel for each channel."""
        channels, depthwise = shapes["input"][-3], self._depthwise_maps(shapes)
        maps = params.given(MIXED) or (shapes["pointwise"][0] if "pointwise" in shapes else channels)
        match name:
            case "weight":
                size = params.given(SIZE) or tuple(min(3, n) for n in shapes["input"][-2:])
                drawn = rng.standard_normal((channels, 1, *size)) / np.sqrt(prod(size))
            case "pointwise":
                drawn = rng.standard_normal((maps, depthwise, 1, 1)) / np.sqrt(depthwise)
            case "divisor":
                drawn = rng.uniform(0.5, 2, depthwise)
            case _:
                drawn = rng.uniform(0.5, 2, maps)
        return drawn.astype(np.float32)

    def forward(self, call: Call) -> Array:
        """Filter each channel, mix the maps, add the bias."""
        work, kind = self._kinds(call)
        maps = self._depthwise(call, work)
        result = self._mixed(self._pointwise(call).astype(work, copy=False), maps).astype(kind, copy=False)
        apply_per_map(result, per_map(call.inputs.get("bias"), result.shape[1]), np.add, 2)
        return result.reshape(call.layout.output)

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return the depthwise maps."""
        work, kind = self._kinds(call)
        maps = self._depthwise(call, work).reshape(call.layout.further["intermediate"])
        return {"intermediate": maps.astype(kind, copy=False)}

    def _depthwise(self, call: Call, kind: np.dtype[np.floating], channels: range | None = None) -> Float:
        """Return each channel, or each of ``channels``, filtered and divided, shape (N, M, oh, ow)."""
        bank, divisor = self._bank(call), self._divisor(call)
        if channels is None:
            channels = range(len(bank))
        padded = self._padded(call)[:, channels.start : channels.stop]
        found = sliding.slide(padded, bank[channels.start : channels.stop], self.axes_of(call), kind)
        found = found.reshape(found.shape[0], prod(found.shape[1:3]), *found.shape[3:])
        maps = slice(channels.start * bank.shape[1], channels.stop * bank.shape[1])
        apply_per_map(found, None if divisor is None else divisor[maps], np.divide, 2)
        return found

    def _mixed(self, weights: Array, maps: Array) -> Float:
        """Return (O, M) weights times the maps (N, M, h, w), shape (N, O, h, w)."""
        flat = maps.reshape(*maps.shape[:2], prod(maps.shape[2:]))
        return np.matmul(weights, flat).reshape(maps.shape[0], weights.shape[0], *maps.shape[2:])

    def _bank(self, call: Call) -> Array:
        """Return the kernels as (C, maps of a channel, 1, kh, kw): groups of one channel."""
        channels = call.inputs["input"].shape[-3]
        return spread(call.inputs["weight"], channels, channels)

    def _padded(self, call: Call) -> Array:
        """Return the padded channels, shape (N, C, 1, *reaches)."""
        return pad(batched(call.inputs["input"]), self.axes_of(call))[:, :, None]

    def _pointwise(self, call: Call) -> Array:
        """Return the weights that mix, shape (O, M)."""
        weights = call.inputs["pointwise"]
        return weights.reshape(weights.shape[:2])

    def _divisor(self, call: Call) -> Array | None:
        return per_map(call.inputs.get("divisor"), call.layout.further["intermediate"][-3])

    def _kinds(self, call: Call) -> tuple[np.dtype[np.floating], np.dtype[np.floating]]:
        """Return the type in which to sum, and that of the result."""
        array, weights = call.inputs["input"], [call.inputs["weight"], call.inputs["pointwise"]]
        floats = [a.dtype for a in (array, *weights) if a.dtype.kind == "f"]
        work = np.result_type(np.float32, *floats)
        if work == np.float32 and is_whole(array) and all(map(is_whole, weights)):
            each = np.abs(self._bank(call).astype(np.float64)).sum(axis=(2, 3, 4)).reshape(-1)
            mixed = np.abs(self._pointwise(call).astype(np.float64)) @ each
            bias = call.inputs.get("bias")
            bound = largest(array) * max(largest(mixed), largest(each)) + (
                0 if bias is None else largest(bias)
            )
            work = np.float32 if bound <= EXACT_IN_SINGLE else np.float64
        given_single = array.dtype == np.float32 and np.float64 not in floats
        return np.dtype(work), np.dtype(np.float32 if given_single else work)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Go back through the mixing, then scatter and correlate channel by channel."""
        array, weight, pointwise = (call.inputs[name] for name in ("input", "weight", "pointwise"))
        bias, axes = call.inputs.get("bias"), self.axes_of(call)
        kind = gradient.dtype
        whole = batched(gradient).astype(kind, copy=False)
        found: dict[str, Float] = {}
        if bias is not None:
            found["bias"] = sum_per_map(whole.sum(axis=(0, 2, 3)), bias.shape)
        maps = self._depthwise(call, kind)
        cells = "nohw,nmhw->om"
        found["pointwise"] = np.einsum(cells, whole, maps, optimize=True).reshape(pointwise.shape)
        by_maps = self._mixed(self._pointwise(call).T.astype(kind, copy=False), whole)
        divisor = self._divisor(call)
        if divisor is not None:
            by_maps = by_maps / divisor.astype(kind)[:, None, None]
        bank = self._bank(call)
        grouped = by_maps.reshape(by_maps.shape[0], *bank.shape[:2], *by_maps.shape[2:])
        by_bank = sliding.kernel_gradient(self._padded(call), grouped, axes, kind)
        found["weight"] = gather(by_bank, weight.shape)
        found["input"] = unpad(sliding.scatter(grouped, bank, axes, kind), axes).reshape(array.shape)
        return found

    def recipe(self, call: Call) -> Recipe:
        """Return a convolution in groups of one channel, and an Einstein sum in every cell."""
        channels, maps = call.inputs["input"].shape[-3], call.layout.further["intermediate"][-3]
        output, divisor = call.layout.output, self._divisor(call)
        mode, windows = call.params.get_of(PADDING_MODE), Windows(self.axes_of(call), len(output))
        correlation = Correlation(call, windows, maps, channels, mode)
        divided = by_map(call, "divisor", "/", maps, 2, of="intermediate")
        bias = by_map(call, "bias", "+", output[-3], 2)
        each = (channels, maps // channels, 1, 1)
        # A divisor that is the same for all maps is left to the end, as in a trace.
        apart = divisor is not None and bool((divisor != divisor[0]).any())
        by = f" / np.tile(divisor, {maps // call.inputs['divisor'].size}).reshape{each}" if apart else ""
        read = "windows[:, 0, row, column]" if channels > 1 else "windows[:, row, column]"
        bank = f"weight.reshape{(*each[:2], *windows.kernel)}"
        return Recipe(
            lines(
                correlation.numpy("intermediate"),
                divided[0],
                f"pointwise = pointwise.reshape{(output[-3], maps)}",
                'output = np.einsum("om,...myx->...oyx", pointwise, intermediate)',
                bias[0],
            ),
            lines(
                correlation.torch("intermediate"),
                divided[1],
                f"output = F.conv2d(intermediate, pointwise.reshape{(output[-3], maps, 1, 1)})",
                bias[1],
            ),
            terms=f"{read}[:, None] * {bank} * pointwise[k].reshape{each}{by}",
            parts=f"(pointwise[k].reshape{each} * intermediate.reshape{(*each[:2], *output[-2:])}).sum(1)",
            further={"intermediate": ("", "")},
        )

    def parts(self, call: Call, number: int) -> Parts:
        """Return each channel's depthwise maps, mixed by the weights of one output map."""
        channels, each = self._bank(call).shape[:2]
        work, _ = self._kinds(call)
        weights = self._pointwise(call)[number].reshape(channels, each).astype(work, copy=False)

        def compute(chosen: range) -> Array:
            maps = self._depthwise(call, work, chosen)
            maps = maps.reshape(len(chosen), each, *maps.shape[2:])
            return np.einsum("ck,ckhw->chw", weights[chosen.start : chosen.stop], maps)

        bias = per_map(call.inputs.get("bias"), call.layout.output[0])
        return Parts(
            range(channels), None if bias is None else bias[number], call.layout.output[-2:], compute
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return every input cell that the output cell reads, with the product of its two weights.

        A term's kernel entry is (depthwise map, row, column), its weight the kernel's entry times that
        map's pointwise weight.
        """
        bank = self._bank(call)
        channels, each = bank.shape[:2]
        sources, positions, values = self.reads(call, cell, range(channels))
        again = np.repeat(np.arange(len(sources)).reshape(channels, -1), each, axis=0).reshape(-1)
        positions = positions[again]
        kernels = bank.reshape(channels * each, -1)
        positions[:, 0] = np.arange(kernels.size) // kernels.shape[1]
        weights = _products(self._pointwise(call)[cell[0]][:, None], kernels)
        divisor, bias = self._divisor(call), per_map(call.inputs.get("bias"), call.layout.output[0])
        same = divisor is not None and bool((divisor == divisor[0]).all())
        if divisor is not None and not same:
            weights = weights / divisor[:, None].astype(np.float64)
        return Trace(
            self.name,
            cell,
            sources[again],
            positions,
            values[again],
            value,
            weights.reshape(-1),
            divisor=divisor[0] if divisor is not None and same and divisor[0] != 1 else None,
            bias=None if bias is None else bias[cell[0]],
        )


def _products(left: Array, right: Array) -> Array:
    """Return the products, exact where both are whole or float32."""
    whole = left.dtype.kind in "iu" and right.dtype.kind in "iu"
    kind = np.int64 if whole and largest(left) * largest(right) < _EXACT_PRODUCTS else np.float64
    return left.astype(kind) * right.astype(kind)


depthwise_separable_conv2d = DepthwiseSeparableConvolution()
