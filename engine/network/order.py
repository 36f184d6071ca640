"""The order in which layers can run: every layer after those that feed it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from graphlib import CycleError, TopologicalSorter

from engine.errors import ParameterError, UnknownName
from engine.network.layer import PICTURE, Node, Source

_SHOWN = 20


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes so that sources come first, otherwise in the order given.

    Raises:
        UnknownName: a source that is not there.
        ParameterError: layers that feed each other in a circle.
    """
    by_name = {node.layer.name: node for node in nodes}
    for node in nodes:
        for name, source in node.sources.items():
            _check_source(node, name, source, by_name)
    graph = {
        name: [source.layer for source in node.sources.values() if source.layer != PICTURE]
        for name, node in by_name.items()
    }
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = list(error.args[1])
        raise ParameterError(
            "cycle",
            f"Layers feed each other in a circle: {' -> '.join(circle[:_SHOWN])}; "
            "a layer's sources must not depend on it.",
            field="inputs",
            values={"layers": circle[:_SHOWN]},
        ) from None
    place = {name: number for number, name in enumerate(by_name)}
    found: list[Node] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=place.__getitem__)
        first = ready.pop(0)
        found.append(by_name[first])
        sorter.done(first)
    return found


def last_unread(nodes: Sequence[Node]) -> str:
    """Return the last layer that no other reads; of a graph without circles there is one."""
    read = {source.layer for node in nodes for source in node.sources.values()}
    return next(node.layer.name for node in reversed(nodes) if node.layer.name not in read)


def _check_source(node: Node, name: str, source: Source, by_name: dict[str, Node]) -> None:
    layer, operation = node.layer.name, node.operation.name
    here = {"layer": layer, "operation": operation}
    if source.layer != PICTURE and source.layer not in by_name:
        names = [PICTURE, *by_name]
        raise UnknownName(
            "unknown_layer",
            f"Layer {layer!r} ({operation}): its {name} comes from {source.layer[:40]!r}, and there is no "
            f"such layer; there are {_listed(names)}.",
            field=name,
            values={"name": source.layer[:40], "names": names[:_SHOWN], **here},
        )
    if source.output is None:
        return
    feeding = by_name.get(source.layer)
    outputs = [output.name for output in feeding.operation.outputs] if feeding else []
    if source.output not in outputs:
        has = f"it has {', '.join(outputs)}" if outputs else "the network's input has no outputs to name"
        raise UnknownName(
            "unknown_output",
            f"Layer {layer!r} ({operation}): {source.layer!r} has no output called "
            f"{source.output[:40]!r}; {has}.",
            field=name,
            values={"name": source.output[:40], "names": outputs, **here},
        )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def needed_for(nodes: Sequence[Node], wanted: Collection[str]) -> set[str]:
    """Return the layers that must run for those ``wanted``, themselves included; nodes in order."""
    needed = set(wanted)
    for node in reversed(nodes):
        if node.layer.name in needed:
            needed.update(source.layer for source in node.sources.values())
    needed.discard(PICTURE)
    return needed
