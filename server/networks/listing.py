"""What is told of the networks: all of them in short, one of them layer by layer."""

from __future__ import annotations

from typing import TypedDict

from engine.network import LayerSummary, graph_data
from engine.network.data import LayerData
from engine.network.receptive import Field
from server.errors import ApiError, Json
from server.networks.about import Texts
from server.networks.zoo import Shipped, Zoo


class Problem(TypedDict):
    """Why a network cannot be used."""

    code: str
    message: str
    text: Texts
    values: dict[str, object]


class NetworkInfo(TypedDict):
    """A network in short; of one that cannot be read, name and problem are all there is."""

    name: str
    title: Texts
    summary: Texts | None
    credit: str | None
    available: bool
    problem: Problem | None
    input: list[int] | None
    classes: int | None
    layers: int | None
    parameters: int | None
    macs: int | None


def listed(zoo: Zoo) -> list[NetworkInfo]:
    """Return every network in short, reading those that nobody has asked for."""
    found: list[NetworkInfo] = []
    for name in zoo.names():
        try:
            found.append(_short(zoo.get(name)))
        except ApiError as error:
            found.append(_missing(name, error))
    return found


def _short(shipped: Shipped) -> NetworkInfo:
    about, costs = shipped.about, shipped.summary
    return {
        "name": shipped.name,
        "title": about.title,
        "summary": about.summary,
        "credit": about.credit,
        "available": True,
        "problem": None,
        "input": list(shipped.network.input_shape),
        "classes": len(about.classes),
        "layers": len(costs.layers),
        "parameters": costs.parameters,
        "macs": costs.macs,
    }


def _missing(name: str, error: ApiError) -> NetworkInfo:
    return {
        "name": name,
        "title": {"en": name, "zh": name},
        "summary": None,
        "credit": None,
        "available": False,
        "problem": {
            "code": error.code,
            "message": error.message,
            "text": {"en": error.text.en, "zh": error.text.zh},
            "values": error.values,
        },
        "input": None,
        "classes": None,
        "layers": None,
        "parameters": None,
        "macs": None,
    }


def described(shipped: Shipped) -> dict[str, object]:
    """Return all that is told of a network: what it is fed, its classes, and its layers."""
    about, costs = shipped.about, shipped.summary
    layers = zip(graph_data(shipped.network)["layers"], costs.layers, strict=True)
    return {
        **_short(shipped),
        "output": shipped.network.output,
        "logits": about.logits,
        "probabilities": about.probabilities,
        "preparation": about.preparation.model_dump(),
        "classes": list(about.classes),
        "layers": [_layer(shipped, data, costed) for data, costed in layers],
        "memory": {"kept": costs.kept_bytes, "live": costs.live_bytes, "weights": costs.weight_bytes},
    }


def _layer(shipped: Shipped, data: LayerData, costs: LayerSummary) -> dict[str, object]:
    weights = shipped.network.weights
    operation = shipped.network.node(data["name"]).operation
    head = shipped.unit_of[data["name"]].head
    return {
        "name": data["name"],
        "operation": data["operation"],
        "title": operation.title.data(),
        **operation.traits(),
        "unit": head,
        "module": _module(shipped, head),
        "params": data["params"],
        "inputs": data["inputs"],
        "weights": {name: list(weights[data["name"], name].shape) for name in data["weights"]},
        "shape": list(costs.shape),
        "parameters": costs.parameters,
        "macs": costs.macs,
        "additions": costs.additions,
        "field": [_field(field) for field in costs.field],
    }


def _module(shipped: Shipped, head: str) -> str | None:
    """Return what stands before the slash in a unit's name, if several units share it."""
    first, slash, _ = head.partition("/")
    shared = [unit for unit in shipped.units if unit.head.partition("/")[0] == first]
    return first if slash and len(shared) > 1 else None


def _field(field: Field) -> Json:
    return {"axis": field.axis, "size": field.size, "jump": field.jump, "start": field.start}
