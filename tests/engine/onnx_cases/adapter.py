"""From a node's attributes to the parameters of our operations: names, orders and defaults only.

Each function takes a node's attributes and its inputs in order, and gives the outputs in order, as
many as we have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import engine
from tests.engine.onnx_cases.cases import Case

Arrays = Sequence[Any]
Outputs = list[np.ndarray]


def run(case: Case) -> Outputs:
    """What the engine gives for a case."""
    return ADAPTERS[case.operator](dict(case.attributes), case.inputs)


def _window(attributes: dict[str, Any], sizes: Sequence[int], kernel: Sequence[int]) -> dict[str, Any]:
    """Stride, padding and dilation; pads are all beginnings, then all ends."""
    axes = len(sizes)
    stride = list(attributes.get("strides", [1] * axes))
    dilation = list(attributes.get("dilations", [1] * axes))
    auto = attributes.get("auto_pad", "NOTSET")
    padding: Any = "valid" if auto == "VALID" else "same"
    if auto == "NOTSET":
        pads = attributes.get("pads", [0] * 2 * axes)
        padding = [pads[axis + end] for axis in range(axes) for end in (0, axes)]
    elif auto == "SAME_LOWER":
        # Ours is SAME_UPPER: the odd cell after. Here it comes before.
        padding = []
        for axis, size in enumerate(sizes):
            reach = (-(-size // stride[axis]) - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1
            total = max(reach - size, 0)
            padding += [total - total // 2, total // 2]
    found = {"stride": stride, "padding": padding}
    return found | ({"dilation": dilation} if "dilations" in attributes else {})


def _named(name: str, array: np.ndarray) -> Any:
    return engine.operation(f"{name}{array.ndim - 2}d")


def _conv(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, weight, *bias = inputs
    window = _window(attributes, array.shape[2:], weight.shape[2:])
    return [_named("conv", array)(array, weight, *bias, groups=attributes.get("group", 1), **window)]


def _conv_transpose(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, weight, *bias = inputs
    axes = array.ndim - 2
    window = _window({**attributes, "auto_pad": "NOTSET"}, array.shape[2:], weight.shape[2:])
    more = list(attributes.get("output_padding", [0] * axes))
    asked = attributes.get("output_shape")
    upper = attributes.get("auto_pad") == "SAME_UPPER"
    if upper and asked is None:
        asked = [size * step for size, step in zip(array.shape[2:], window["stride"], strict=True)]
    if asked is not None:
        padding: list[int] = []
        for axis, size in enumerate(array.shape[2:]):
            reach = window.get("dilation", [1] * axes)[axis] * (weight.shape[2 + axis] - 1) + 1
            total = window["stride"][axis] * (size - 1) + more[axis] + reach - asked[axis]
            before, after = (total // 2, total - total // 2) if upper else (total - total // 2, total // 2)
            # Less than no padding after is output padding.
            more[axis] += max(-after, 0)
            padding += [before, max(after, 0)]
        window["padding"] = padding
    operation = _named("conv_transpose", array)
    groups = attributes.get("group", 1)
    return [operation(array, weight, *bias, output_padding=more, groups=groups, **window)]


def _max_pool(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    [array] = inputs
    window = _window(attributes, array.shape[2:], attributes["kernel_shape"])
    ceil = bool(attributes.get("ceil_mode", 0))
    call = _named("max_pool", array).call(array, attributes["kernel_shape"], ceil_mode=ceil, **window)
    outputs = call.outputs()
    indices, sizes = outputs["indices"], array.shape[2:]
    if attributes.get("storage_order"):
        indices = np.ravel_multi_index(np.unravel_index(indices, sizes), sizes, order="F")
    # Numbered over the whole tensor, where ours are within a channel.
    planes = np.arange(array.shape[0] * array.shape[1]).reshape(*array.shape[:2], *[1] * len(sizes))
    return [outputs["output"], indices + planes * int(np.prod(sizes))]


def _avg_pool(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    [array] = inputs
    window = _window(attributes, array.shape[2:], attributes["kernel_shape"])
    flags = {flag: bool(attributes.get(flag, 0)) for flag in ("ceil_mode", "count_include_pad")}
    return [_named("avg_pool", array)(array, attributes["kernel_shape"], **window, **flags)]


def _lp_pool(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    [array] = inputs
    window = _window(attributes, array.shape[2:], attributes["kernel_shape"])
    ceil = bool(attributes.get("ceil_mode", 0))
    norm = attributes.get("p", 2)
    return [_named("lp_pool", array)(array, norm, attributes["kernel_shape"], ceil_mode=ceil, **window)]


def _global_pool(name: str) -> Callable[[dict[str, Any], Arrays], Outputs]:
    return lambda attributes, inputs: [_named(name, inputs[0])(inputs[0])]


def _max_unpool(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, indices, *shape = inputs
    kernel, stride = attributes["kernel_shape"], attributes["strides"]
    usual = [
        (n - 1) * s + k for n, s, k in zip(array.shape[2:], stride, kernel, strict=True)
    ]  # no case has pads
    size = list(shape[0][2:]) if shape else usual
    # Numbered within the usual size, where ours are within that of the output.
    indices = np.ravel_multi_index(np.unravel_index(indices, usual), size)
    return [_named("max_unpool", array)(array, indices, kernel, stride, output_size=[int(n) for n in size])]


def _four(inputs: Arrays) -> list[Any]:
    """Four inputs, None for those that are missing at the end."""
    return [*inputs, None, None, None][:4]


_PAD_MODES = {"constant": "constant", "edge": "replicate", "reflect": "reflect", "wrap": "circular"}


def _pad(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, pads, value, axes = _four(inputs)
    axes = range(array.ndim) if axes is None else axes % array.ndim
    ends = np.zeros((array.ndim, 2), int)
    for place, axis in enumerate(axes):
        ends[axis] = pads[place], pads[place + len(axes)]
    assert not ends[:2].any(), "ours adds cells to pictures, not channels or pictures"
    mode = _PAD_MODES[attributes["mode"]]
    return [engine.pad(array, ends[2:].ravel().tolist(), mode, 0 if value is None else float(value))]


def _resize(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, _, scales, sizes = _four(inputs)
    asked = scales if sizes is None else sizes
    places = [axis % array.ndim for axis in attributes.get("axes", range(array.ndim))]
    by_axis = dict(zip(places, asked.tolist(), strict=True))
    assert all(by_axis.get(axis, 1) == 1 for axis in (0, 1)), "ours resizes pictures"
    options = {
        "mode": {"nearest": "nearest", "linear": "bilinear"}[attributes["mode"]],
        "coordinate_transformation_mode": attributes.get("coordinate_transformation_mode", "half_pixel"),
        "nearest_mode": attributes.get("nearest_mode", "round_prefer_floor"),
    }
    name = "scale_factor" if sizes is None else "size"
    return [engine.interpolate(array, **{name: [by_axis[2], by_axis[3]]}, **options)]


def _plain(name: str, **defaults: float | str) -> Callable[[dict[str, Any], Arrays], Outputs]:
    """An activation: its attributes are parameters of the same meaning, called as ``defaults`` say."""

    def adapted(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
        params = {name: attributes.get(name, default) for name, default in defaults.items()}
        return [engine.operation(name)(*inputs, **params)]

    return adapted


def _leaky_relu(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    return [engine.leaky_relu(*inputs, attributes.get("alpha", 0.01))]


def _prelu(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, slope = inputs
    return [engine.prelu(array, slope.reshape((1,) * (array.ndim - slope.ndim) + slope.shape))]


def _softmax(name: str) -> Callable[[dict[str, Any], Arrays], Outputs]:
    return lambda attributes, inputs: [engine.operation(name)(*inputs, attributes.get("axis", -1))]


def _gemm(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    """linear, whose weight is B transposed; a C that is not one number per output is added after."""
    a, b, *c = inputs
    a = a.T if attributes.get("transA") else a
    weight = (b if attributes.get("transB") else b.T) * np.float32(attributes.get("alpha", 1))
    if not c:
        return [engine.linear(a, weight)]
    bias = c[0] * np.float32(attributes.get("beta", 1))
    if bias.ndim == 2 and bias.shape[0] > 1:
        return [engine.add(engine.linear(a, weight), bias)]
    return [engine.linear(a, weight, np.broadcast_to(bias.ravel(), weight.shape[:1]))]


def _flatten(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    """To two axes: what stands before ``axis``, and the rest."""
    [array] = inputs
    axis = attributes.get("axis", 1) % array.ndim
    if axis == 0:
        return [engine.flatten(array)[None]]
    return [engine.flatten(engine.flatten(array, axis), 0, axis - 1)]


def _lrn(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    alpha, beta, bias = (attributes.get(n, d) for n, d in (("alpha", 1e-4), ("beta", 0.75), ("bias", 1)))
    return [engine.local_response_norm(*inputs, attributes["size"], alpha, beta, bias)]


def _batch_norm(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, scale, bias, mean, variance = inputs
    call = engine.batch_norm.call(
        array,
        mean,
        variance,
        scale,
        bias,
        training=bool(attributes.get("training_mode", 0)),
        momentum=1 - attributes.get("momentum", 0.9),
        eps=attributes.get("epsilon", 1e-5),
        unbiased=False,
    )
    return list(call.outputs().values())


def _layer_norm(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, weight, bias = inputs
    sizes = array.shape[attributes.get("axis", -1) :]
    eps = attributes.get("epsilon", 1e-5)
    return [engine.layer_norm(array, list(sizes), weight=weight, bias=bias, eps=eps)]


def _concat(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    return [engine.cat(*inputs, dim=attributes["axis"])]


def _dropout(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    array, ratio, training = (*inputs, None, None)[:3]
    p = attributes.get("ratio", 0.5) if ratio is None else float(ratio)
    outputs = engine.dropout.call(array, p, training is not None and bool(training)).outputs()
    return [outputs["output"], outputs["mask"]]


def _cross_entropy(attributes: dict[str, Any], inputs: Arrays) -> Outputs:
    params = {name: attributes[name] for name in ("ignore_index", "reduction") if name in attributes}
    loss = engine.cross_entropy(*inputs, channel_axis=1, **params)
    return [loss, engine.log_softmax(inputs[0], 1)]


ADAPTERS: dict[str, Callable[[dict[str, Any], Arrays], Outputs]] = {
    "Add": _plain("add"),
    "AveragePool": _avg_pool,
    "BatchNormalization": _batch_norm,
    "Concat": _concat,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Dropout": _dropout,
    "Elu": _plain("elu", alpha=1.0),
    "Flatten": _flatten,
    "Gelu": _plain("gelu", approximate="none"),
    "Gemm": _gemm,
    "GlobalAveragePool": _global_pool("global_avg_pool"),
    "GlobalMaxPool": _global_pool("global_max_pool"),
    "HardSigmoid": _plain("hardsigmoid", alpha=0.2, beta=0.5),
    "HardSwish": _plain("hardswish"),
    "LRN": _lrn,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": _leaky_relu,
    "LogSoftmax": _softmax("log_softmax"),
    "LpPool": _lp_pool,
    "MaxPool": _max_pool,
    "MaxUnpool": _max_unpool,
    "PRelu": _prelu,
    "Pad": _pad,
    "Relu": _plain("relu"),
    "Resize": _resize,
    "Selu": _plain("selu", alpha=1.67326319217681884765625, gamma=1.05070102214813232421875),
    "Sigmoid": _plain("sigmoid"),
    "Softmax": _softmax("softmax"),
    "SoftmaxCrossEntropyLoss": _cross_entropy,
    "Softplus": _plain("softplus"),
    "Swish": _plain("silu", alpha=1.0),
    "Tanh": _plain("tanh"),
}
