"""Drawn inputs: the same for the same seed, and refused before they are drawn."""

from __future__ import annotations

from tests.server.stream.talk import answer


def test_seeds_draw_the_same_again(client):
    body = {
        "operation": "conv2d",
        "input": {"image": "cat", "size": 12},
        "inputs": {"weight": {"seed": 1}, "bias": {"seed": 1}},
        "params": {"out_channels": 4, "kernel_size": [2, 3]},
    }
    first = client.post("/api/run", json=body).json()
    assert first["shape"][0] == 4
    assert client.post("/api/run", json=body).json() == first
    body["inputs"]["weight"]["seed"] = 2
    assert client.post("/api/run", json=body).json()["values"] != first["values"]


def test_what_is_drawn_does_not_hold_the_limits(client):
    body = {
        "operation": "conv3d",
        "input": {"image": "cat", "size": 12},
        "inputs": {"weight": {"seed": 1}},
        "params": {"out_channels": 2, "kernel_size": [2, 3, 3]},
    }
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(body | {"id": 1, "type": "run"})
        limits = answer(socket, 1)[0][1]["limits"]
    assert limits["out_channels"][0]["max"] > 2
    assert [one["max"] for one in limits["kernel_size"]][:2] == [3, 8]
