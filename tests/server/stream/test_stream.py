"""WS /api/stream: newest wish wins, and nothing that is sent ends the conversation."""

from __future__ import annotations

import json
import threading

import pytest
from starlette.websockets import WebSocketDisconnect

from engine.declaration.call import Call
from tests.server.stream.talk import RUN, answer


@pytest.mark.parametrize(
    ("text", "number", "code", "field"),
    [
        ("{", None, "bad_json", None),
        ("[]", None, "not_an_object", None),
        ("[" * 100_000, None, "too_deep", None),
        ('{"id": 5, "type": "run", "bias": NaN}', None, "not_finite", "bias"),
        ('{"id": 5}', 5, "type", "type"),
        ('{"id": 5, "type": "dance"}', 5, "type", "type"),
        ('{"id": -5, "type": "cancel"}', -5, "invalid", "id"),
        ('{"id": 5, "type": "cancel", "x": 1}', 5, "unknown_field", "x"),
        (json.dumps(RUN | {"id": 6, "params": {"stride": 0}}), 6, "range", "params.stride"),
        (json.dumps(RUN | {"id": 7, "operation": "nonesuch"}), 7, "unknown_operation", "operation"),
        (json.dumps(RUN | {"id": 8, "params": {"dilation": 16}, "input": {"image": "cat", "size": 9}}), 8,
         "kernel_exceeds_input", "params.kernel_size"),
    ],
)  # fmt: skip
def test_bad_wishes_get_an_error_frame_and_the_talk_goes_on(socket, text, number, code, field):
    socket.send_text(text)
    message = socket.receive_json()
    assert message["type"] == "error"
    assert (message["id"], message["error"]["code"], message["error"]["field"]) == (number, code, field)
    socket.send_json(RUN | {"id": 99})
    assert answer(socket, 99)[0][-1]["type"] == "done"


def test_binary_is_refused_with_1003(socket):  # fault 20
    socket.send_bytes(b"\x00")
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == 1003


@pytest.fixture
def gate(monkeypatch):
    """Hold every computation back until opened; count those that began."""
    gate = threading.Event()
    begun = []
    maps = Call.maps

    def held(call, *args):
        begun.append(call.params["stride"])
        assert gate.wait(10)
        yield from maps(call, *args)

    monkeypatch.setattr(Call, "maps", held)
    yield gate, begun
    gate.set()


def test_the_newest_wish_wins_and_the_rest_is_never_heard_of(socket, gate):
    opened, begun = gate
    for number in range(1, 16):
        socket.send_json(RUN | {"id": number, "params": {"stride": number}})
    socket.send_json({"id": 100, "slot": "other", "type": "dance"})
    assert socket.receive_json()["id"] == 100  # all fifteen have been read by now
    opened.set()
    texts, frames = answer(socket, 15)
    assert {t["id"] for t in texts} == {15}
    assert {header["id"] for header, _ in frames} == {15}
    assert begun == [(1, 1), (15, 15)]


def test_slots_are_limited_to_those_that_have_work(socket, gate):
    opened, _ = gate
    for number in range(8):
        socket.send_json(RUN | {"id": number, "slot": f"s{number}"})
    socket.send_json(RUN | {"id": 8, "slot": "s8"})
    assert answer(socket, 8)[0][-1]["error"]["code"] == "limit_slots"
    opened.set()
    done = set()
    while done != set(range(8)):
        message = socket.receive()
        if message.get("text") and (text := json.loads(message["text"]))["type"] == "done":
            done.add(text["id"])
    for number in range(9, 29):
        socket.send_json(RUN | {"id": number, "slot": f"s{number}"})
        assert answer(socket, number)[0][-1]["type"] == "done"


def test_slots_do_not_cancel_each_other(socket):
    socket.send_json(RUN | {"id": 1, "slot": "a"})
    socket.send_json(RUN | {"id": 2, "slot": "b"})
    done = set()
    while done != {1, 2}:
        message = socket.receive()
        if message.get("text") and (text := json.loads(message["text"]))["type"] == "done":
            done.add(text["id"])


def test_cancel_forgets_the_slot(socket, gate):
    opened, _ = gate
    socket.send_json(RUN | {"id": 1})
    socket.send_json({"id": 2, "type": "cancel"})
    socket.send_json({"id": 100, "slot": "other", "type": "dance"})
    assert socket.receive_json()["id"] == 100
    opened.set()
    socket.send_json(RUN | {"id": 3, "slot": "b"})
    texts, _ = answer(socket, 3)
    assert {t["id"] for t in texts} == {3}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://testserver.evil.example"])
def test_a_foreign_origin_is_refused_before_accept(client, origin):  # fault 22
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/api/stream", headers={"Origin": origin}),
    ):
        pass


def test_our_own_origin_is_welcome(client):
    with client.websocket_connect("/api/stream", headers={"Origin": "http://testserver"}) as socket:
        socket.send_json(RUN | {"id": 1})
        assert answer(socket, 1)[0][-1]["type"] == "done"
