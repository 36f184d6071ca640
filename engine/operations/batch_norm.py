"""Batch normalisation: every channel is brought to mean 0 and variance 1, then scaled and shifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.basics import Array, Float, Number, Shape, ShapeError, Text, missing_input, widest
from engine.declaration import (
    OUTPUT,
    Call,
    Flag,
    Input,
    Layout,
    Operation,
    Output,
    Params,
    Plan,
    Real,
    Recipe,
)
from engine.families import CHANNEL_AXIS, INPUT, NORMALISATION, channel_axis, channel_blocks, statistics
from engine.recipes import arguments, lines, torch_channels
from engine.trace import Cell, Trace

TRAINING = Flag(
    "training",
    False,
    Text("Training", "训练模式"),
    Text(
        "Whether mean and variance are those of this input, instead of the running ones.",
        "是否用本次输入自己的均值和方差，而不用累积的均值和方差。",
    ),
)
MOMENTUM = Real(
    "momentum",
    0.1,
    Text("Momentum", "动量"),
    Text(
        "What part of a running statistic is renewed in training.",
        "训练时累积统计量更新的比例。",
    ),
    least=0,
    most=1,
    step=0.01,
)
UNBIASED = Flag(
    "unbiased",
    True,
    Text("Unbiased running variance", "无偏累积方差"),
    Text(
        "Whether the running variance takes in squares divided by n - 1, as PyTorch does, or by n, as ONNX.",
        "累积方差采用除以 n - 1 的平方和（PyTorch 的做法），还是除以 n（ONNX 的做法）。",
    ),
    keyword_only=True,
)
_VECTORS = ("running_mean", "running_var", "weight", "bias")


class BatchNorm(Operation):
    """batch_norm(input, running_mean=None, running_var=None, weight=None, bias=None, training=False, ...).

    output = (input - mean) / sqrt(variance + eps) * weight + bias, channel by channel, further arguments
    being momentum=0.1, eps=1e-05, *, channel_axis=None, unbiased=True (Ioffe and Szegedy, "Batch
    normalization: accelerating deep network training by reducing internal covariate shift", 2015). In
    evaluation mean and variance are running_mean and running_var. In training they are those of the
    input, over everything but the channel axis, the variance divided by n; the further outputs
    running_mean and running_var are then (1 - momentum) old + momentum new, where the new variance is
    divided by n - 1 (by n unless unbiased). ONNX calls 1 - momentum momentum.

    Shapes: input (C), (N, C), (C, H, W), (N, C, H, W), (N, C, D, H, W), or any with channel_axis;
    running_mean, running_var, weight, bias (C). Output as the input, float32 (float64 if given float64).
    All sums are in float64, in two passes.

    Raises ParameterError and ShapeError, which name the input and what is allowed: in evaluation both
    running statistics are needed, in training more than one number a channel.

    >>> engine.batch_norm([[[1.0, 3.0]]], [1.0], [4.0], eps=0).tolist()
    [[[0.0, 1.0]]]
    >>> engine.batch_norm([[[1.0, 3.0]]], training=True, eps=0).tolist()
    [[[-1.0, 1.0]]]
    """

    name = "batch_norm"
    basic = True
    title = Text("Batch normalisation", "批归一化")
    summary = Text(
        "Brings every channel to mean 0 and variance 1, then scales and shifts it.",
        "使每个通道的均值为 0、方差为 1，再缩放和平移。",
    )
    family = NORMALISATION
    inputs = (
        INPUT,
        Input(
            "running_mean", "numbers", Text("Running mean", "累积均值"), required=False, differentiable=False
        ),
        Input(
            "running_var",
            "numbers",
            Text("Running variance", "累积方差"),
            required=False,
            differentiable=False,
        ),
        Input("weight", "numbers", Text("Scale", "缩放"), required=False),
        Input("bias", "numbers", Text("Shift", "平移"), required=False),
    )
    outputs = (
        OUTPUT,
        Output("running_mean", Text("Renewed running mean", "更新后的累积均值")),
        Output("running_var", Text("Renewed running variance", "更新后的累积方差")),
    )
    parameters = (TRAINING, MOMENTUM, statistics.EPS, CHANNEL_AXIS, UNBIASED)

    def bound(self, arrays: Mapping[str, Array], plan: Plan) -> Call:
        """Check everything; in evaluation the running statistics must be there."""
        call = super().bound(arrays, plan)
        for name in ("running_mean", "running_var"):
            if name not in call.inputs and not call.params.get_of(TRAINING):
                raise missing_input(self.name, name, Text(", unless training is true", "（训练模式除外）"))
        return call

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; there must be one statistic, weight and bias per channel."""
        shape, training = shapes["input"], params.get_of(TRAINING)
        channels = shape[channel_axis(shape, params)]
        given = [name for name in _VECTORS if name in shapes]
        for name in given:
            if shapes[name] != (channels,):
                raise ShapeError(
                    "per_channel",
                    Text(
                        "{name} must have the shape [{expected}], one number for each channel; it has "
                        "{shape}.",
                        "{name} 必须有 {expected} 个数，每个通道一个；这里的形状是 {shape}。",
                    ),
                    field=name,
                    values={"name": name, "shape": list(shapes[name]), "expected": channels},
                    advice=Text(
                        "Give one number for each channel along that axis, or take the axis that has as "
                        "many.",
                        "请沿该轴每个通道给一个数，或选数量相符的轴。",
                    ),
                )
        if training and np.prod(shape) == channels and channels:
            raise ShapeError(
                "one_per_channel",
                Text(
                    "In training, input must have more than one number per channel to take a variance of; it "
                    "has the shape {shape}.",
                    "训练时每个通道要有多于一个数才能求方差；输入的形状是 {shape}。",
                ),
                field="input",
                values={"shape": list(shape)},
                advice=Text("Take a larger input, or switch training off.", "请用更大的输入，或关闭训练。"),
            )
        layout = statistics.layout_of_norm(shapes, measured=training)
        renewed = [name for name in given if name.startswith("running") and training]
        return replace(layout, further=dict.fromkeys(renewed, (channels,)))

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw one number per channel: variances and weights about 1, means and biases about 0."""
        shape = shapes["input"]
        channels = shape[channel_axis(shape, params)]
        if name in ("running_var", "weight"):
            return rng.uniform(0.5, 2, channels).astype(np.float32)
        return rng.standard_normal(channels).astype(np.float32)

    def forward(self, call: Call) -> Array:
        """Subtract, divide, scale and shift: in float64, rounded once, unless float32 is all there is."""
        array, kind = _cells(call), _kind(call)
        if call.params.get_of(TRAINING):
            call.remembered["statistics"] = channel_blocks.measured(array)
        mean, variance = _used(call)
        by = statistics.deviation(variance, call.params.get_of(statistics.EPS))
        weight, bias = _column(call, "weight"), _column(call, "bias")
        if array.dtype == kind == np.float32 and np.array_equal(mean, mean.astype(np.float32)):
            result = channel_blocks.mapped_single(
                array.astype(np.float32, copy=False), mean, (1 if weight is None else weight) / by, bias
            )
        else:
            result = channel_blocks.mapped(array, kind, mean, by, weight, bias)
        return result.reshape(call.layout.output)

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return the running statistics, renewed."""
        if not call.layout.further:
            return {}
        found = _own(call)
        divided_by = found.numbers - 1 if call.params.get_of(UNBIASED) else found.numbers
        new = {
            "running_mean": found.mean,
            "running_var": found.squares / max(divided_by, 1),
        }
        # An empty batch says nothing about mean and variance.
        part = call.params.get_of(MOMENTUM) if found.numbers else 0.0
        return {
            name: ((1 - part) * call.inputs[name].astype(np.float64) + part * new[name].reshape(-1)).astype(
                _kind(call)
            )
            for name in call.layout.further
        }

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Divide by the deviation; in training the statistics change with the input, too.

        A change of one cell moves mean and variance: the gradient g by what is normalised, n, gives
        (g - mean(g) - n mean(g n)) / by (Ioffe and Szegedy, section 3), here with the scale taken out.
        """
        kind, shape = gradient.dtype, gradient.shape
        array, weight = _cells(call), _column(call, "weight")
        arrived = channel_blocks.by_channel(gradient, channel_axis(shape, call.params))
        mean, variance = _used(call)
        by = statistics.deviation(variance, call.params.get_of(statistics.EPS))
        scale = 1 / by if weight is None else weight / by
        total, slope = channel_blocks.gradient_sums(array, arrived, mean, by)
        if call.params.get_of(TRAINING):
            count = max(array.shape[0] * array.shape[2], 1)
            factors = (scale, -scale * slope / (count * by), -scale * total / count)
            by_input = channel_blocks.combined(array, arrived, mean, factors)
        else:
            by_input = channel_blocks.scaled(arrived, scale)
        found: dict[str, Float] = {"input": by_input.reshape(shape)}
        if weight is not None:
            found["weight"] = slope.reshape(-1)
        if "bias" in call.inputs:
            found["bias"] = total.reshape(-1)
        return {name: each.astype(kind, copy=False) for name, each in found.items()}

    def recipe(self, call: Call) -> Recipe:
        """Return the input less the mean, by the deviation, scaled and shifted."""
        shape, training = call.inputs["input"].shape, call.params.get_of(TRAINING)
        axis, axes, eps = channel_axis(shape, call.params), _axes(call), call.params.get_of(statistics.EPS)
        column = f"[:{', None' * (len(shape) - 1 - axis)}]" if axis < len(shape) - 1 else ""
        used = (
            f"x.mean({axes}, keepdims=True), x.var({axes}, keepdims=True)"
            if training
            else f"running_mean{column}, running_var{column}"
        )
        learnt = [name for name in ("weight", "bias") if name in call.inputs]
        running = "None, None" if training else "running_mean, running_var"
        options = arguments(**{name: name for name in learnt}, training=training or None, eps=eps)
        before, after = torch_channels(axis)
        return Recipe(
            lines(
                f"mean, variance = {used}",
                f"output = (x - mean) / np.sqrt(variance + {eps!r})",
                f"output = output * weight{column}" if "weight" in learnt else None,
                f"output = output + bias{column}" if "bias" in learnt else None,
            ),
            f"output = F.batch_norm(x{before}, {running}{options}){after}",
            further={name: self._renewed(call, name) for name in call.layout.further},
        )

    def _renewed(self, call: Call, name: str) -> tuple[str, str]:
        """Return the lines for a running statistic."""
        part, axes, less = call.params.get_of(MOMENTUM), _axes(call), int(call.params.get_of(UNBIASED))
        new = f"x.mean({axes})" if name == "running_mean" else f"x.var({axes}, ddof={less})"
        line = f"{name} = {1 - part!r} * {name} + {part!r} * {new}"
        return line, line.replace("ddof", "correction")

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell, what is subtracted from it, divided, multiplied and added."""
        channel = cell[channel_axis(call.inputs["input"].shape, call.params)]
        mean, variance = _used(call)
        by = statistics.deviation(variance, call.params.get_of(statistics.EPS)).reshape(-1)[channel]
        weight, bias = (call.inputs[n][channel] if n in call.inputs else None for n in ("weight", "bias"))
        scalars = statistics.Scalars(mean.reshape(-1)[channel], by, weight, bias)
        return statistics.trace_of_norm(call, cell, value, scalars)


def _axes(call: Call) -> tuple[int, ...]:
    """Return all axes but that of the channels."""
    shape = call.inputs["input"].shape
    channel = channel_axis(shape, call.params)
    return tuple(axis for axis in range(len(shape)) if axis != channel)


def _cells(call: Call) -> Array:
    """Return the input as (before, C, after)."""
    array = call.inputs["input"]
    return channel_blocks.by_channel(array, channel_axis(array.shape, call.params))


def _column(call: Call, name: str) -> Float | None:
    """Return a number per channel, (C, 1) in float64, or None where there is none."""
    numbers = call.inputs.get(name)
    return None if numbers is None else numbers.astype(np.float64)[:, None]


def _own(call: Call) -> statistics.Statistics:
    """Return the input's own mean and variance, measured once for forward and backward."""
    kept = call.remembered.get("statistics")
    if not isinstance(kept, statistics.Statistics):
        kept = channel_blocks.measured(_cells(call))
    return kept


def _used(call: Call) -> tuple[Float, Float]:
    """Return the mean and variance, (C, 1), that the input is normalised with."""
    mean, variance = _column(call, "running_mean"), _column(call, "running_var")
    if call.params.get_of(TRAINING) or mean is None or variance is None:
        own = _own(call)
        return own.mean, own.variance
    return mean, variance


def _kind(call: Call) -> np.dtype[np.floating]:
    return widest(call.inputs["input"], *(call.inputs.get(name) for name in _VECTORS))


batch_norm = BatchNorm()
