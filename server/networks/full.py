"""What the stream says of a layer in full: its measures, its histogram, and every map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.analysis.histogram import histogram
from server.networks.context import Networks
from server.networks.measures import as_maps
from server.networks.runs import Run
from server.networks.steps import computed
from server.networks.wishes import StreamNetworkMaps
from server.wire.frames import DType, map_frame
from server.wire.json_text import json_text
from server.wire.stream_answer import Answer, Message, text

_AT_ONCE = 64
"""Maps in one frame."""
_NAMED = 8
"""So many of the strongest maps are named."""


def network_maps(networks: Networks, wish: StreamNetworkMaps) -> Answer:
    """Yield a layer in full, computing only what it needs."""
    run = networks.run(wish.network, wish)
    yield from full(run, wish.layer, wish.id, wish.dtype)
    return ()


def full(run: Run, layer: str, number: int, dtype: DType) -> Iterator[Sequence[Message]]:
    """Yield what is told of a layer, then its maps, some at a time; a vector is one map of one row."""
    yield from computed(run, layer)
    array = run.until(layer)[layer]
    found, counted, maps = run.measures(layer), histogram(array).data(), as_maps(array)
    told: dict[str, object] = {
        "layer": layer,
        "shape": list(array.shape),
        "strength": found.strengths(),
        "stats": found.data(_NAMED),
        "histogram": {"edges": counted["edges"], "counts": counted["counts"]},
    }
    ready: list[Message] = [text(number, "full", json_text(told).decode())]
    kind: DType = "float32" if array.ndim == 1 else dtype
    for first in range(0, len(maps), _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, len(maps)))
        part = maps[some.start : some.stop]
        ready.append(map_frame(part, some, kind, id=number, layer=layer, full=True))
        yield ready
        ready = []
