"""What there is, and the sizes of a call, over HTTP: the registry, the kernels, the worked examples."""

from __future__ import annotations

import pytest

from engine.kernels import kernels
from engine.registry import all_operations
from tests.worked_examples import EXAMPLES


def test_operations_are_the_registry(client):
    listed = client.get("/api/operations").json()["operations"]
    assert [o["name"] for o in listed] == [o.name for o in all_operations()]
    stride = next(p for p in listed[0]["params"] if p["name"] == "stride")
    assert (stride["kind"], stride["axes"], stride["min"], stride["max"]) == ("integer", 2, 1, 16)
    assert set(stride["help"]) == {"en", "zh"}


def test_operations_say_what_they_are(client):
    listed = client.get("/api/operations").json()["operations"]
    for said, known in zip(listed, all_operations(), strict=True):
        assert said.items() >= known.traits().items()
        flags = [said[flag] for flag in ("elementwise", "parts", "spreads", "shares")]
        assert flags == [known.elementwise, known.sums_channels, known.spreads, known.shares]
    short = {said["name"]: said["short"] for said in listed if said["short"] != said["name"]}
    assert short == {"relu": "ReLU", "relu6": "ReLU6", "cat": "concat"}
    for name in ("conv_transpose2d", "conv2d"):
        ask = {"operation": name, "input_shape": [1, 8, 8], "params": {"kernel_size": 3}}
        assert client.post("/api/shape", json=ask).json()["spreads"] == (name == "conv_transpose2d")


def test_kernels_are_the_named_kernels(client):
    listed = client.get("/api/kernels").json()["kernels"]
    assert [k["name"] for k in listed] == list(kernels())
    assert next(k for k in listed if k["name"] == "sobel-x")["values"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case)
def test_worked_examples_come_out(client, example):
    reply = client.post(
        "/api/shape",
        json={
            "operation": example.operation,
            "input_shape": list(example.input_shape),
            "params": example.params,
        },
    )
    assert reply.status_code == 200, reply.text
    assert reply.json()["output_shape"] == list(example.output_shape)


def test_shape_tells_windows_and_limits(client):
    body = {
        "operation": "conv2d",
        "input_shape": [1, 10, 10],
        "params": {"kernel_size": 3, "stride": 3},
    }
    shape = client.post("/api/shape", json=body).json()
    rows = shape["axes"][0]
    assert rows["text"] == "floor((10 + 0 + 0 - 1 * (3 - 1) - 1) / 3) + 1 = 3"
    assert rows["index"] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert rows["unread"] == [9]
    assert shape["dropped"] == {"bottom": 1, "right": 1}
    assert shape["limits"]["dilation"][0]["max"] == 4
    assert shape["limits"]["dilation"][0]["max_reason"]["code"] == "kernel_exceeds_input"
