"""Curves, and activations after a call: over HTTP and over the stream."""

from __future__ import annotations

import numpy as np
import pytest

from tests.server.every import EVERY, error_of, wish
from tests.server.stream.talk import answer

CALL = {
    "operation": "conv2d",
    "weights": ["sobel-x", "sobel-y"],
    "input": {"image": "coffee", "size": 24, "color": "grey"},
}


def post(client, path, **more):
    return client.post(f"/api/{path}", json=CALL | more)


def listed(client):
    return {one["name"]: one for one in client.get("/api/operations").json()["operations"]}


def activations(client):
    return [name for name, one in listed(client).items() if one["elementwise"]]


def test_the_curve_of_an_activation(client):
    found = post(client, "curve", activation="relu", channel=1).json()
    before = np.array(post(client, "run").json()["values"][1])
    after = np.array(post(client, "run", activation="relu").json()["values"][1])
    assert (found["name"], found["formula"]) == ("relu", "max(0, x)")
    assert found["y"] == [max(0, x) for x in found["x"]]
    assert found["slope"] == [float(x > 0) for x in found["x"]]
    for name, maps in (("before", before), ("after", after)):
        told = found[name]
        assert (told["min"], told["max"], told["not_finite"]) == (maps.min(), maps.max(), 0)
        assert told["zeros"] == (maps == 0).sum()
        assert sum(told["counts"]) == maps.size
        assert len(told["edges"]) == len(told["counts"]) + 1


def test_the_stream_gives_the_same(client):
    for more in ({"activation": "gelu"}, {"activation": "tanh", "channel": 1}):
        with client.websocket_connect("/api/stream") as socket:
            socket.send_json(CALL | more | {"id": 3, "type": "curve"})
            texts, frames = answer(socket, 3)
        assert texts[0] == {"id": 3, "type": "curve", **post(client, "curve", **more).json()}
        assert [text["type"] for text in texts] == ["curve", "done"]
        assert frames == []


@EVERY
def test_every_operation_has_one_by_itself_or_with_an_activation(client, operation):
    body = wish(operation)
    has = listed(client)[operation.name]["elementwise"]
    reply = client.post("/api/curve", json=body)
    if has:
        assert reply.json()["name"] == operation.name
    else:
        error = error_of(reply)
        assert (error["code"], error["field"]) == ("no_curve", "activation")
        assert error["values"]["names"] == activations(client)
    found = client.post("/api/curve", json=body | {"activation": "silu"})
    assert found.json()["name"] == "silu"


@EVERY
def test_every_operation_may_be_activated(client, operation):
    body = wish(operation) | {"activation": "hardswish"}
    plain = client.post("/api/run", json=wish(operation)).json()
    found = client.post("/api/run", json=body).json()
    name, *others = [output.name for output in operation.outputs]
    assert {key: found["outputs"][key] for key in others if key in plain["outputs"]} == {
        key: plain["outputs"][key] for key in others if key in plain["outputs"]
    }
    alone = {"operation": "hardswish", "input": {"values": plain["values"]}}
    expected = client.post("/api/run", json=alone).json()["values"]
    assert np.allclose(found["outputs"][name]["values"], expected, rtol=1e-5, atol=1e-6)
    cell = [size - 1 for size in found["shape"]]
    trace = client.post("/api/trace", json=body | {"cell": cell}).json()
    value = found["values"]
    for place in cell:
        value = value[place]
    assert trace["value"] == trace["steps"][-1]["result"] == value
    assert trace["steps"][-1]["name"] == "x max(0, min(1, x / 6 + 0.5))"


def test_the_stream_sends_activated_maps_and_traces(client):
    expected = post(client, "run", activation="relu").json()
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(CALL | {"activation": "relu", "id": 1, "type": "run", "dtype": "float32"})
        texts, frames = answer(socket, 1)
        assert [text["type"] for text in texts] == ["shape", "limits", "done"]
        assert np.concatenate([maps for _, maps in frames]).tolist() == expected["values"]
        socket.send_json(CALL | {"activation": "relu", "id": 2, "type": "trace", "cell": [1, 2, 3]})
        trace = answer(socket, 2)[0][0]
    assert trace["value"] == expected["values"][1][2][3]
    assert trace["before"] == post(client, "run").json()["values"][1][2][3]


@pytest.mark.parametrize("name", ["softmax", "conv2d", "nonesuch", ""])
@pytest.mark.parametrize("path", ["run", "trace", "curve"])
def test_what_is_no_elementwise_activation_is_refused(client, path, name):
    more = {"cell": [0, 0, 0]} if path == "trace" else {}
    error = error_of(post(client, path, activation=name, **more))
    assert (error["code"], error["field"]) == ("unknown_activation", "activation")
    names = activations(client)
    assert error["values"]["names"] == names
    assert all(name in error["message"] for name in names)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"channel": 2}, "channels", "channel"),
        ({"input": {"values": [[[[1.0]]]]}, "weights": [[1]]}, "batch", "input"),
        ({"activation": 3}, "string_type", "activation"),
        ({"cell": [0, 0, 0]}, "unknown_field", "cell"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(client, more, code, field):
    error = error_of(post(client, "curve", **({"activation": "relu"} | more)))
    assert error["field"] == field
    assert error["code"] in (code, "invalid")


def test_what_is_not_finite_is_counted_and_null(client):
    body = {"operation": "relu", "input": {"values": [[[1e30, -2.0]]]}}
    chained = {"operation": "mse_loss", "input": {"values": [3e38]}, "activation": "sigmoid"}
    assert client.post("/api/curve", json=body).json()["before"]["max"] == pytest.approx(1e30)
    chained["inputs"] = {"target": {"values": [-3e38]}}
    found = client.post("/api/curve", json=chained).json()
    assert found["before"]["not_finite"] == 1
    assert (found["before"]["min"], found["before"]["counts"]) == (None, [])


def test_another_activation_computes_nothing_again(client, monkeypatch):
    from engine.operations.convolution import Convolution

    computed, forward_maps = [], Convolution.forward_maps
    monkeypatch.setattr(
        Convolution, "forward_maps", lambda *args: computed.append(args) or forward_maps(*args)
    )
    more = {"input": {"image": "palace", "size": 61}}
    for name in (None, "relu", "tanh", "relu", None):
        maps = post(client, "run", activation=name, **more).json()["values"]
        trace = post(client, "trace", activation=name, cell=[1, 2, 3], **more).json()
        assert trace["value"] == maps[1][2][3]
        if name:
            post(client, "curve", activation=name, **more)
    assert len(computed) == 1
