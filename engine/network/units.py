"""Units: a layer with the normalisation and activation that only it feeds, as papers draw them."""

from __future__ import annotations

from typing import NamedTuple

from engine.declaration.families import NORMALISATION
from engine.network.graph import Network
from engine.network.layer import PICTURE, Node


class Unit(NamedTuple):
    """The name of the first layer, and those of all, which follow each other."""

    head: str
    layers: tuple[str, ...]

    @property
    def last(self) -> str:
        """The layer whose activation the unit gives."""
        return self.layers[-1]


def units(network: Network) -> tuple[Unit, ...]:
    """Return the units of ``network`` in the order their heads run; every layer is in exactly one.

    A layer that normalises, or applies one function to every cell, belongs to the layer it reads
    if it reads nothing else and nothing else reads that layer; any other layer begins a unit.

    >>> from engine.network import Network
    >>> pool, small = ("max_pool2d", {"kernel_size": 2}), (1, 8, 8)
    >>> [unit.layers for unit in units(Network.sequence([pool, "relu", pool], small))]
    [('max_pool2d-1', 'relu-1'), ('max_pool2d-2',)]
    """
    found: dict[str, list[str]] = {}
    head_of: dict[str, str] = {}
    for node in network.nodes:
        name = node.layer.name
        before = _only_source(network, node)
        head = name if before is None else head_of[before]
        head_of[name] = head
        found.setdefault(head, []).append(name)
    return tuple(Unit(head, tuple(layers)) for head, layers in found.items())


def _only_source(network: Network, node: Node) -> str | None:
    """Return the layer whose unit ``node`` goes on, or None where it begins one."""
    if not node.operation.elementwise and node.operation.family is not NORMALISATION:
        return None
    sources = list(node.sources.values())
    if len(sources) != 1 or sources[0].layer == PICTURE or sources[0].output is not None:
        return None
    before = sources[0].layer
    return before if network.readers[before] == 1 and before != network.output else None
