"""A layer in full over the stream: its measures, its histogram and every map, some at a time."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis.histogram import histogram
from tests.server.networks.small import LAYERS
from tests.server.networks.talk import VECTORS, WISH, ask, shown
from tests.server.stream.talk import answer


def whole(texts, frames, layer, expected, dtype):
    """Check what was sent of a layer in full."""
    (told,) = (text for text in texts if text["type"] == "full" and text["layer"] == layer)
    array = expected[layer]
    rows = array.reshape(len(array), -1)
    assert told["shape"] == list(array.shape)
    assert np.allclose(told["strength"], np.abs(rows).mean(axis=1), rtol=1e-5, atol=1e-7)
    counted = histogram(array)
    assert told["histogram"] == {"edges": counted.edges.tolist(), "counts": counted.counts.tolist()}
    mine = [(header, maps) for header, maps in frames if header.get("full") and header["layer"] == layer]
    if layer in VECTORS:
        ((header, maps),) = mine
        assert header["channels"] == [0]
        assert np.array_equal(maps[0, 0], array)
        return
    assert [channel for header, _ in mine for channel in header["channels"]] == list(range(len(array)))
    for header, maps in mine:
        part = array[header["channels"]]
        assert header["dtype"] == dtype
        if dtype == "float32":
            assert np.array_equal(maps, part)
        else:
            spans = np.ptp(part, axis=(1, 2), keepdims=True)
            assert (np.abs(shown(header, maps) - part) <= spans / 500 + 1e-6).all()


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_some_layers_in_full_after_the_overview(socket, expected, dtype):
    texts, frames = ask(socket, 1, layers=["fork/cat", "share"], dtype=dtype)
    kinds = [text["type"] for text in texts]
    assert kinds[-4:] == ["classes", "full", "full", "done"]
    for layer in ("fork/cat", "share"):
        whole(texts, frames, layer, expected, dtype)


@pytest.mark.parametrize("layer", LAYERS)
def test_one_layer_in_full(socket, expected, layer):
    texts, frames = ask(socket, 1, type="network_maps", layer=layer, dtype="float32")
    assert [text["type"] for text in texts] == ["full", "done"]
    whole(texts, frames, layer, expected, "float32")


def test_many_maps_are_sent_some_at_a_time(client):
    wish = WISH | {"type": "network_maps", "network": "squeezenet-1.1", "layer": "fire4/concat", "id": 1}
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(wish)
        _, frames = answer(socket, 1)
    assert [len(header["channels"]) for header, _ in frames] == [64] * 4
    assert frames[1][0]["channels"][0] == 64
