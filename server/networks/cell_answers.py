"""What the stream says of one cell, one map or the weights of a layer."""

from __future__ import annotations

from server.networks.cell_wishes import (
    StreamExplain,
    StreamNetworkCurve,
    StreamNetworkParts,
    StreamNetworkTrace,
    StreamNetworkWeights,
)
from server.networks.context import Networks
from server.networks.curves import network_curve
from server.networks.explaining import explained
from server.networks.layer_weights import layer_weights
from server.networks.parts import network_parts
from server.networks.steps import computed
from server.networks.tracing import network_trace
from server.wire.frames import map_frame
from server.wire.json_text import json_text
from server.wire.stream_answer import Answer, Message, text


def trace(networks: Networks, wish: StreamNetworkTrace) -> Answer:
    """Yield what has to run first; return how a cell came to be."""
    run = networks.run(wish.network, wish)
    yield from computed(run, wish.layer)
    told = network_trace(run, wish.layer, tuple(wish.cell), networks.max_terms)
    return (text(wish.id, "network_trace", json_text(told).decode()),)


def explain(networks: Networks, wish: StreamExplain) -> Answer:
    """Yield what has to run first; return what a cell owes to the pixels as a heat map, or more if wished."""
    run = networks.run(wish.network, wish)
    yield from computed(run, wish.layer)
    found = explained(run, wish.layer, tuple(wish.cell))
    messages: list[Message] = [
        text(wish.id, "explain", json_text(found.told).decode()),
        map_frame(found.summed, [0], wish.dtype, id=wish.id, layer="contribution"),
    ]
    if wish.gradient:
        maps = found.found.gradient
        messages.append(map_frame(maps, range(len(maps)), wish.dtype, id=wish.id, layer="gradient"))
    return messages


def parts(networks: Networks, wish: StreamNetworkParts) -> Answer:
    """Yield what goes before the parts, and them; return what they add up to, before and after."""
    run = networks.run(wish.network, wish)
    yield from computed(run, wish.layer)
    found = network_parts(run, wish.layer, wish.map)
    yield (text(wish.id, "parts", json_text(found.told).decode()),)
    for channels, maps in found.maps():
        yield (map_frame(maps, channels, wish.dtype, id=wish.id, layer="part"),)
    return (
        map_frame(found.sum, [wish.map], wish.dtype, id=wish.id, layer="sum"),
        map_frame(found.after, [wish.map], wish.dtype, id=wish.id, layer="after"),
    )


def curve(networks: Networks, wish: StreamNetworkCurve) -> Answer:
    """Yield what has to run first; return the curve of a layer's activation."""
    run = networks.run(wish.network, wish)
    yield from computed(run, wish.layer)
    told = network_curve(run, wish.layer, wish.map)
    return (text(wish.id, "curve", json_text(told).decode()),)


def weights(networks: Networks, wish: StreamNetworkWeights) -> Answer:
    """Yield what is told of the weights, and the kernels as pictures."""
    found = layer_weights(networks.zoo.get(wish.network), wish.layer)
    pictures = found.maps(wish.map)
    yield (text(wish.id, "weights", json_text(found.told).decode()),)
    for numbers, maps in pictures:
        yield (map_frame(maps, numbers, wish.dtype, id=wish.id, layer="weight"),)
    return ()
