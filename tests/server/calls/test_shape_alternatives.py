"""Floor, ceil and TensorFlow's padding, as POST /api/shape and the stream tell of them."""

from __future__ import annotations

import pytest

from tests.server.stream.talk import answer

TEN = {
    "floor": {"output": 3, "padding": [0, 0], "unread": 1, "beyond": 0},
    "ceil": {"output": 4, "padding": [0, 0], "unread": 0, "beyond": 2},
    "same": {"output": 4, "padding": [1, 1], "unread": 0, "beyond": 0},
}


@pytest.mark.parametrize("operation", ["conv2d", "max_pool2d", "avg_pool2d"])
def test_each_axis_has_its_own(client, operation):
    params: dict[str, object] = {"kernel_size": 3, "stride": 3}
    if operation == "conv2d":
        params["out_channels"] = 1
    body = {"operation": operation, "input_shape": [1, 10, 9], "params": params}
    rows, columns = client.post("/api/shape", json=body).json()["axes"]
    assert rows["alternatives"] == TEN
    nine = {"output": 3, "padding": [0, 0], "unread": 0, "beyond": 0}
    assert columns["alternatives"] == {"floor": nine, "ceil": nine, "same": nine}


def test_an_axis_of_another_law_has_none(client):
    body = {"operation": "conv_transpose2d", "input_shape": [1, 5, 5]}
    body |= {"params": {"kernel_size": 3, "out_channels": 1}}
    assert [axis["alternatives"] for axis in client.post("/api/shape", json=body).json()["axes"]] == [
        None,
        None,
    ]


def test_over_the_stream(client):
    wish = {"operation": "conv2d", "input": {"values": [[[0] * 10] * 10]}, "weights": "box-3"}
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(wish | {"type": "run", "id": 1, "params": {"stride": 3}})
        texts, _ = answer(socket, 1)
    assert texts[0]["type"] == "shape"
    assert [axis["alternatives"] for axis in texts[0]["axes"]] == [TEN, TEN]
