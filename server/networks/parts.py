"""What each map of the layer before gives to a map of a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from engine.arrays import Array
from engine.declaration.layout import Layout
from engine.texts import Text
from engine.trace.parts import Parts
from server.errors import ApiError, some
from server.networks.runs import Run

_AT_ONCE = 64
"""Parts that travel together: a frame of them is no longer than a layer's own maps."""


class PartsData(TypedDict):
    """What goes before the parts ``of`` a map: of which ``channels`` of ``source`` they are, their shape.

    ``layer`` adds them up, and the bias; ``after`` is the layer whose map comes of it in the end.
    """

    of: int
    layer: str
    source: str
    after: str
    channels: list[int]
    bias: float | None
    shape: list[int]


@dataclass(frozen=True)
class NetworkParts:
    """The parts of one map of a unit's first layer, computed as they are asked for."""

    told: PartsData
    parts: Parts
    sum: Array
    """Their sum with the bias, (1, H, W): the map before it is normalised or activated."""
    after: Array
    """The same map of the unit's last layer, (1, H, W)."""

    def maps(self) -> Iterator[tuple[list[int], Array]]:
        """Yield the parts in runs: (channels, maps (k, H, W))."""
        for channels, maps in self.parts.maps():
            for first in range(0, len(channels), _AT_ONCE):
                yield list(channels[first : first + _AT_ONCE]), maps[first : first + _AT_ONCE]


def network_parts(run: Run, layer: str, number: int) -> NetworkParts:
    """Return the parts of map ``number`` of the unit that ``layer`` belongs to.

    Raises:
        UnknownName: there is no such layer.
        ApiError: 422 ``no_parts``: its maps are not sums over input channels.
        ShapeError: there is no such map.
    """
    shipped = run.shipped
    shipped.network.node(layer)
    unit = shipped.unit_of[layer]
    node = shipped.network.node(unit.head)
    if not node.operation.sums_channels:
        names = [one.head for one in shipped.units if shipped.network.node(one.head).operation.sums_channels]
        raise ApiError(
            422,
            "no_network_parts",
            Text(
                "The layer {name} ({operation}) has no parts: sums over the maps before are those of {some}.",
                "层 {name}（{operation}）的特征图不是前一层各图之和；是这样的有 {some}。",
            ).put(some=some(names)),
            "layer",
            {"name": unit.head, "operation": node.operation.name, "names": names},
        )
    Layout(shipped.network.shape(unit.head)).check_map(number, "map")
    kept = run.until(unit.last)
    parts = kept.calls[unit.head].parts(number)
    bias = parts.bias
    return NetworkParts(
        {
            "of": number,
            "layer": unit.head,
            "source": node.sources["input"].layer,
            "after": unit.last,
            "channels": list(parts.channels),
            "bias": None if bias is None or not np.isfinite(bias) else float(bias),
            "shape": list(parts.shape),
        },
        parts,
        kept[unit.head][number : number + 1],
        kept[unit.last][number : number + 1],
    )
