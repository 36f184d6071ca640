"""Our graphs and weights in the words of ONNX, through a small table of operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from engine.network import Network
from engine.network.plan import Planned

_OPSET, _IR = 17, 8
_Attributes = Callable[[Mapping[str, Any]], dict[str, Any]]


def _window(params: Mapping[str, Any]) -> dict[str, Any]:
    found = {"kernel_shape": params["kernel_size"], "strides": params["stride"]}
    found["dilations"] = params["dilation"]
    if params["padding"] in ("same", "valid"):
        return found | {"auto_pad": {"same": "SAME_UPPER", "valid": "VALID"}[params["padding"]]}
    top, bottom, left, right = params["padding"]
    return found | {"pads": [top, left, bottom, right]}


def _pool(params: Mapping[str, Any]) -> dict[str, Any]:
    return _window(params) | {"ceil_mode": int(params["ceil_mode"])}


def _nothing(params: Mapping[str, Any]) -> dict[str, Any]:
    return {}


# Our operation: ONNX's operator, its inputs in ONNX's order, its attributes.
_TABLE: dict[str, tuple[str, tuple[str, ...], _Attributes]] = {
    "conv2d": ("Conv", ("input", "weight", "bias"), lambda p: _window(p) | {"group": p["groups"]}),
    "max_pool2d": ("MaxPool", ("input",), _pool),
    "global_avg_pool2d": ("GlobalAveragePool", ("input",), _nothing),
    "batch_norm": (
        "BatchNormalization",
        ("input", "weight", "bias", "running_mean", "running_var"),
        lambda p: {"epsilon": p["eps"]},
    ),
    "relu": ("Relu", ("input",), _nothing),
    "relu6": ("Clip", ("input", "0", "6"), _nothing),
    "cat": ("Concat", ("input", "other"), lambda p: {"axis": 1}),
    "add": ("Add", ("input", "other"), _nothing),
    "flatten": ("Flatten", ("input",), lambda p: {"axis": 1}),
    "linear": ("Gemm", ("input", "weight", "bias"), lambda p: {"transB": 1}),
    "dropout": ("Identity", ("input",), _nothing),
    "softmax": ("Softmax", ("input",), lambda p: {"axis": 1}),
}


def onnx_model(network: Network) -> onnx.ModelProto:
    """The same network for a batch of one picture; every layer's activation is an output."""
    numbers = {"/".join(key): np.asarray(array) for key, array in network.weights.items()}
    numbers |= {text: np.array(float(text), np.float32) for text in ("0", "6")}
    nodes = [_node(network, planned) for planned in network.planned.values()]
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, *network.input_shape])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, *planned.layout.output])
            for name, planned in network.planned.items()
        ],
        [numpy_helper.from_array(array, name) for name, array in numbers.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    onnx.checker.check_model(model)
    return model


def _node(network: Network, planned: Planned) -> onnx.NodeProto:
    node, name = planned.node, planned.node.layer.name
    operator, inputs, attributes = _TABLE[node.operation.name]
    feeds = {at: source.layer for at, source in node.sources.items()}
    feeds |= {held: f"{name}/{held}" for held in node.weights}
    assert set(feeds) <= set(inputs), f"{name}: {sorted(feeds)}"
    wanted = [feeds.get(put, put if put.isdigit() else "") for put in inputs]
    params = {parameter.name: planned.settled[parameter.name] for parameter in node.operation.parameters}
    while not wanted[-1]:
        wanted.pop()
    return helper.make_node(operator, wanted, [name], name=name, **attributes(params))
