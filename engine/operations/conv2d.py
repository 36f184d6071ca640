"""Two-dimensional convolution, as CNNs mean it: cross-correlation over channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import TypeVar, cast

import numpy as np

from engine.arrays import Array, Float, Number, Shape
from engine.bank import check_per_map, per_map, spread, sum_of_channels
from engine.correlation import correlate, memory, work_type
from engine.errors import ParameterError, ShapeError
from engine.kinds import Integer, Integers
from engine.operation import Call, Input, Layout
from engine.padding import pad
from engine.parameters import Parameter, Params
from engine.texts import Text
from engine.trace import Cell, Trace
from engine.windowed import (
    DILATION,
    INPUT,
    KERNEL_SIZE,
    PADDING,
    PADDING_MODE,
    STRIDE,
    WindowOperation,
    batched,
    picture_shape,
    read_cells,
    window_sources,
)

T = TypeVar("T")

OUT_CHANNELS = Integer(
    "out_channels",
    None,
    Text("Output maps", "输出图数"),
    Text("How many feature maps come out.", "输出多少张特征图。"),
    limit="channels",
    follows="weight",
)
GROUPS = Integer(
    "groups",
    1,
    Text("Groups", "分组"),
    Text(
        "1: every kernel spans all channels, and their sums are added. "
        "As many as channels: each channel is filtered by itself.",
        "1：每个核跨越所有通道，各通道的和再相加。等于通道数：每个通道单独滤波。",
    ),
    limit="channels",
)
_MAPS_TRIED = 2**24

SIZE = Integers(
    KERNEL_SIZE.name, None, KERNEL_SIZE.label, KERNEL_SIZE.help, KERNEL_SIZE.unit, follows="weight"
)


class Conv2d(WindowOperation):
    """conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *, padding_mode, divisor).

    Slides each kernel over the input, multiplies what it covers and adds up:
    output[o, y, x] = sum over c, i, j of input[c, y s + i d - p, x s + j d - p] weight[o, c, i, j],
    divided by divisor[o], plus bias[o]. No kernel is flipped: this is the cross-correlation that
    CNNs call convolution (Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 9.1).

    Shapes: input (C, H, W) or (N, C, H, W); weight (O, C / groups, kh, kw), or (kh, kw) for one
    kernel and (K, kh, kw) for several that repeat over the channels (O = K x groups, map number =
    channel x K + kernel); bias and divisor one number, one per kernel or one per map. Output
    (O, H', W'), float32 (float64 if given float64, or if whole numbers need it to stay exact).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.
    """

    name = "conv2d"
    title = Text("2-D convolution", "二维卷积")
    summary = Text(
        "A kernel slides over the input; at each stop its weights multiply what they cover, "
        "and the products are summed.",
        "核在输入上滑动；每停一处，权重与所覆盖的值相乘，再把乘积相加。",
    )
    inputs = (
        INPUT,
        Input("weight", "kernel", Text("Kernel", "核")),
        Input("bias", "per_kernel", Text("Bias", "偏置"), required=False),
        Input("divisor", "per_kernel", Text("Divisor", "除数"), required=False, keyword_only=True),
    )
    parameters = (SIZE, OUT_CHANNELS, STRIDE, PADDING, DILATION, GROUPS, PADDING_MODE)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Read kernel_size and out_channels off the weights, where there are any."""
        weight = shapes.get("weight")
        if weight is None:
            if params.given(SIZE) is None:
                raise ParameterError(
                    "missing_input",
                    "conv2d needs weights (or, for shapes alone, kernel_size).",
                    field="weight",
                    values={"name": "weight"},
                )
            maps = params.given(OUT_CHANNELS) or params.get_of(GROUPS)
            return params.replace(OUT_CHANNELS, maps)
        if len(weight) not in (2, 3, 4) or 0 in weight:
            raise ShapeError(
                "weight_rank",
                "weight must have the shape (kh, kw), (K, kh, kw) or (O, C / groups, kh, kw), "
                f"none of them 0; it has {list(weight)}.",
                field="weight",
                values={"shape": list(weight)},
            )
        maps = weight[0] if len(weight) == 4 else prod(weight[:-2]) * params.get_of(GROUPS)
        params = _follow(params, SIZE, (weight[-2], weight[-1]))
        return _follow(params, OUT_CHANNELS, maps)

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; groups must divide the channels and the maps."""
        shape = picture_shape(shapes)
        channels, groups = shape[-3], params.get_of(GROUPS)
        weight = shapes.get("weight", ())
        spread = len(weight) in (2, 3)
        maps = prod(weight[:-2]) * groups if spread else params.get_of(OUT_CHANNELS)
        for what, count in (("input channels", channels), ("output maps", maps)):
            if count % groups:
                raise ShapeError(
                    "groups",
                    f"groups is {groups}, which does not divide the {count} {what}.",
                    field="groups",
                    values={"groups": groups, "count": count, "what": what},
                )
        if len(weight) == 4 and weight[1] != channels // groups:
            raise ShapeError(
                "weight_channels",
                f"weight has {weight[1]} channels; with {channels} input channels and groups {groups} "
                f"it must have {channels // groups}.",
                field="weight",
                values={"channels": weight[1], "expected": channels // groups},
            )
        for name in ("bias", "divisor"):
            check_per_map(name, shapes.get(name), maps, maps // groups if spread else maps)
        axes = self.axes(shapes, params)
        output = (*shape[:-3], maps, axes[0].output, axes[1].output)
        entries = (channels // groups) * axes[0].kernel * axes[1].kernel
        return Layout(
            output,
            axes,
            parameters=maps * entries + (maps if "bias" in shapes else 0),
            macs=prod(output[-3:]) * entries,
            bytes=memory(shape, maps, groups, axes, summed=spread and groups == 1),
        )

    def candidates(
        self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params
    ) -> Sequence[int] | None:
        """Try only divisors of the channel count for groups, and multiples of groups for out_channels."""
        if parameter.name == GROUPS.name:
            channels = picture_shape(shapes)[-3]
            return [n for n in range(1, channels + 1) if channels % n == 0]
        groups = settled.get_of(GROUPS)
        return range(groups, _MAPS_TRIED, groups) if parameter.name == OUT_CHANNELS.name else None

    def check_values(self, inputs: Mapping[str, Array]) -> None:
        """Refuse to divide by 0."""
        divisor = inputs.get("divisor")
        if divisor is not None and not (divisor.all() and np.isfinite(divisor).all()):
            raise ParameterError("divisor_zero", "divisor must be finite and not 0.", field="divisor")

    def imagine(
        self, shapes: Mapping[str, Shape], parameter: Parameter[object], value: object
    ) -> Mapping[str, Shape]:
        """Give the weights the kernel size that is being tried."""
        if parameter.name != SIZE.name or "weight" not in shapes:
            return shapes
        return {**shapes, "weight": (*shapes["weight"][:-2], *cast("tuple[int, int]", value))}

    def forward(self, call: Call, maps: range) -> Array:
        """Pad, correlate, divide, add the bias; whole groups at a time, so that none is computed twice."""
        groups = call.params.get_of(GROUPS)
        per_group = call.layout.output[-3] // groups
        first, last = maps.start // per_group, (maps.stop - 1) // per_group + 1
        inside = slice(maps.start - first * per_group, maps.stop - first * per_group)
        bank = spread(call.inputs["weight"], groups, call.inputs["input"].shape[-3])[first:last]
        if last - first == 1:
            bank, inside = bank[:, inside], slice(None)
        kinds = _kinds(call)
        result = self._correlate(call, bank, range(first, last), kinds[0])
        result = result[:, inside].astype(kinds[1], copy=False)
        for name, apply in (("divisor", np.divide), ("bias", np.add)):
            values = per_map(call.inputs.get(name), call.layout.output[-3])
            if values is not None:
                values = values[maps.start : maps.stop, None, None]
                same = values.astype(result.dtype)
                values = same if np.array_equal(same, values) else values
                apply(result, values, out=result, casting="unsafe")
        return result.reshape(*call.layout.output[:-3], *result.shape[1:])

    def _correlate(self, call: Call, bank: Array, groups: range, kind: np.dtype[np.floating]) -> Float:
        """Return the sums of products of some groups, shape (N, maps, H', W')."""
        array = batched(call.inputs["input"])
        per_group = array.shape[1] // call.params.get_of(GROUPS)
        array = array[:, groups.start * per_group : groups.stop * per_group]
        if bank.shape[2] < per_group:
            array = sum_of_channels(array)
        rows, columns = call.layout.axes
        array = array.reshape(array.shape[0], len(groups), bank.shape[2], *array.shape[2:])
        result = correlate(
            pad(array, call.layout.axes),
            bank,
            (rows.stride, columns.stride),
            (rows.dilation, columns.dilation),
            (rows.output, columns.output),
            kind,
        )
        return result.reshape(array.shape[0], len(groups) * bank.shape[1], rows.output, columns.output)

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the products of one window, channel by channel."""
        array, weight = call.inputs["input"], call.inputs["weight"]
        maps, groups = call.layout.output[-3], call.params.get_of(GROUPS)
        channels = array.shape[-3] // groups
        first = cell[0] // (maps // groups) * channels
        kernels = weight.reshape(-1, *weight.shape[-2:]) if weight.ndim < 4 else weight
        kernel = kernels[cell[0] % len(kernels)]
        sources, positions = window_sources(call.layout.axes, cell, range(first, first + channels))
        divisor, bias = (per_map(call.inputs.get(name), maps) for name in ("divisor", "bias"))
        return Trace(
            self.name,
            cell,
            sources,
            positions,
            read_cells(array, sources, 0),
            value,
            np.broadcast_to(kernel, (channels, *kernel.shape[-2:])).reshape(-1),
            divisor=None if divisor is None or divisor[cell[0]] == 1 else divisor[cell[0]],
            bias=None if bias is None else bias[cell[0]],
        )


def _kinds(call: Call) -> tuple[np.dtype[np.floating], np.dtype[np.floating]]:
    """Return the type in which to sum, and that of the result: the same for all maps of a call."""
    array, weight, bias = call.inputs["input"], call.inputs["weight"], call.inputs.get("bias")
    channels = array.shape[-3] // call.params.get_of(GROUPS) if weight.ndim < 4 else 1
    work = work_type(array, weight if weight.ndim > 2 else weight[None], channels, bias)
    given_single = array.dtype == np.float32 and weight.dtype != np.float64
    return work, np.dtype(np.float32) if given_single else work


def _follow(params: Params, parameter: Parameter[T], said: T) -> Params:
    """Take what the weights say; a contradiction is an error."""
    given = params.given(parameter)
    if given is None or given == said:
        return params.replace(parameter, said)
    raise ParameterError(
        "contradiction",
        f"{parameter.name} is {given}, but the weights say {said}; leave it out.",
        field=parameter.name,
        values={"name": parameter.name, "given": str(given), "said": str(said)},
    )


conv2d = Conv2d()
