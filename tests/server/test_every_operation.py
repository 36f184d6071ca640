"""Every registered operation through every call: shape, run in all formats, trace, stream."""

from __future__ import annotations

import io
import json
import math

import numpy as np
from PIL import Image

from engine.declaration.layout import Layout
from engine.limits import Limits
from server.calls.examples import example
from tests.server.every import EVERY, error_of, shape_wish, wish
from tests.server.stream.talk import answer


def loaded(reply) -> np.ndarray:
    assert reply.status_code == 200, reply.text
    return np.load(io.BytesIO(reply.content), allow_pickle=False)


def numbers(values, shape) -> np.ndarray:
    """JSON's numbers, null being NaN."""
    return np.array(values, dtype=np.float64).reshape(shape)


@EVERY
def test_it_tells_its_sizes(client, operation):
    body = shape_wish(operation)
    report = client.post("/api/shape", json=body)
    assert report.status_code == 200, report.text
    report = report.json()
    assert report["outputs"][operation.outputs[0].name] == report["output_shape"]
    assert set(report) >= {"parameters", "macs", "additions", "bytes_moved", "axes", "limits"}
    call = example(operation, Limits())
    assert report["outputs"] == {name: list(array.shape) for name, array in call.outputs().items()}
    alone = client.post("/api/shape", json={k: v for k, v in body.items() if k != "input_shapes"})
    if alone.status_code != 200:  # only where a size is read off weights that nobody told of
        assert error_of(alone)["code"] == "missing_input"
        following = [p for p in operation.parameters if p.follows and p.name not in body["params"]]
        assert following


@EVERY
def test_json_and_npy_give_every_output(client, operation):
    body = wish(operation)
    reply = client.post("/api/run", json=body)
    assert reply.status_code == 200, reply.text
    found = reply.json()
    names = [output.name for output in operation.outputs]
    first = found["outputs"][names[0]]
    assert (found["shape"], found["values"]) == (first["shape"], first["values"])
    assert set(found["outputs"]) <= set(names)
    array = loaded(client.post("/api/run", json=body | {"format": "npy"}))
    assert list(array.shape) == found["shape"]
    assert np.array_equal(numbers(found["values"], array.shape), array, equal_nan=True)
    for name, each in found["outputs"].items():
        array = loaded(client.post("/api/run", json=body | {"format": "npy", "output": name}))
        assert list(array.shape) == each["shape"]
        assert np.array_equal(numbers(each["values"], array.shape), array, equal_nan=True)
        alone = client.post("/api/run", json=body | {"output": name}).json()
        assert alone["outputs"] == {name: each}
        assert alone["values"] == each["values"]


@EVERY
def test_png_and_picked_maps_are_the_maps_view(client, operation):
    body = wish(operation)
    whole = loaded(client.post("/api/run", json=body | {"format": "npy"}))
    maps = whole.reshape(Layout(whole.shape).maps)
    png = Image.open(io.BytesIO(client.post("/api/run", json=body | {"format": "png"}).content))
    assert png.size == (maps.shape[2], maps.shape[0] * maps.shape[1])
    picked = loaded(client.post("/api/run", json=body | {"format": "npy", "channels": [0]}))
    assert np.array_equal(picked, maps[:1], equal_nan=True)
    part = client.post("/api/run", json=body | {"region": [0, 0, 1, 1]}).json()
    assert part["shape"] == [len(maps), 1, 1]
    for output in operation.outputs[1:]:
        reply = client.post("/api/run", json=body | {"format": "png", "output": output.name})
        assert reply.content.startswith(b"\x89PNG") or error_of(reply)["field"] == "output"


@EVERY
def test_its_last_cell_is_traced(client, operation):
    body = wish(operation)
    found = client.post("/api/run", json=body).json()
    cell = [size - 1 for size in found["shape"]]
    reply = client.post("/api/trace", json=body | {"cell": cell})
    assert reply.status_code == 200, reply.text
    trace = reply.json()
    value = found["values"]
    for place in cell:
        value = value[place]
    assert trace["value"] == value
    assert {term["of"] for term in trace["terms"]} <= {declared.name for declared in operation.inputs}
    assert trace["each"] is None or isinstance(trace["each"], str)
    if trace["steps"]:
        assert trace["steps"][-1]["result"] == value
        assert len(trace["steps"]) == len(trace["printed"]["steps"])


@EVERY
def test_it_streams(client, operation):
    body = wish(operation)
    found = client.post("/api/run", json=body).json()
    maps = numbers(found["values"], Layout(tuple(found["shape"])).maps)
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(body | {"id": 1, "type": "run", "dtype": "float32"})
        texts, frames = answer(socket, 1)
        assert [text["type"] for text in texts] == ["shape", "limits", "done"], texts
        assert texts[0]["output_shape"] == found["shape"]
        streamed = np.concatenate([payload for _, payload in frames])
        assert np.array_equal(streamed, maps.astype(np.float32), equal_nan=True)
        assert [n for header, _ in frames for n in header["channels"]] == list(range(len(maps)))
        cell = {"cell": [0] * len(found["shape"])}
        socket.send_json(body | cell | {"id": 2, "type": "trace"})
        texts, _ = answer(socket, 2)
        assert texts[0] == {"id": 2, "type": "trace", **client.post("/api/trace", json=body | cell).json()}


@EVERY
def test_a_batch_is_run_and_not_shown(client, operation):
    if operation.dims is None:
        return
    body = wish(operation)
    one = client.post("/api/run", json=body).json()
    values = body["input"]["values"]
    body |= {"input": {"values": [values, values]}}
    reply = client.post("/api/run", json=body)
    if any(declared.kind in ("maps", "places") for declared in operation.inputs[1:]):
        assert reply.status_code in (200, 422), reply.text
        return
    assert reply.status_code == 200, reply.text
    assert reply.json()["shape"] == [2, *one["shape"]]
    assert loaded(client.post("/api/run", json=body | {"format": "npy"})).shape == (2, *one["shape"])
    for more in ({"format": "png"}, {"channels": [0]}):
        assert error_of(client.post("/api/run", json=body | more))["code"] == "batch"
    error = error_of(client.post("/api/trace", json=body | {"cell": [0, 0, 0]}))
    assert (error["code"], error["field"]) == ("batch", "input")
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(body | {"id": 1, "type": "run"})
        assert answer(socket, 1)[0][-1]["error"]["code"] == "batch"


@EVERY
def test_a_picture_fits_its_axes(client, operation):
    body = wish(operation) | {"input": {"image": "cat", "size": 12}, "format": "npy"}
    reply = client.post("/api/run", json=body)
    if operation.dims is not None and reply.status_code == 200:
        extra = {1: (3,), 2: (3,), 3: (1, 3)}[operation.dims]
        assert loaded(reply).ndim == operation.dims + 1 or operation.family.name != "pooling", extra
    assert reply.status_code == 200 or error_of(reply)["message"]
    if operation.dims != 1:
        body["input"] = {"image": "cat", "size": 12, "row": 3}
        assert error_of(client.post("/api/run", json=body))["field"] == "input.row"


def test_numbers_that_are_not_finite_are_null_in_every_output(client):
    body = {"operation": "add", "input": {"values": [3e38, 1]}, "inputs": {"other": {"values": [3e38, 1]}}}
    reply = client.post("/api/run", json=body).json()
    assert reply["values"] == [None, 2]
    trace = client.post("/api/trace", json=body | {"cell": [0]}).json()
    assert trace["value"] is None
    assert math.isfinite(json.loads(json.dumps(trace))["terms"][0]["value"])
