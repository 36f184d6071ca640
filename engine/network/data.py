"""A network's graph as JSON-ready data, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypedDict, TypeVar, cast

from engine.declaration.parameters import Json, parse_params
from engine.errors import ParameterError
from engine.limits import UNLIMITED, Limits
from engine.network.graph import Network
from engine.network.layer import Layer, Node
from engine.network.weight_store import Key
from engine.texts import Text

T = TypeVar("T")
Thing: TypeAlias = "Mapping[str, object]"

MOST_LAYERS = 10_000


class LayerData(TypedDict):
    """One layer."""

    name: str
    operation: str
    params: dict[str, Json]
    inputs: dict[str, str]
    weights: list[str]


class GraphData(TypedDict):
    """A whole graph, without the arrays of its weights."""

    input_shape: list[int]
    output: str
    layers: list[LayerData]


def graph_data(network: Network) -> GraphData:
    """Return the graph as data, from which ``from_data`` builds the same network.

    >>> from engine.network import Network, graph_data
    >>> graph_data(Network.sequence([("max_pool2d", {"kernel_size": 2})], (1, 4, 4)))["layers"][0]["params"]
    {'kernel_size': [2, 2]}
    """
    return {
        "input_shape": list(network.input_shape),
        "output": network.output,
        "layers": [_layer_data(node) for node in network.nodes],
    }


def _layer_data(node: Node) -> LayerData:
    layer = node.layer
    parsed = parse_params(node.operation.parameters, layer.params, UNLIMITED)
    return {
        "name": layer.name,
        "operation": layer.operation,
        "params": {name: _json(parsed[name]) for name in layer.params},
        "inputs": node.layer.feeds,
        "weights": list(node.weights),
    }


def _json(value: object) -> Json:
    """Return a parsed parameter as JSON has it: a list for a tuple."""
    return [_json(item) for item in cast("tuple[object, ...]", value)] if isinstance(value, tuple) else value  # type: ignore[return-value]


def from_data(
    data: object, weights: Mapping[Key, object] | None = None, *, limits: Limits = UNLIMITED
) -> Network:
    """Return the network that ``data`` describes, with ``weights``; "inputs", "weights", "params",
    "name" of a layer and "output" may be left out, as they may be of a Layer and a Network.

    Raises:
        ParameterError: if ``data`` is not such a description; the field says where.
        ShapeError, LimitError, UnknownName: as building a Network does.
    """
    graph = _things(data, "graph", {"input_shape", "output", "layers"}, {"input_shape", "layers"})
    shape = [_is(size, int, "input_shape", "a list of whole numbers") for size in _list(graph, "input_shape")]
    listed = _list(graph, "layers")
    if len(listed) > MOST_LAYERS:
        raise _wrong("layers", f"a list of at most {MOST_LAYERS} layers")
    layers = [_layer(layer, f"layers.{number}") for number, layer in enumerate(listed)]
    output = graph.get("output")
    if output is not None:
        output = _is(output, str, "output", "the name of a layer")
    return Network(layers, shape, weights, output=output, limits=limits)


def _layer(data: object, where: str) -> Layer:
    layer = _things(data, where, set(LayerData.__annotations__), {"operation"})
    inputs, weights, params = layer.get("inputs"), layer.get("weights"), layer.get("params")
    if isinstance(inputs, Mapping):
        fed = _things(cast("Thing", inputs), f"{where}.inputs")
        inputs = {name: _is(text, str, f"{where}.inputs", "names of layers") for name, text in fed.items()}
    elif inputs is not None:
        inputs = _is(inputs, str, f"{where}.inputs", "the name of a layer, or names by input")
    if weights is not None:
        listed = _list(layer, "weights", where)
        weights = tuple(_is(name, str, f"{where}.weights", "a list of input names") for name in listed)
    return Layer(
        _is(layer["operation"], str, f"{where}.operation", "the name of an operation"),
        _things({} if params is None else params, f"{where}.params"),
        _is(layer.get("name", ""), str, f"{where}.name", "a text"),
        inputs,
        weights,
    )


def _things(
    value: object, where: str, allowed: set[str] | None = None, needed: set[str] | None = None
) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong(where, "an object with names")
    things = dict(cast("Thing", value))
    for name in sorted(needed or ()):
        if name not in things:
            raise _wrong(f"{where}.{name}", "there, and is missing")
    for name in things:
        if allowed is not None and name not in allowed:
            raise _wrong(f"{where}.{name[:40]}", f"left out: only {', '.join(sorted(allowed))} are known")
    return things


def _list(things: Mapping[str, object], name: str, within: str = "graph") -> Sequence[object]:
    value = things[name]
    if not isinstance(value, list | tuple):
        raise _wrong(f"{within}.{name}", "a list")
    return cast("Sequence[object]", value)


def _is(value: object, kind: type[T], where: str, what: str) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _wrong(where, what)
    return value


def _wrong(where: str, allowed: str) -> ParameterError:
    where = where.removeprefix("graph.")
    return ParameterError(
        "graph",
        Text("{name} must be {allowed}.", "{name} 不合网络描述的格式：必须是 {allowed}。"),
        field=where,
        values={"name": where, "allowed": allowed},
    )
