"""The cases as ``onnx`` makes them: each of its modules makes its own when it is imported."""

from __future__ import annotations

import importlib
import warnings
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from onnx import helper

MODULES = {
    "Add": "add",
    "AveragePool": "averagepool",
    "BatchNormalization": "batch_normalization",
    "Concat": "concat",
    "Conv": "conv",
    "ConvTranspose": "convtranspose",
    "Dropout": "dropout",
    "Elu": "elu",
    "Flatten": "flatten",
    "Gelu": "gelu",
    "Gemm": "gemm",
    "GlobalAveragePool": "globalaveragepool",
    "GlobalMaxPool": "globalmaxpool",
    "HardSigmoid": "hardsigmoid",
    "HardSwish": "hardswish",
    "LRN": "lrn",
    "LayerNormalization": "layernormalization",
    "LeakyRelu": "leakyrelu",
    "LogSoftmax": "logsoftmax",
    "LpPool": "lppool",
    "MaxPool": "maxpool",
    "MaxUnpool": "maxunpool",
    "PRelu": "prelu",
    "Pad": "pad",
    "Relu": "relu",
    "Resize": "resize",
    "Selu": "selu",
    "Sigmoid": "sigmoid",
    "Softmax": "softmax",
    "SoftmaxCrossEntropyLoss": "softmax_cross_entropy_loss",
    "Softplus": "softplus",
    "Swish": "swish",
    "Tanh": "tanh",
}
"""The modules of onnx.backend.test.case.node by operator; GlobalLpPool has no cases."""


class Case(NamedTuple):
    """One node: what it is given, by the place of its inputs (None where left out), and what it gives."""

    name: str
    operator: str
    attributes: dict[str, Any]
    inputs: list[np.ndarray | None]
    outputs: list[np.ndarray]


@cache
def cases() -> dict[str, Case]:
    """All cases of the operators in MODULES, by name; graphs of several nodes stand for no operator."""
    package = "onnx.backend.test.case.node"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = importlib.import_module(package)
        for module in MODULES.values():
            importlib.import_module(f"{package}.{module}")
    found: dict[str, Case] = {}
    for made_case in made._NodeTestCases:
        graph = made_case.model.graph
        expanded = "_expanded" in made_case.name
        if len(graph.node) == 1 and not expanded and graph.node[0].op_type in MODULES:
            found[made_case.name] = _case(made_case.name, graph.node[0], *made_case.data_sets[0])
    return dict(sorted(found.items(), key=lambda item: (item[1].operator, item[0])))


def _case(name: str, node: Any, inputs: list[np.ndarray], outputs: list[np.ndarray]) -> Case:
    attributes = {
        attribute.name: _plain(helper.get_attribute_value(attribute)) for attribute in node.attribute
    }
    given = iter(inputs)
    return Case(
        name,
        node.op_type,
        attributes,
        [np.asarray(next(given)) if label else None for label in node.input],
        [np.asarray(output) for output in outputs],
    )


def _plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value
