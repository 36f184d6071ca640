"""The types of wish that the stream answers, and what it says to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from server.calls.calls import Calls
from server.calls.compare import bound, compare, map_of
from server.calls.results import Result
from server.errors import Json
from server.networks import cell_answers
from server.networks.cell_wishes import (
    StreamExplain,
    StreamNetworkCurve,
    StreamNetworkParts,
    StreamNetworkTrace,
    StreamNetworkWeights,
)
from server.networks.context import Networks
from server.networks.full import network_maps
from server.networks.given import network_input
from server.networks.overview import overview
from server.networks.wishes import StreamActivations, StreamNetworkInput, StreamNetworkMaps
from server.wire.frames import map_frame
from server.wire.json_text import json_text
from server.wire.stream_answer import Answer, text
from server.wire.wishes import StreamCompare, StreamCurve, StreamFields, StreamRun, StreamTrace, read

W = TypeVar("W", bound=StreamFields)


@dataclass(frozen=True, slots=True)
class Services:
    """What answers: operations, and networks."""

    calls: Calls
    networks: Networks


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish that has been read, and the messages that answer it."""

    wish: StreamFields
    answer: Callable[[Services], Answer]


def _kind(wish: type[W], answer: Callable[[Calls, W], Answer]) -> Callable[[dict[str, Json]], Asked]:
    """Return what reads one type of wish about an operation."""

    def asked(data: dict[str, Json]) -> Asked:
        found = read(wish, data)
        return Asked(found, lambda services: answer(services.calls, found))

    return asked


def _network_kind(
    wish: type[W], answer: Callable[[Networks, W], Answer]
) -> Callable[[dict[str, Json]], Asked]:
    """Return what reads one type of wish about a network."""

    def asked(data: dict[str, Json]) -> Asked:
        found = read(wish, data)
        return Asked(found, lambda services: answer(services.networks, found))

    return asked


def _run(calls: Calls, wish: StreamRun) -> Answer:
    return (yield from (_maps if wish.parts is None else _parts)(calls, wish))


def _maps(calls: Calls, wish: StreamRun) -> Answer:
    """Yield shape and maps; return the limits, which take longer to find than the picture may wait."""
    place: dict[str, object] = {} if wish.region is None else {"region": wish.region}
    told: Result | None = None
    for result, run, maps in calls.maps(wish):
        frame = map_frame(maps, run, wish.dtype, id=wish.id, layer="output", **place)
        yield (frame,) if told else (text(wish.id, "shape", calls.report(result.call)), frame)
        told = result
    if told is None or wish.region is not None:
        return ()
    return (text(wish.id, "limits", f"{{{calls.ranges(told)}}}"),)


def _parts(calls: Calls, wish: StreamRun) -> Answer:
    """Yield what goes before, and the parts; return the map that they add up to."""
    place: dict[str, object] = {} if wish.region is None else {"region": wish.region}
    wished = calls.parts(wish)
    yield (text(wish.id, "parts", json_text(wished.told).decode()),)
    for channels, maps in wished.maps():
        yield (map_frame(maps, channels, wish.dtype, id=wish.id, layer="part", **place),)
    return (map_frame(wished.sum(), [wished.number], wish.dtype, id=wish.id, layer="sum", **place),)


def _trace(calls: Calls, wish: StreamTrace) -> Answer:
    yield from ()
    return (text(wish.id, "trace", json_text(calls.trace(wish)).decode()),)


def _curve(calls: Calls, wish: StreamCurve) -> Answer:
    yield from ()
    return (text(wish.id, "curve", json_text(calls.curve(wish)).decode()),)


def _compare(calls: Calls, wish: StreamCompare) -> Answer:
    """Pause between the two maps, so that a newer wish need not wait for the second one."""
    a = map_of(wish, "a", bound(calls, wish, "a"))
    yield ()
    found = compare(a, map_of(wish, "b", bound(calls, wish, "b")))
    layers = {"a": (found.a, wish.a.channel), "b": (found.b, wish.b.channel)}
    if found.difference is not None:
        layers["difference"] = (found.difference, 0)
    frames = [
        map_frame(one[None], [channel], wish.dtype, id=wish.id, layer=layer)
        for layer, (one, channel) in layers.items()
    ]
    return (text(wish.id, "compare", json_text(found.told).decode()), *frames)


KINDS = {
    "run": _kind(StreamRun, _run),
    "trace": _kind(StreamTrace, _trace),
    "curve": _kind(StreamCurve, _curve),
    "compare": _kind(StreamCompare, _compare),
    "activations": _network_kind(StreamActivations, overview),
    "network_maps": _network_kind(StreamNetworkMaps, network_maps),
    "network_input": _network_kind(StreamNetworkInput, network_input),
    "network_trace": _network_kind(StreamNetworkTrace, cell_answers.trace),
    "network_parts": _network_kind(StreamNetworkParts, cell_answers.parts),
    "network_curve": _network_kind(StreamNetworkCurve, cell_answers.curve),
    "network_weights": _network_kind(StreamNetworkWeights, cell_answers.weights),
    "explain": _network_kind(StreamExplain, cell_answers.explain),
}
"""Every type but "cancel", which nothing answers."""
