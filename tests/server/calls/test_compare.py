"""Two calls compared: over HTTP and over the WebSocket, against the maps that runs give."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest

from engine.declaration.call import Call
from engine.operations.convolution import Convolution
from server.calls.compare import compare
from tests.server.every import EVERY, wish
from tests.server.stream.talk import answer

PHOTO = {"image": "cat", "size": 40}
A = {"operation": "conv2d", "input": PHOTO, "weights": ["sobel-x", "gauss-3"], "params": {"padding": 1}}
B = {"operation": "conv2d", "input": PHOTO, "weights": "box-3", "bias": 0.5, "params": {"padding": 1}}
TINY = {"operation": "conv2d", "input": {"values": [[[1, 2], [3, 4]]]}, "weights": [[1]]}


def ask(client, a, b, status=200):
    reply = client.post("/api/compare", json={"a": a, "b": b})
    assert reply.status_code == status, reply.text
    return reply.json()


def maps_of(client, call):
    values = client.post("/api/run", json=call | {"channels": [0]}).json()["values"]
    return np.array(values[0], np.float64)


@pytest.fixture
def socket(client):
    with client.websocket_connect("/api/stream") as socket:
        yield socket


def test_the_difference_is_b_minus_a(client):
    told = ask(client, A | {"channel": 1}, B)
    a = np.array(client.post("/api/run", json=A).json()["values"][1])
    b = maps_of(client, B)
    assert np.array_equal(told["difference"], b - a)
    sizes = np.abs(b - a)
    y, x = np.unravel_index(sizes.argmax(), sizes.shape)
    assert told["at"] == [y, x]
    assert told["largest"] == (b - a)[y, x]
    assert told["mean"] == pytest.approx(sizes.mean(), rel=1e-12)
    assert told["equal"] == np.count_nonzero(a == b)
    assert (told["comparable"], told["undefined"]) == (True, 0)
    assert told["shapes"] == [list(a.shape), list(b.shape)]


def test_whole_numbers_are_exact_and_written_as_such(client):
    told = ask(client, TINY, TINY | {"weights": [[-3]], "bias": 7})
    assert told["difference"] == [[3, -1], [-5, -9]]
    assert (told["largest"], told["at"], told["mean"], told["equal"]) == (-9, [1, 1], 4.5, 0)
    assert (
        '"difference":[[3,-1],[-5,-9]]'
        in client.post("/api/compare", json={"a": TINY, "b": TINY | {"weights": [[-3]], "bias": 7}}).text
    )


def test_whole_numbers_beyond_float64_are_exact():
    a, b = np.array([[2**53, 5]]), np.array([[-(2**53) - 1, 5]])
    told = compare(a, b).told
    assert (told["largest"], told["equal"], told["mean"]) == (-(2**54) - 1, 1, (2**54 + 1) / 2)
    a, b = np.array([[250, 3]], np.uint8), np.array([[3, 250]], np.uint8)
    difference = compare(a, b).difference
    assert difference is not None
    assert difference.tolist() == [[-247, 247]]
    assert compare(a, b).told["at"] == [0, 0]  # the first of equals
    huge = compare(np.array([[3e38]], np.float32), np.array([[-3e38]], np.float32))
    assert huge.told["largest"] == -2 * float(np.float32(3e38))


def test_what_is_not_finite_has_no_difference():
    inf, nan = np.inf, np.nan
    a = np.array([[inf, -inf, nan, inf, 1, nan, 2.5]], np.float32)
    b = np.array([[inf, inf, nan, 1, nan, 3, 2]], np.float32)
    told = compare(a, b).told
    assert (told["equal"], told["undefined"]) == (2, 6)
    assert (told["largest"], told["at"], told["mean"]) == (-0.5, [0, 6], 0.5)
    told = compare(a[:, :3], b[:, :3]).told
    assert (told["largest"], told["at"], told["mean"], told["undefined"]) == (None, None, None, 3)


def test_it_is_null_in_json(client):
    huge = {"operation": "conv2d", "input": {"values": [[[3e38, 3e38]]]}, "weights": [[1, 1.5]]}
    told = ask(client, huge, huge)
    assert told["difference"] == [[None]]
    assert (told["largest"], told["mean"], told["equal"], told["undefined"]) == (None, None, 1, 1)


def test_maps_of_different_shapes_are_shown_but_not_compared(client, socket):
    small = A | {"params": {"stride": 2}}
    told = ask(client, A, small)
    assert told["comparable"] is False
    assert told["shapes"][0] != told["shapes"][1]
    assert {told[name] for name in ("largest", "at", "mean", "equal", "undefined", "difference")} == {None}
    socket.send_json({"type": "compare", "id": 1, "a": A, "b": small})
    texts, frames = answer(socket, 1)
    assert texts[0]["comparable"] is False
    assert [header["layer"] for header, _ in frames] == ["a", "b"]


@EVERY
def test_every_operation_equals_itself_whatever_its_rank(client, operation):
    call = wish(operation)
    told = ask(client, call, call)
    shown = client.post("/api/run", json=call | {"channels": [0]}).json()
    assert told["shapes"] == [shown["shape"][1:]] * 2
    assert told["comparable"]
    assert told["equal"] == np.prod(told["shapes"][0])
    assert told["largest"] in (0, None)


def test_operations_of_all_ranks_may_be_compared_with_each_other(client):
    flat = {"operation": "flatten", "input": {"values": [[[1, 2], [3, 4]]]}}
    signal = {"operation": "avg_pool1d", "input": {"values": [[5, 5, 5, 5], [1, 2, 3, 4]]}}
    signal |= {"params": {"kernel_size": 1}, "channel": 1}
    assert ask(client, flat, signal)["difference"] == [[0, 0, 0, 0]]
    loss = {"operation": "mse_loss", "input": {"values": [1, 3]}, "inputs": {"target": {"values": [1, 1]}}}
    told = ask(client, loss, loss)
    assert (told["shapes"], told["difference"]) == ([[1, 1], [1, 1]], [[0]])


def test_over_the_stream(client, socket):
    told = ask(client, A, B)
    socket.send_json({"type": "compare", "id": 7, "slot": "compare", "a": A, "b": B, "dtype": "float32"})
    texts, frames = answer(socket, 7)
    assert [text["type"] for text in texts] == ["compare", "done"]
    difference = told.pop("difference")
    assert texts[0] == {"id": 7, "type": "compare", **told}
    assert [header["layer"] for header, _ in frames] == ["a", "b", "difference"]
    a, b, shown = (maps[0].astype(np.float64) for _, maps in frames)
    assert np.array_equal(a, maps_of(client, A))
    assert np.array_equal(b, maps_of(client, B))
    assert np.array_equal(shown, np.array(difference, np.float32))
    socket.send_json({"type": "compare", "id": 8, "a": A | {"channel": 1}, "b": B})
    _, frames = answer(socket, 8)
    assert [(header["dtype"], header["channels"]) for header, _ in frames] == [
        ("uint8", [1]),
        ("uint8", [0]),
        ("uint8", [0]),
    ]


@pytest.fixture
def gate(monkeypatch):
    """Hold every computation back until opened; keep the strides of those that began."""
    gate, begun, held = threading.Event(), [], threading.Event()
    maps = Call.maps

    def wait(call, *args):
        begun.append(call.params["stride"][0])
        held.set()
        assert gate.wait(10)
        yield from maps(call, *args)

    monkeypatch.setattr(Call, "maps", wait)
    yield gate, begun, held
    gate.set()


def test_a_newer_wish_need_not_wait_for_the_second_map(socket, gate):
    opened, begun, held = gate
    first, second = A | {"params": {"stride": 3}}, A | {"params": {"stride": 4}}
    socket.send_json({"type": "compare", "id": 1, "a": first, "b": second})
    assert held.wait(10)
    socket.send_json({"type": "compare", "id": 2, "a": A | {"params": {"stride": 5}}, "b": first})
    socket.send_json({"id": 100, "slot": "other", "type": "dance"})
    assert socket.receive_json()["id"] == 100  # the newer one has been read by now
    opened.set()
    texts, frames = answer(socket, 2)
    assert {text["id"] for text in texts} == {2}
    assert {header["id"] for header, _ in frames} == {2}
    assert begun == [3, 5, 3]


def test_what_was_computed_is_not_computed_again(client, socket, monkeypatch):
    computed = []
    forward = Convolution.forward_maps

    def counted(operation, call, maps):
        computed.append(maps)
        return forward(operation, call, maps)

    monkeypatch.setattr(Convolution, "forward_maps", counted)
    call = A | {"input": {"image": "flower", "size": 33}}
    other = call | {"params": {"padding": 1, "stride": 2}}
    socket.send_json(call | {"type": "run", "id": 1})
    answer(socket, 1)
    assert len(computed) == 1
    socket.send_json({"type": "compare", "id": 2, "a": call, "b": call | {"channel": 1}})
    answer(socket, 2)
    assert len(computed) == 1
    ask(client, call, other)
    ask(client, other, call)
    assert len(computed) == 2


def test_an_activation_belongs_to_its_side(client):
    told = ask(client, TINY | {"weights": [[-1]]}, TINY | {"weights": [[-1]], "activation": "relu"})
    assert told["difference"] == [[1, 2], [3, 4]]


def test_the_stream_knows_the_type(socket):
    socket.send_text(json.dumps({"id": 5, "type": "dance"}))
    assert "compare" in socket.receive_json()["error"]["values"]["names"]
