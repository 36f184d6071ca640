"""Work on a run is cut into steps: a superseded wish computes no further layer."""

from __future__ import annotations

import threading

import pytest

from engine.network import forward
from server.networks import runs, steps
from tests.server.networks.small import LAYERS, serving
from tests.server.networks.talk import WISH
from tests.server.stream.talk import answer


@pytest.fixture
def held(folder, monkeypatch):
    """A service in which every layer waits to be let through, and the layers that have begun."""
    passing, begun = threading.Semaphore(0), []

    def waiting(network, *args, **options):
        layers = forward(network, *args, **options)
        for node in network.nodes:
            begun.append(node.layer.name)
            assert passing.acquire(timeout=5)
            yield next(layers)

    monkeypatch.setattr(runs, "forward", waiting)
    monkeypatch.setattr(steps, "_TOGETHER", 0)
    with serving(folder) as client, client.websocket_connect("/api/stream") as socket:
        yield socket, passing, begun
        passing.release(1000)


def heard(socket, kind):
    """Read on until a message of this kind."""
    while f'"type":"{kind}"' not in (socket.receive().get("text") or "").replace(" ", ""):
        pass


def test_a_superseded_wish_computes_no_further_layer(held):
    socket, passing, begun = held
    socket.send_json(WISH | {"id": 1, "image": "coffee"})
    heard(socket, "input")
    passing.release()
    heard(socket, "layer")  # the first is told of, and then the second begins
    socket.send_json({"type": "cancel", "id": 2})
    socket.send_json({"type": "dance", "id": 3, "slot": "other"})
    heard(socket, "error")  # so both have been read
    passing.release(1000)
    socket.send_json(WISH | {"id": 4, "type": "network_input"})
    texts, frames = answer(socket, 4)
    assert {text["id"] for text in texts} == {4}
    assert {header["id"] for header, _ in frames} == {4}
    assert begun == LAYERS[:2]


def test_what_was_left_half_done_goes_on_from_there(held):
    socket, passing, begun = held
    socket.send_json(WISH | {"id": 1})
    heard(socket, "input")
    passing.release()
    heard(socket, "layer")
    socket.send_json(WISH | {"id": 2, "image": "dot"})
    socket.send_json({"type": "dance", "id": 4, "slot": "other"})
    heard(socket, "error")
    passing.release(1000)
    assert {text["id"] for text in answer(socket, 2)[0]} == {2}
    begun.clear()
    socket.send_json(WISH | {"id": 3})
    texts, _ = answer(socket, 3)
    assert [text["layer"] for text in texts if text["type"] == "layer"] == LAYERS
    assert begun == LAYERS[2:]
