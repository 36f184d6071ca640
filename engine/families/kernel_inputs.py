"""What operations with kernels share: the inputs beside the picture, and the parameters read off them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

import numpy as np

from engine.algorithms.bank import per_map, sum_per_map
from engine.arrays import Array, Float, Number, Shape
from engine.declaration.call import Call
from engine.declaration.kinds import Integer, Integers
from engine.declaration.layout import Input
from engine.declaration.parameters import Parameter, Params
from engine.errors import ParameterError, ShapeError
from engine.families.windowed import KERNEL_SIZE, SpatialOperation, batched
from engine.refusals import contradiction, other_weights
from engine.texts import Text
from engine.trace.trace import Cell, Trace

T = TypeVar("T")

WEIGHT = Input("weight", "kernel", Text("Kernel", "核"))
BIAS = Input("bias", "per_kernel", Text("Bias", "偏置"), required=False)
DIVISOR = Input(
    "divisor",
    "per_kernel",
    Text("Divisor", "除数"),
    required=False,
    keyword_only=True,
    differentiable=False,
)

SIZE: Integers = replace(KERNEL_SIZE, required=False, start=None, follows="weight")
"""The kernel size of an operation that reads it off its weights."""
OUT_CHANNELS = Integer(
    "out_channels",
    None,
    Text("Output maps", "输出图数"),
    Text("How many feature maps come out.", "输出多少张特征图。"),
    limit="channels",
    follows="weight",
    advice=Text(
        "It is the service's own limit (CONVSCOPE_MAX_CHANNELS).",
        "这是服务自身的上限（CONVSCOPE_MAX_CHANNELS）。",
    ),
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
MAPS_TRIED = 2**24
"""A range of output maps is sought up to here; limits end it long before."""

FITTING_CHANNELS = Text(
    "Give weights with as many channels as each group has, or kernels without channels, which fit any number "
    "of groups.",
    "请给出与每组通道数相同的权重，或给不带通道的核：它适合任意组数。",
)
_SAY = Text("the weights say", "权重表明是")
_COUNTED = {
    "input channels": Text("input channels", "输入通道"),
    "output maps": Text("output maps", "输出通道"),
}


def follow(params: Params, parameter: Parameter[T], said: T, what: Text = _SAY) -> Params:
    """Take what the weights say; a contradiction is an error."""
    given = params.given(parameter)
    if given is None or given == said:
        return params.replace(parameter, said)
    raise contradiction(parameter.name, given, said, what)


def need_weights(operation: str, params: Params, size: Parameter[object]) -> None:
    """Raise ParameterError unless there is a kernel size to go by where there are no weights."""
    if params.given(size) is None:
        text = Text(
            "{operation} needs weights (or, for shapes alone, {size}).",
            "{operation} 缺少权重（只算形状时也可给 {size}）。",
        )
        raise ParameterError(
            "missing_input",
            text.put(operation=operation, size=size.name),
            field="weight",
            values={"name": "weight"},
        )


def check_rank(weight: Shape, dims: int, full: str) -> None:
    """Raise ShapeError unless the weights are (...), (K, ...) or ``full``, as "O, C / groups"."""
    if 0 <= len(weight) - dims <= 2 and 0 not in weight:
        return
    size = ", ".join(("kd", "kh", "kw")[3 - dims :] if dims > 1 else ("k",))
    raise other_weights(weight, f"({size}), (K, {size}) or ({full}, {size})")


def check_groups(groups: int, counts: Mapping[str, int]) -> None:
    """Raise ShapeError where groups do not divide one of the counts of channels or maps."""
    for what, count in counts.items():
        if count % groups:
            raise ShapeError(
                "groups",
                Text(
                    "{name} is {groups}, which does not divide the {count} {what}.",
                    "{name}为 {groups}，不能整除 {count} 个{what}。",
                ).put(what=_COUNTED[what]),
                field="groups",
                values={"name": "groups", "groups": groups, "count": count, "what": what},
                advice=Text(
                    "Take a number that divides both the channels and the maps, or another number of "
                    "channels or kernels.",
                    "请取能同时整除通道数和输出图数的值，或改变通道数或核数。",
                ),
            )


def apply_per_map(result: Array, values: Array | None, apply: np.ufunc, dims: int) -> None:
    """Divide by, or add, one number per map, in place; numbers that fit the result's type take it first."""
    if values is None:
        return
    values = values.reshape(-1, *[1] * dims)
    same = values.astype(result.dtype)
    values = same if np.array_equal(same, values) else values
    apply(result, values, out=result, casting="unsafe")


class KernelOperation(SpatialOperation):
    """Base of operations that multiply by the entries of kernels, divide and add per map."""

    def is_full(self, weight: Shape) -> bool:
        """Tell whether the weights name their channels, and do not repeat over them."""
        return len(weight) == self.dims + 2

    def check_values(self, inputs: Mapping[str, Array]) -> None:
        """Refuse to divide by 0."""
        divisor = inputs.get("divisor")
        if divisor is not None and not (divisor.all() and np.isfinite(divisor).all()):
            raise ParameterError(
                "divisor_zero",
                Text("divisor must be finite and not 0.", "除数必须有限且不为 0。"),
                field="divisor",
            )

    def candidates(
        self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params
    ) -> Sequence[int] | None:
        """Try only divisors of the channel count for groups, and multiples of groups for out_channels."""
        if GROUPS not in self.parameters:
            return None
        if parameter.name == GROUPS.name:
            channels = self.input_shape(shapes)[-1 - self.dims]
            return [n for n in range(1, channels + 1) if channels % n == 0]
        groups = settled.get_of(GROUPS)
        return range(groups, MAPS_TRIED, groups) if parameter.name == OUT_CHANNELS.name else None

    def imagine(
        self, shapes: Mapping[str, Shape], parameter: Parameter[object], value: object
    ) -> Mapping[str, Shape]:
        """Give the weights the kernel size that is being tried."""
        if parameter.name != SIZE.name or "weight" not in shapes:
            return shapes
        return {**shapes, "weight": (*shapes["weight"][: -self.dims], *cast("tuple[int, ...]", value))}

    def finish(self, call: Call, sums: Float, kind: np.dtype[np.floating], maps: range) -> Float:
        """Return the ``sums`` (N, maps, ...) of some maps, divided and with the bias, in the batch given."""
        result = sums.astype(kind, copy=False)
        for name, apply in (("divisor", np.divide), ("bias", np.add)):
            values = per_map(call.inputs.get(name), call.layout.output[-1 - self.dims])
            values = None if values is None else values[maps.start : maps.stop]
            apply_per_map(result, values, apply, self.dims)
        return result.reshape(*call.layout.output[: -1 - self.dims], *result.shape[1:])

    def unfinish(
        self, call: Call, gradient: Float, kind: np.dtype[np.floating]
    ) -> tuple[Float, dict[str, Float]]:
        """Return the adjoint of ``finish``: the gradient (N, maps, ...) by the sums, and that by the bias."""
        whole: Float = batched(gradient, self.dims)
        found: dict[str, Float] = {}
        bias = call.inputs.get("bias")
        if bias is not None:
            found["bias"] = sum_per_map(whole.sum(axis=(0, *range(2, whole.ndim)), dtype=kind), bias.shape)
        divisor = per_map(call.inputs.get("divisor"), whole.shape[1])
        if divisor is not None:
            whole = whole / divisor.astype(kind).reshape(-1, *[1] * self.dims)
        return whole, found

    def share(self, call: Call, sums: Float, number: int) -> Float:
        """Return the ``sums`` (n, ...) that go into one map, divided as the whole is."""
        divisor, _ = self.divisor_and_bias(call, number)
        apply_per_map(sums, None if divisor is None else np.full(len(sums), divisor), np.divide, self.dims)
        return sums

    def divisor_and_bias(self, call: Call, number: int) -> tuple[Number | None, Number | None]:
        """Return what the sums of one map are divided by, unless by 1, and what is added to them."""
        maps = call.layout.output[-1 - self.dims]
        divisor, bias = (per_map(call.inputs.get(name), maps) for name in ("divisor", "bias"))
        return (
            None if divisor is None or divisor[number] == 1 else divisor[number],
            None if bias is None else bias[number],
        )

    def trace_of(self, call: Call, cell: Cell, value: Number, channels: range, kernel: Array) -> Trace:
        """Return the products of the channels read with a kernel, one for each of them or for all."""
        divisor, bias = self.divisor_and_bias(call, cell[0])
        weights = np.broadcast_to(kernel, (len(channels), *kernel.shape[-self.dims :])).reshape(-1)
        read = self.reads(call, cell, channels)
        return Trace(self.name, cell, *read, value, weights, divisor=divisor, bias=bias)
