"""The rectifier whose slope below 0 is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import cast

import numpy as np

from engine.basics import Array, Float, Number, Shape, ShapeError, Text, float_for, largest
from engine.declaration import (
    Call,
    Counts,
    Input,
    Integer,
    Layout,
    Operation,
    Parameter,
    Params,
    Recipe,
    product,
)
from engine.families import ACTIVATION, CHANNEL_AXIS, INPUT, channel_axis, follow, identity_axes, single_term
from engine.functions import X, maximum
from engine.trace import Cell, Step, Trace

NUM_PARAMETERS = Integer(
    "num_parameters",
    None,
    Text("Slopes", "斜率个数"),
    Text(
        "How many slopes are learned: 1, or one for each channel.", "学习多少个斜率：1 个，或每个通道一个。"
    ),
    limit="channels",
    follows="weight",
)


class Prelu(Operation):
    """prelu(input, weight, *, channel_axis=None).

    output = input where it is above 0, else weight x input. The derivative by the input is the weight
    up to and at 0, and 1 beyond; that by the weight is the input up to 0, and 0 beyond, as in PyTorch.
    Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015.

    Shapes: input any; weight one number, (C,) for one per channel, or as many axes as the input, each
    of the input's size or 1. The channels lie along channel_axis: left out, axis 0 of (C) and
    (C, H, W), axis 1 of (N, C), (N, C, H, W) and (N, C, D, H, W). The output has the input's shape;
    float32 (float64 if given float64, or if whole numbers need it to stay exact).

    Raises ParameterError and ShapeError, which name the parameter and what is allowed.

    >>> engine.prelu([[[-2, 4]], [[-2, 4]]], [0.5, 10]).tolist()
    [[[-1.0, 4.0]], [[-20.0, 4.0]]]
    """

    name = "prelu"
    title = Text("PReLU", "PReLU（带参数的线性整流）")
    summary = Text(
        "What is negative is multiplied by a slope that is learned, one for all channels or one for each.",
        "负数乘以学习得到的斜率，所有通道共用一个，或每个通道一个。",
    )
    family = ACTIVATION
    inputs = (INPUT, Input("weight", "numbers", Text("Slopes", "斜率")))
    parameters = (NUM_PARAMETERS, CHANNEL_AXIS)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Count the slopes; there is one where nothing is known of them."""
        weight, given = shapes.get("weight"), params.given(NUM_PARAMETERS)
        if weight is None:
            return params.replace(NUM_PARAMETERS, given or 1)
        return follow(params, NUM_PARAMETERS, prod(weight))

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; there is one slope, or one for each channel or cell."""
        shape, count = shapes["input"], params.get_of(NUM_PARAMETERS)
        weight = shapes.get("weight", (count,))
        if count != 1 or params.given(CHANNEL_AXIS) is not None:
            self._check(shape, weight, params)
        cells = prod(shape)
        return Layout(
            shape,
            identity_axes(shape),
            counts=lambda: Counts(product(slopes=count), product(cells=shape), product(cells=shape)),
            bytes=32 * cells,
        )

    def _check(self, shape: Shape, weight: Shape, params: Params) -> None:
        """Raise ShapeError unless ``weight`` has one number, one per channel, or spreads over the input."""
        spreads = len(weight) == len(shape) and all(
            have in (1, size) for have, size in zip(weight, shape, strict=True)
        )
        channels = shape[channel_axis(shape, params)] if shape else 1
        if prod(weight) == 1 or weight == (channels,) or (spreads and len(shape) > 1):
            return
        raise ShapeError(
            "slopes",
            Text(
                "weight has the shape {shape}; it must be one number, {expected} numbers (one for each "
                "channel), or have axes of the input's sizes {input} or 1.",
                "斜率的形状是 {shape}；需要一个数，或 {expected} 个通道各一个，"
                "或各轴与输入的大小 {input} 相同或为 1。",
            ),
            field="weight",
            values={"shape": list(weight), "expected": channels, "input": list(shape)},
            advice=Text(
                "Give one slope, or one for each channel along that axis.",
                "请给一个斜率，或沿该轴每个通道一个。",
            ),
        )

    def candidates(
        self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params
    ) -> Sequence[int] | None:
        """Try only one slope, and one for each channel."""
        if parameter.name != NUM_PARAMETERS.name:
            return None
        shape = shapes["input"]
        return sorted({1, shape[channel_axis(shape, settled)]} if shape else {1})

    def imagine(
        self, shapes: Mapping[str, Shape], parameter: Parameter[object], value: object
    ) -> Mapping[str, Shape]:
        """Let there be as many slopes as are being tried."""
        if parameter.name != NUM_PARAMETERS.name or "weight" not in shapes:
            return shapes
        return {**shapes, "weight": (cast("int", value),)}

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw slopes from 0.05 to 0.5; the input is drawn as usual."""
        if name != "weight":
            return super().sample(name, shapes, params, rng)
        return rng.uniform(0.05, 0.5, params.given(NUM_PARAMETERS) or 1).astype(np.float32)

    def forward(self, call: Call) -> Array:
        """Multiply what is not above 0."""
        array = call.inputs["input"]
        kind = _kind(array, call.inputs["weight"])
        x = array.astype(kind, copy=False)
        return np.asarray(np.where(x > 0, x, x * self._slopes(call, kind)), kind)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Weaken the gradient below 0; a slope's is the sum over the cells that it multiplied."""
        array, weight = call.inputs["input"], call.inputs["weight"]
        kind = gradient.dtype
        slopes = self._slopes(call, kind)
        passed = array > 0
        by_slope = gradient * np.where(passed, kind.type(0), array)
        shared = tuple(axis for axis, size in enumerate(slopes.shape) if size == 1)
        return {
            "input": np.asarray(gradient * np.where(passed, kind.type(1), slopes), kind),
            "weight": np.asarray(by_slope.sum(axis=shared), kind).reshape(weight.shape),
        }

    def recipe(self, call: Call) -> Recipe:
        """Return the input, times the slope where it is negative."""
        array, weight = call.inputs["input"], call.inputs["weight"]
        slope = "weight"
        if weight.ndim < 2 and weight.size > 1:
            axis = channel_axis(array.shape, call.params)
            slope = f"weight[:{', None' * (array.ndim - 1 - axis)}]"
        return Recipe(
            f"output = np.where(x > 0, x, {slope} * x)",
            f"# F.prelu takes the second axis for the channels.\noutput = torch.where(x > 0, x, {slope} * x)",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell, and the slope where it counts."""
        array = call.inputs["input"]
        if array[cell] > 0:
            return single_term(call, cell, value, [Step("apply", maximum(0, X), value)])
        slope = np.broadcast_to(self._slopes(call, np.result_type(value)), array.shape)[cell]
        return single_term(call, cell, value, [Step("multiply", Text("weight", "权重"), value, slope)])

    def _slopes(self, call: Call, kind: np.dtype[np.floating]) -> Float:
        """Return the slopes with as many axes as the input has, so that they spread over it."""
        weight, shape = call.inputs["weight"].astype(kind, copy=False), call.inputs["input"].shape
        if weight.size == 1:
            return weight.reshape((1,) * len(shape))
        if weight.ndim == len(shape):
            return weight
        axis = channel_axis(shape, call.params)
        return weight.reshape([-1 if place == axis else 1 for place in range(len(shape))])


def _kind(array: Array, weight: Array) -> np.dtype[np.floating]:
    """Return the output's type; for whole numbers one that holds their products."""
    if weight.dtype.kind == "f":
        return np.result_type(float_for(array), weight.dtype)
    return float_for(array, max(int(largest(weight)), 1))


prelu = Prelu()
