"""What each type of wish is answered with: texts and frames, in their order."""

from __future__ import annotations

import numpy as np

from tests.server.stream.talk import RUN, answer


def test_a_run_is_shape_frames_done(client, socket):
    socket.send_json(RUN | {"id": 1, "weights": ["sobel-x", "sobel-y"], "dtype": "float32"})
    texts, frames = answer(socket, 1)
    assert [t["type"] for t in texts] == ["shape", "limits", "done"]
    assert texts[0]["output_shape"] == [2, *frames[0][1].shape[1:]]
    assert texts[1]["limits"]["stride"][0]["max"] == 16
    assert texts[2]["ms"] > 0
    expected = client.post("/api/run", json={k: v for k, v in RUN.items() if k != "type"})
    assert np.array_equal(frames[0][1][0], expected.json()["values"][0])
    assert frames[0][0]["layer"] == "output"
    assert frames[0][0]["channels"] == [0, 1]


def test_large_maps_come_one_by_one(socket):
    wish = RUN | {"id": 2, "weights": ["sobel-x"] * 3, "input": {"image": "coffee", "size": 600}}
    socket.send_json(wish)
    _, frames = answer(socket, 2)
    assert [header["channels"] for header, _ in frames] == [[0], [1], [2]]


def test_a_region_of_some_channels(socket):
    socket.send_json(RUN | {"id": 3, "region": [1, 2, 3, 4], "channels": [0], "dtype": "float32"})
    _, [(header, values)] = answer(socket, 3)
    assert header["region"] == [1, 2, 3, 4]
    assert values.shape == (1, 3, 4)


def test_a_trace(client, socket):
    wish = {k: v for k, v in RUN.items() if k != "type"} | {"cell": [0, 3, 4]}
    socket.send_json(wish | {"type": "trace", "id": 4})
    texts, _ = answer(socket, 4)
    expected = client.post("/api/trace", json=wish).json()
    assert texts[0] == {"id": 4, "type": "trace", **expected}
