"""How much memory a network's activations take, before any is allocated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from engine.arrays import Shape
from engine.network.layer import PICTURE, Node
from engine.network.plan import Planned


def cells(planned: Planned) -> int:
    """Return the numbers in all outputs of a layer."""
    return prod(planned.layout.output) + sum(map(prod, planned.layout.further.values()))


def kept_cells(nodes: Sequence[Node], planned: Mapping[str, Planned], shape: Shape) -> int:
    """Return the numbers in the input and every activation, all kept."""
    return prod(shape) + sum(cells(planned[node.layer.name]) for node in nodes)


def live_cells(nodes: Sequence[Node], planned: Mapping[str, Planned], shape: Shape) -> int:
    """Return the most numbers alive at once, if each activation is dropped after its last reader."""
    last = last_readers(nodes)
    alive = {PICTURE: prod(shape)}
    most = alive[PICTURE]
    for node in nodes:
        alive[node.layer.name] = cells(planned[node.layer.name])
        most = max(most, sum(alive.values()))
        for name in [name for name in alive if last.get(name, node.layer.name) == node.layer.name]:
            del alive[name]
    return most


def last_readers(nodes: Sequence[Node]) -> dict[str, str]:
    """Return by which layer each activation is read last; those that nobody reads are not there."""
    return {source.layer: node.layer.name for node in nodes for source in node.sources.values()}
