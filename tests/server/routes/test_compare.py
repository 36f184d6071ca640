"""Comparing over HTTP: errors name the side, and answers are bounded."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings
from tests.server.every import error_of
from tests.server.stream.talk import answer

PHOTO = {"image": "cat", "size": 40}
A = {"operation": "conv2d", "input": PHOTO, "weights": ["sobel-x", "gauss-3"], "params": {"padding": 1}}
TINY = {"operation": "conv2d", "input": {"values": [[[1, 2], [3, 4]]]}, "weights": [[1]]}


@pytest.fixture
def socket(client):
    with client.websocket_connect("/api/stream") as socket:
        yield socket


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize(
    ("change", "field", "status"),
    [
        ({"params": {"stride": 0}}, "params.stride", 422),
        ({"params": {"dilation": 16}, "input": TINY["input"]}, "params.kernel_size", 422),
        ({"operation": "nonesuch"}, "operation", 404),
        ({"input": {"image": "nonesuch"}}, "input.image", 404),
        ({"input": {"image": "cat", "size": 0}}, "input.size", 422),
        ({"input": {"values": "text"}}, "input.values", 422),
        ({"input": {"values": [[[[1]]]]}, "weights": [[1]]}, "input", 422),
        ({"weights": [[1, 2], [3]]}, "weights", 422),
        ({"inputs": {"nonesuch": {"seed": 1}}}, "inputs", 422),
        ({"channel": 2}, "channel", 422),
        ({"channel": -1}, "channel", 422),
        ({"channel": 0.5}, "channel", 422),
        ({"surplus": 1}, "surplus", 422),
        ({"channels": [0]}, "channels", 422),
    ],
)
def test_errors_name_the_field_within_the_side(client, socket, side, change, field, status):
    body = {"a": A, "b": A} | {side: A | change}
    error = error_of(client.post("/api/compare", json=body), status)
    assert error["field"] == f"{side}.{field}"
    socket.send_json({"type": "compare", "id": 3} | body)
    texts, _ = answer(socket, 3)
    assert texts[-1]["error"] == error


def test_errors_of_the_whole(client, socket):
    assert error_of(client.post("/api/compare", json={"a": A}))["field"] == "b"
    assert error_of(client.post("/api/compare", json={"a": A, "b": 5}))["field"] == "b"
    assert error_of(client.post("/api/compare", json={"a": A, "b": A, "channel": 1}))["field"] == "channel"
    error = error_of(client.post("/api/compare", json={"a": A | {"channel": 2}, "b": A}))
    assert error["values"] == {"asked": 2, "min": 0, "max": 1}
    socket.send_json({"type": "compare", "id": 3, "a": A, "b": A, "dtype": "int8"})
    assert answer(socket, 3)[0][-1]["error"]["field"] == "dtype"


def test_an_answer_is_bounded():
    settings = Settings(allowed_hosts=("testserver",), max_json_values=3)
    with TestClient(create_app(settings)) as small:
        error = error_of(small.post("/api/compare", json={"a": TINY, "b": TINY}))
        assert (error["code"], error["field"]) == ("limit_compared", "a")
        assert error["values"] == {"asked": 4, "max": 3, "limit": "max_json_values"}
        other = TINY | {"weights": [[1, 1]]}
        assert small.post("/api/compare", json={"a": TINY, "b": other}).json()["comparable"] is False
        with small.websocket_connect("/api/stream") as socket:
            socket.send_json({"type": "compare", "id": 1, "a": TINY, "b": TINY})
            assert answer(socket, 1)[0][-1]["type"] == "done"


def test_the_example_of_the_reference_is_answered(client):
    told = client.get("/openapi.json").json()["paths"]["/api/compare"]["post"]
    example = told["requestBody"]["content"]["application/json"]["example"]
    answered = client.post("/api/compare", json=example).json()
    assert answered["comparable"]
    assert answered["largest"] != 0
    assert "/api/compare" in client.get("/docs").text
