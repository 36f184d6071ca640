"""The order in which layers can run: every layer after those that feed it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from graphlib import CycleError, TopologicalSorter

from engine.errors import ParameterError, UnknownName
from engine.network.layer import PICTURE, Node, Source
from engine.texts import Text

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
            Text(
                "Layers feed each other in a circle: {circle}; a layer's sources must not depend on it.",
                "各层首尾相接成环：{circle}；一层的来源不能依赖于它自己。",
            ),
            field="inputs",
            values={"layers": circle[:_SHOWN], "circle": " -> ".join(circle[:_SHOWN])},
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


_HAS = Text("it has {names}", "它有 {names}")
_HAS_NONE = Text("the network's input has no outputs to name", "网络的输入没有可指名的输出")


def _check_source(node: Node, name: str, source: Source, by_name: dict[str, Node]) -> None:
    layer, operation = node.layer.name, node.operation.name
    here = {"layer": layer, "operation": operation}
    if source.layer != PICTURE and source.layer not in by_name:
        names = [PICTURE, *by_name]
        more = len(names) - _SHOWN
        raise UnknownName(
            "unknown_layer",
            Text(
                "Layer '{layer}' ({operation}): its {input} comes from '{name}', and there is no such layer; "
                "there are {names}{more}.",
                "层“{layer}”（{operation}）的 {input} 来自“{name}”，但没有这一层；有：{names}{more}。",
            ).put(more=Text(f" and {more} more", f" 等，另有 {more} 个") if more > 0 else ""),
            field=name,
            values={"name": source.layer[:40], "input": name, "names": names[:_SHOWN], **here},
        )
    if source.output is None:
        return
    feeding = by_name.get(source.layer)
    outputs = [output.name for output in feeding.operation.outputs] if feeding else []
    if source.output not in outputs:
        raise UnknownName(
            "unknown_output",
            Text(
                "Layer '{layer}' ({operation}): '{source}' has no output called '{name}'; {has}.",
                "层“{layer}”（{operation}）：“{source}”没有名为 {name} 的输出；{has}。",
            ).put(has=_HAS if outputs else _HAS_NONE),
            field=name,
            values={"name": source.output[:40], "names": outputs, "source": source.layer, **here},
        )


def needed_for(nodes: Sequence[Node], wanted: Collection[str]) -> set[str]:
    """Return the layers that must run for those ``wanted``, themselves included; nodes in order."""
    needed = set(wanted)
    for node in reversed(nodes):
        if node.layer.name in needed:
            needed.update(source.layer for source in node.sources.values())
    needed.discard(PICTURE)
    return needed
