"""What each input channel gives to a map, by POST /api/run and over the stream."""

from __future__ import annotations

import io

import numpy as np
import pytest

from tests.server.every import EVERY, error_of, wish
from tests.server.stream.talk import answer

CALL = {
    "operation": "conv2d",
    "weights": {"values": [[[1, 2], [3, 4]], [[0, -1], [1, 0]]]},
    "bias": [5, -7],
    "input": {"image": "coffee", "size": 24},
}


def run(client, **more):
    return client.post("/api/run", json=CALL | more)


def stream(client, **more):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(CALL | {"id": 1, "type": "run", "dtype": "float32"} | more)
        return answer(socket, 1)


def test_parts_and_bias_are_the_map(client):
    reply = run(client, parts=1).json()
    part, total, bias = (np.array(reply["outputs"][name]["values"]) for name in ("part", "sum", "bias"))
    assert reply["shape"] == [3, *run(client).json()["shape"][1:]]
    assert reply["values"] == part.tolist()
    assert (part.sum(axis=0) + bias == total[0]).all()
    assert bias == -7
    assert total[0].tolist() == run(client).json()["values"][1]


def test_an_activation_comes_after_the_sum(client):
    plain = run(client, parts=1).json()
    assert run(client, parts=1, activation="relu").json() == plain
    _, frames = stream(client, parts=1, activation="relu")
    assert frames[-1][1].tolist() == plain["outputs"]["sum"]["values"]
    assert frames[-1][1].min() < 0


def test_the_stream_tells_of_the_parts_and_sends_them(client):
    texts, frames = stream(client, parts=1)
    expected = run(client, parts=1).json()
    assert [text["type"] for text in texts] == ["parts", "done"]
    told = {key: value for key, value in texts[0].items() if key not in ("id", "type")}
    assert told == {"of": 1, "channels": [0, 1, 2], "bias": -7, "shape": expected["shape"]}
    *parts, (last, total) = frames
    assert {header["layer"] for header, _ in parts} == {"part"}
    assert [n for header, _ in parts for n in header["channels"]] == [0, 1, 2]
    assert np.concatenate([maps for _, maps in parts]).tolist() == expected["values"]
    assert (last["layer"], last["channels"]) == ("sum", [1])
    assert total.tolist() == expected["outputs"]["sum"]["values"]


def test_of_groups_the_channels_are_named(client):
    texts, frames = stream(client, parts=4, params={"groups": 3})
    assert (texts[0]["channels"], texts[0]["bias"], texts[0]["shape"][0]) == ([2], 5, 1)
    assert frames[0][0]["channels"] == [2]


def test_without_a_bias_there_is_none(client):
    reply = run(client, parts=0, bias=None).json()
    assert list(reply["outputs"]) == ["part", "sum"]
    assert stream(client, parts=0, bias=None)[0][0]["bias"] is None


def test_some_parts_of_a_region(client):
    whole = run(client, parts=0).json()
    some = run(client, parts=0, channels=[2, 0], region=[1, 2, 3, 4]).json()
    assert some["values"] == np.array(whole["values"])[[2, 0], 1:4, 2:6].tolist()
    texts, frames = stream(client, parts=0, channels=[2, 0], region=[1, 2, 3, 4])
    assert texts[0]["channels"] == [n for header, _ in frames[:-1] for n in header["channels"]] == [2, 0]
    assert all(header["region"] == [1, 2, 3, 4] and maps.shape[1:] == (3, 4) for header, maps in frames)
    assert np.concatenate([maps for _, maps in frames[:-1]]).tolist() == some["values"]


def test_in_every_format(client):
    whole = np.array(run(client, parts=0).json()["values"])
    assert np.array_equal(np.load(io.BytesIO(run(client, parts=0, format="npy").content)), whole)
    assert run(client, parts=0, format="png").content.startswith(b"\x89PNG")
    rows = run(client, parts=0, format="csv").text.strip().splitlines()
    assert len(rows) == whole.shape[0] * (whole.shape[1] + 1) - 1


@EVERY
def test_every_operation_has_them_or_says_who_does(client, operation):
    marked = {one["name"]: one["parts"] for one in client.get("/api/operations").json()["operations"]}
    reply = client.post("/api/run", json=wish(operation) | {"parts": 0})
    if marked[operation.name]:
        total = np.array(reply.json()["outputs"]["sum"]["values"])
        part = np.array(reply.json()["values"])
        bias = reply.json()["outputs"].get("bias", {"values": 0})["values"]
        assert np.allclose(part.sum(axis=0) + bias, total[0], rtol=1e-5)
    else:
        error = error_of(reply)
        assert (error["code"], error["field"]) == ("no_parts", "parts")
        assert error["values"]["names"] == [name for name, has in marked.items() if has]


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"parts": 2}, "channels", "parts"),
        ({"parts": -1}, "invalid", "parts"),
        ({"parts": 0, "channels": [3]}, "channels", "channels"),
        ({"parts": 0, "region": [0, 0, 99, 1]}, "region", "region"),
        ({"parts": 0, "output": "output"}, "parts_output", "output"),
        ({"parts": 0, "input": {"values": [[[[1, 2], [3, 4]]]]}}, "batch", "input"),
        ({"parts": 0, "params": {"padding": 300}}, "limit_json_values", "format"),
        ({"parts": 0, "weights": [[1]], "bias": None, "format": "npy", "params": {"padding": 500},
          "input": {"values": np.zeros((40, 1, 1)).tolist()}}, "limit_cells", "parts"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_name(client, more, code, field):
    error = error_of(run(client, **more))
    assert (error["code"], error["field"]) == (code, field)


def test_the_stream_refuses_alike(client):
    texts, frames = stream(client, parts=2)
    assert (texts[-1]["error"]["code"], texts[-1]["error"]["field"], frames) == ("channels", "parts", [])
