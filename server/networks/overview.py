"""The stream "activations": every layer as soon as it is computed, and some in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.arrays import Array
from engine.errors import UnknownName
from server.networks.context import Networks
from server.networks.full import full
from server.networks.given import given
from server.networks.measures import Measures, as_maps
from server.networks.predict import likeliest
from server.networks.runs import Run
from server.networks.steps import together
from server.networks.thumbnails import thumbnails
from server.networks.wishes import StreamActivations
from server.networks.zoo import Shipped
from server.wire.frames import map_frame
from server.wire.json_text import json_text
from server.wire.stream_answer import Answer, Message, text


def overview(networks: Networks, wish: StreamActivations) -> Answer:
    """Yield the input, each layer's measures and strongest maps, the classes, and what is wished in full.

    The first layer goes at once. Of a wish that is superseded no further step is computed.
    """
    shipped = networks.zoo.get(wish.network)
    _check_layers(shipped, wish)
    run = networks.runs.get(shipped, wish)
    yield given(run, wish.id)
    yield from together(_layers(run, wish))
    for layer in wish.layers:
        yield from full(run, layer, wish.id, wish.dtype)
    return ()


def _check_layers(shipped: Shipped, wish: StreamActivations) -> None:
    for place, layer in enumerate(wish.layers):
        try:
            shipped.network.node(layer)
        except UnknownName as error:
            error.field = f"layers.{place}"
            raise


def _layers(run: Run, wish: StreamActivations) -> Iterator[Sequence[Message]]:
    about, unit_of = run.shipped.about, run.shipped.unit_of
    awaited = {about.logits, about.probabilities}
    count = len(run.shipped.network.nodes)
    for index, (name, array) in enumerate(run.layers()):
        found = run.measures(name)
        told: dict[str, object] = {
            "layer": name,
            "index": index,
            "of": count,
            "shape": list(array.shape),
            "stats": found.data(wish.strongest),
            "ms": run.ms[name],
        }
        messages: list[Message] = [text(wish.id, "layer", json_text(told).decode())]
        if unit_of[name].last == name:
            messages.append(_small(name, array, found, wish))
        if name in awaited:
            awaited.remove(name)
            if not awaited:
                messages.append(_classes(run, wish))
        yield messages


def _small(name: str, array: Array, found: Measures, wish: StreamActivations) -> Message:
    if array.ndim == 1:
        return map_frame(as_maps(array), [0], "float32", id=wish.id, layer=name, thumb=True)
    channels = found.strongest(wish.strongest)
    small = thumbnails(np.ascontiguousarray(array[channels]), wish.thumb)
    return map_frame(small, channels, id=wish.id, layer=name, thumb=True)


def _classes(run: Run, wish: StreamActivations) -> Message:
    found = run.until(run.shipped.about.probabilities)
    told = {"classes": likeliest(run.shipped, found, wish.top)}
    return text(wish.id, "classes", json_text(told).decode())
