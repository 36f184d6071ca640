"""A layer: one operation of a network, by name, and what feeds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from engine.declaration.operation import Operation
from engine.errors import ConvscopeError, ParameterError, UnknownName
from engine.registry import operation
from engine.texts import Text

PICTURE = "input"
"""What layers call the network's own input; operations call their first one so too."""
NAME_LENGTH = 100
_MARK = ":"


class Source(NamedTuple):
    """What feeds an input: a layer's first output, or another one, as in "pool:indices"."""

    layer: str
    output: str | None = None

    @classmethod
    def read(cls, text: str) -> Source:
        """Return the source that ``text`` names."""
        layer, mark, output = text.partition(_MARK)
        return cls(layer, output if mark else None)


@dataclass(frozen=True)
class Layer:
    """One node of the graph: data, and nothing computed.

    ``operation`` is a registered name, ``params`` its parameters; those that number axes mean one
    picture, without a batch. ``name`` may be left out, and is then made from the operation.
    ``inputs`` says which layer feeds which input ("input" is the network's own); a text feeds the
    first input, None takes the layer before. ``weights`` names the inputs that the layer holds
    itself; left out, every required one that nothing feeds, and whatever arrays are given for it.
    """

    operation: str
    params: Mapping[str, object] = field(default_factory=dict[str, object])
    name: str = ""
    inputs: Mapping[str, str] | str | None = None
    weights: tuple[str, ...] | None = None

    @property
    def feeds(self) -> dict[str, str]:
        """What feeds each input, by the input's name, as far as it is said."""
        if isinstance(self.inputs, str):
            return {PICTURE: self.inputs}
        return dict(self.inputs or {})


class Node(NamedTuple):
    """A layer with its operation, everything left out filled in."""

    layer: Layer
    operation: Operation

    @property
    def sources(self) -> dict[str, Source]:
        """What feeds each input, by the input's name."""
        return {name: Source.read(text) for name, text in self.layer.feeds.items()}

    @property
    def weights(self) -> tuple[str, ...]:
        """The inputs that the layer holds itself."""
        return self.layer.weights or ()


_AT_LAYER = Text("Layer '{layer}' ({operation}){given}: {said}", "层“{layer}”（{operation}）{given}：{said}")


def at_layer(error: ConvscopeError, name: str, operation: str, given: Text | str = "") -> ConvscopeError:
    """Return ``error`` saying at which layer it arose."""
    return type(error)(
        error.code,
        _AT_LAYER.put(given=given, said=error.text),
        field=error.field,
        values={**error.values, "layer": name, "operation": operation},
        advice=error.advice,
    )


def resolve(layers: Iterable[Layer], given: Iterable[tuple[str, str]]) -> list[Node]:
    """Return the layers with names, sources and weights filled in; ``given`` are (layer, input) arrays.

    Raises:
        ParameterError: a name that cannot be, or is used twice; an input that nothing feeds.
        UnknownName: an operation, or an input, that is not there.
    """
    found: list[Node] = []
    names: set[str] = set()
    held = set(given)
    before = PICTURE
    for layer in layers:
        if not layer.name:
            layer = replace(layer, name=_free_name(layer.operation, names))
        name = layer.name
        _check_name(name, names)
        names.add(name)
        inputs = before if layer.inputs is None else layer.inputs
        inputs = {PICTURE: inputs} if isinstance(inputs, str) else dict(inputs)
        try:
            known = operation(layer.operation)
        except UnknownName as error:
            raise at_layer(error, name, layer.operation[:40]) from None
        layer = replace(layer, params=dict(layer.params), inputs=inputs)
        try:
            weights = _weights(layer, known, inputs, {key for at, key in held if at == name})
        except ConvscopeError as error:
            raise at_layer(error, name, known.name) from None
        found.append(Node(replace(layer, weights=weights), known))
        before = name
    return found


def _free_name(operation: str, names: set[str]) -> str:
    number = 1
    while f"{operation}-{number}" in names:
        number += 1
    return f"{operation}-{number}"


def _check_name(name: str, names: set[str]) -> None:
    if name == PICTURE or _MARK in name or not name.isprintable() or len(name) > NAME_LENGTH:
        raise ParameterError(
            "layer_name",
            Text(
                "A layer's name must be 1 to {max} printable characters without '{mark}', and not '{input}'; "
                "one is '{name}'.",
                "层名须为 1 到 {max} 个可显示字符，不含“{mark}”，也不能是“{input}”；有一个是“{name}”。",
            ),
            field="name",
            values={"name": name[:40], "max": NAME_LENGTH, "mark": _MARK, "input": PICTURE},
        )
    if name in names:
        raise ParameterError(
            "duplicate_layer",
            Text(
                "Two layers are called '{layer}'; every layer needs a name of its own.",
                "有两层都叫“{layer}”；每层须有自己的名字。",
            ),
            field="name",
            values={"layer": name},
        )


def _weights(
    layer: Layer, operation: Operation, inputs: Mapping[str, str], given: set[str]
) -> tuple[str, ...]:
    """Return the inputs that a layer holds itself, in the operation's order."""
    names = [declared.name for declared in operation.inputs]
    for name in (*inputs, *(layer.weights or ()), *sorted(given)):
        if name not in names:
            raise UnknownName(
                "unknown_input",
                Text(
                    "there is no input called '{name}'; it takes {names}.",
                    "没有名为 {name} 的输入；它接受：{names}。",
                ),
                field="inputs",
                values={"name": name[:40], "names": names},
            )
    held = given | set(layer.weights or ())
    for name in sorted(held & set(inputs)):
        raise ParameterError(
            "fed_twice",
            Text(
                "{name} is fed by '{source}' and held as weights; it can be only one of them.",
                "{name} 既来自“{source}”又作为权重保存，只能取其一。",
            ),
            field=name,
            values={"name": name, "source": inputs[name]},
        )
    for declared in operation.inputs:
        if not declared.required or declared.name in inputs or declared.name in held:
            continue
        if declared.kind in ("maps", "places") or layer.weights is not None:
            raise ParameterError(
                "missing_source",
                Text(
                    "nothing feeds {name}; name a layer, or '{input}', that does.",
                    "{name} 没有来源；请指定一层或“{input}”。",
                ),
                field=declared.name,
                values={"name": declared.name, "input": PICTURE},
            )
        held.add(declared.name)
    return tuple(name for name in names if name in held)
