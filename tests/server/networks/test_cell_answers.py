"""What the stream says of single cells, of parts, curves and weights."""

from __future__ import annotations

import numpy as np
import pytest

from server.networks.tracing import network_trace
from server.networks.wishes import PictureWish
from tests.server.networks.small import NAME
from tests.server.networks.talk import shown
from tests.server.stream.talk import answer

PICTURE = PictureWish(image="cat")


def test_over_http_and_over_the_stream(small, run):
    wish = {"image": "cat", "layer": "conv/relu", "cell": [2, 5, 6]}
    reply = small.post(f"/api/networks/{NAME}/trace", json=wish)
    assert reply.status_code == 200
    assert reply.json() == network_trace(run, "conv/relu", (2, 5, 6), 100)
    with small.websocket_connect("/api/stream") as socket:
        socket.send_json(wish | {"id": 3, "type": "network_trace", "network": NAME})
        texts, frames = answer(socket, 3)
    assert [text["type"] for text in texts] == ["network_trace", "done"]
    assert texts[0] == reply.json() | {"id": 3, "type": "network_trace"}
    assert not frames


def asked(client, **more):
    return client.post(
        f"/api/networks/{NAME}/explain", json={"image": "cat", "layer": "dense", "cell": [3]} | more
    )


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_frames_of_the_heat_map_and_of_the_gradient(small, dense, dtype):
    with small.websocket_connect("/api/stream") as socket:
        wish = {"image": "cat", "layer": "dense", "cell": [3], "dtype": dtype}
        socket.send_json(wish | {"id": 3, "type": "explain", "network": NAME})
        _, frames = answer(socket, 3)
        assert [header["layer"] for header, _ in frames] == ["contribution"]
        wish["gradient"] = True
        socket.send_json(wish | {"id": 4, "type": "explain", "network": NAME})
        texts, frames = answer(socket, 4)
    assert [text["type"] for text in texts] == ["explain", "done"]
    told = asked(small).json()
    del told["contributions"]
    assert texts[0] == told | {"id": 4, "type": "explain"}
    expected = {"contribution": dense.contributions.sum(axis=0, keepdims=True), "gradient": dense.gradient}
    assert [header["layer"] for header, _ in frames] == list(expected)
    for header, maps in frames:
        whole = expected[header["layer"]]
        assert header["channels"] == list(range(len(whole)))
        assert header["dtype"] == dtype
        found = maps if dtype == "float32" else shown(header, maps)
        steps = (whole.max(axis=(1, 2)) - whole.min(axis=(1, 2))) / 255
        assert (np.abs(found - whole) <= 0.51 * steps[:, None, None] + 1e-5).all()
