"""Pictures as inputs of a call: cropped, edited and drawn, over HTTP and over the WebSocket alike."""

from __future__ import annotations

import io

import numpy as np
import pytest

from tests.server.every import error_of
from tests.server.stream.talk import answer

PART = {
    "image": "coffee",
    "size": 20,
    "crop": [10, 20, 60, 80],
    "edits": [[0, 0, 255], [14, 19, 7], [0, 0, 9]],
}
SAME = "/api/images/coffee/pixels?size=20&crop=10,20,60,80&edits=0.0.255;14.19.7;0.0.9&format=npy"
"""The identity, so that what comes out is what went in."""
POOL = {"operation": "max_pool2d", "params": {"kernel_size": 1}}

REFUSED = [
    ({"crop": [0, 0, 401, 1]}, "crop", "400 x 600"),
    ({"crop": [0, 600, 1, 1]}, "crop", "400 x 600"),
    ({"crop": [0, 0, 0, 1]}, "crop", "at least one pixel"),
    ({"crop": [0, 0, 1]}, "crop", "4"),
    ({"crop": [0, 0, 1, 1, 1]}, "crop", "4"),
    ({"crop": []}, "crop", "4"),
    ({"crop": "0,0,1,1"}, "crop", "list"),
    ({"crop": [-1, 0, 1, 1]}, "crop.0", "greater than or equal to 0"),
    ({"crop": [0, 0, 1.5, 1]}, "crop.2", "integer"),
    ({"crop": [0, 0, 1.0, 1]}, "crop.2", "integer"),
    ({"crop": [0, 0, True, 1]}, "crop.2", "integer"),
    ({"crop": [0, 0, "1", 1]}, "crop.2", "integer"),
    ({"crop": [0, 0, 2**31, 1]}, "crop.2", "less than"),
    ({"edits": [[0, 0, 1], [13, 0, 1]]}, "edits.1", "13 x 20 cells"),
    ({"edits": [[0, 20, 1]]}, "edits.0", "13 x 20 cells"),
    ({"edits": [[0, 0, 256]]}, "edits.0", "from 0 to 255"),
    ({"edits": [[0, 0, -1]]}, "edits.0.2", "greater than or equal to 0"),
    ({"edits": [[0, 0]]}, "edits.0", "3"),
    ({"edits": [[0, 0, 1, 1]]}, "edits.0", "3"),
    ({"edits": [[0, 0, True]]}, "edits.0.2", "integer"),
    ({"edits": [[0, 0, 0.5]]}, "edits.0.2", "integer"),
    ({"edits": [0, 0, 1]}, "edits.0", "list"),
    ({"edits": [[0, 0, 1]] * 4097}, "edits", "4096"),
    ({"frame": True}, "frame", "integer"),
]


def loaded(reply):
    assert reply.status_code == 200, reply.text[:500]
    return np.load(io.BytesIO(reply.content))


def test_what_is_run_is_what_is_shown(client):
    shown = loaded(client.get(SAME))
    assert shown.shape == (3, 15, 20)
    assert (shown[:, 0, 0].tolist(), shown[:, 14, 19].tolist()) == ([9] * 3, [7] * 3)
    run = loaded(client.post("/api/run", json=POOL | {"input": PART, "format": "npy"}))
    np.testing.assert_array_equal(run, shown)
    by_name = {"operation": "add", "inputs": {"input": PART, "other": PART}, "format": "npy"}
    np.testing.assert_array_equal(loaded(client.post("/api/run", json=by_name)), shown.astype(int) * 2)


def test_a_trace_sees_the_edits(client):
    conv = {"operation": "conv2d", "weights": [[1]], "input": PART | {"color": "grey"}, "cell": [0, 14, 19]}
    assert client.post("/api/trace", json=conv).json()["value"] == 7
    conv["input"] = conv["input"] | {"edits": [[14, 19, 8]]}
    assert client.post("/api/trace", json=conv).json()["value"] == 8


def test_signals_and_volumes_take_them_too(client):
    shown = loaded(client.get(SAME))
    line = {"operation": "max_pool1d", "params": {"kernel_size": 1}, "format": "npy"}
    run = loaded(client.post("/api/run", json=line | {"input": PART | {"row": 14}}))
    np.testing.assert_array_equal(run, shown[:, 14])
    np.testing.assert_array_equal(loaded(client.post("/api/run", json=line | {"input": PART})), shown[:, 7])
    error = error_of(client.post("/api/run", json=line | {"input": PART | {"row": 15}}))
    assert (error["field"], error["values"]["max"]) == ("input.row", 14)
    volume = line | {"operation": "max_pool3d", "input": PART}
    np.testing.assert_array_equal(loaded(client.post("/api/run", json=volume)), shown[None])


@pytest.mark.parametrize("image", ["edge", "checker", "dot", "ramp", "digit", "noise"])
def test_a_synthetic_picture_is_an_input_like_any_other(client, image):
    shown = loaded(client.get(f"/api/images/{image}/pixels?size=9&frame=2&color=grey&format=npy"))
    source = {"image": image, "size": 9, "frame": 2, "color": "grey"}
    run = loaded(client.post("/api/run", json=POOL | {"input": source, "format": "npy"}))
    np.testing.assert_array_equal(run, shown)
    assert shown.shape == (1, 9, 9)


def test_an_impulse_gives_the_kernel_turned_round(client):
    body = {
        "operation": "conv2d",
        "weights": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
        "input": {"image": "dot", "size": 3, "frame": 4, "color": "grey"},
        "params": {"padding": 1},
    }
    values = np.array(client.post("/api/run", json=body).json()["values"])
    np.testing.assert_array_equal(values, 200 * np.arange(9, 0, -1).reshape(1, 3, 3))


def test_none_of_either_may_be_said(client):
    plain = {"image": "cat", "size": 12}
    expected = loaded(client.post("/api/run", json=POOL | {"input": plain, "format": "npy"}))
    for more in ({"crop": None, "edits": None}, {"edits": []}):
        body = POOL | {"input": plain | more, "format": "npy"}
        np.testing.assert_array_equal(loaded(client.post("/api/run", json=body)), expected)
    body = POOL | {"input": {"values": [[[1]]], "crop": None, "edits": []}}
    assert client.post("/api/run", json=body).json()["values"] == [[[1]]]


@pytest.mark.parametrize(("source", "field", "allowed"), REFUSED, ids=lambda part: str(part)[:40])
def test_refusals_name_the_field_and_what_is_allowed(client, source, field, allowed):
    source = {"image": "coffee", "size": 20} | source
    error = error_of(client.post("/api/run", json=POOL | {"input": source}))
    assert error["field"] == f"input.{field}"
    assert f"input.{field}" in error["message"]
    assert allowed in error["message"]
    named = POOL | {"inputs": {"input": source}}
    assert error_of(client.post("/api/run", json=named))["field"] == f"inputs.input.{field}"


def test_they_belong_to_pictures_alone(client):
    for name, value in (("crop", [0, 0, 1, 1]), ("edits", [[0, 0, 1]])):
        for given in ({"values": [[[1]]]}, {"seed": 1}):
            error = error_of(client.post("/api/run", json=POOL | {"input": given | {name: value}}))
            assert (error["code"], error["field"]) == ("picture_only", f"input.{name}")
            assert "leave it out" in error["message"]
        error = error_of(client.post("/api/run", json=POOL | {"input": {name: value}}))
        assert (error["code"], error["field"]) == ("source", "input")


def test_the_stream_takes_the_same_and_refuses_the_same(client):
    run = {"type": "run", "dtype": "float32"} | POOL
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(run | {"id": 1, "input": PART})
        _, frames = answer(socket, 1)
        np.testing.assert_array_equal(frames[0][1], loaded(client.get(SAME)))
        for number, (source, field, allowed) in enumerate(REFUSED, 2):
            socket.send_json(run | {"id": number, "input": {"image": "coffee", "size": 20} | source})
            (error,), _ = answer(socket, number)
            assert error["error"]["field"] == f"input.{field}"
            assert allowed in error["error"]["message"]


def test_a_signal_is_a_row_of_the_picture(client):
    pixels = loaded(client.get("/api/images/cat/pixels", params={"size": 20, "format": "npy"}))
    body = {
        "operation": "max_pool1d",
        "input": {"image": "cat", "size": 20},
        "params": {"kernel_size": 1},
        "format": "npy",
    }
    assert np.array_equal(loaded(client.post("/api/run", json=body)), pixels[:, pixels.shape[1] // 2])
    body["input"]["row"] = 2
    assert np.array_equal(loaded(client.post("/api/run", json=body)), pixels[:, 2])
    body["input"]["row"] = pixels.shape[1]
    error = error_of(client.post("/api/run", json=body))
    assert (error["field"], error["values"]["max"]) == ("input.row", pixels.shape[1] - 1)
    body |= {"operation": "max_pool3d", "input": {"image": "cat", "size": 20}}
    assert np.array_equal(loaded(client.post("/api/run", json=body)), pixels[None])
