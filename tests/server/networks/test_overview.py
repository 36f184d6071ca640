"""The overview over the stream: every layer as it is computed, coarse first."""

from __future__ import annotations

import numpy as np
import pytest

from tests.server.networks.small import LAYERS, NAME
from tests.server.networks.talk import LASTS, VECTORS, WISH, ask, shown


def areas(maps, small):
    """The means of the areas that the cells of a thumbnail cover: each cell as as many equal ones."""
    (count, height, width), (_, rows, columns) = maps.shape, small.shape
    fine = maps.astype(np.float64).repeat(rows, axis=1).repeat(columns, axis=2)
    return fine.reshape(count, rows, height, columns, width).mean(axis=(2, 4))


def test_what_comes_in_which_order(socket):
    texts, frames = ask(socket, 1)
    kinds = [text["type"] for text in texts]
    assert kinds == ["input", *["layer"] * len(LAYERS), "classes", "done"]
    layers = [text for text in texts if text["type"] == "layer"]
    assert [text["layer"] for text in layers] == LAYERS
    assert [(text["index"], text["of"]) for text in layers] == [(i, len(LAYERS)) for i in range(len(LAYERS))]
    assert all(text["ms"] > 0 for text in layers)
    assert [header["layer"] for header, _ in frames] == ["input", *LASTS]
    assert all(header["thumb"] is True for header, _ in frames[1:])


def test_measures_and_strongest_maps(socket, expected):
    texts, frames = ask(socket, 1, strongest=3, thumb=8)
    told = {text["layer"]: text for text in texts if text["type"] == "layer"}
    sent = {header["layer"]: (header, maps) for header, maps in frames}
    for name in LAYERS:
        array, stats = expected[name].astype(np.float64), told[name]["stats"]
        assert told[name]["shape"] == list(array.shape)
        assert (stats["min"], stats["max"]) == (array.min(), array.max())
        assert stats["mean"] == pytest.approx(array.mean(), rel=1e-5)
        assert stats["deviation"] == pytest.approx(array.std(), rel=1e-5)
        assert stats["zeros"] == (array == 0).mean()
        strength = np.abs(array.reshape(len(array), -1)).mean(axis=1)
        strongest = stats["strongest"]
        assert len(strongest) == min(3, len(array))
        assert np.allclose(strength[strongest], np.sort(strength)[::-1][:3], rtol=1e-5)
    for name in LASTS:
        header, maps = sent[name]
        if name in VECTORS:
            assert (header["dtype"], header["channels"], maps.shape[:2]) == ("float32", [0], (1, 1))
            assert np.array_equal(maps[0, 0], expected[name])
            continue
        assert header["channels"] == told[name]["stats"]["strongest"]
        assert maps.shape[1:] == (min(8, expected[name].shape[1]),) * 2
        assert np.allclose(shown(header, maps), areas(expected[name][header["channels"]], maps), atol=0.1)


def test_the_classes_are_those_of_predict(small, socket):
    texts, _ = ask(socket, 1, top=2)
    found = small.post(f"/api/networks/{NAME}/predict", json={"image": "cat", "top": 2}).json()
    assert texts[-2] == {"id": 1, "type": "classes", **found}


def test_the_whole_overview_is_light(client):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(WISH | {"network": "squeezenet-1.1", "image": "coffee", "id": 1})
        size = 0
        while True:
            message = socket.receive()
            said = message.get("text") or ""
            size += len(message.get("bytes") or said.encode())
            if '"type":"done"' in said:
                break
    assert 100_000 < size < 2_000_000


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"network": "nonesuch"}, "unknown_network", "network"),
        ({"network": "../small"}, "unknown_network", "network"),
        ({"network": 5}, "invalid", "network"),
        ({"image": "f" * 32}, "unknown_image", "image"),
        ({"layers": ["conv", "nonesuch"]}, "unknown_layer", "layers.1"),
        ({"layers": ["conv"] * 9}, "invalid", "layers"),
        ({"layers": "conv"}, "invalid", "layers"),
        ({"crop": [0, 0, 9999, 1]}, "crop", "crop"),
        ({"frame": 3}, "out_of_range", "frame"),
        ({"strongest": 0}, "invalid", "strongest"),
        ({"strongest": 65}, "invalid", "strongest"),
        ({"thumb": 7}, "invalid", "thumb"),
        ({"thumb": 129}, "invalid", "thumb"),
        ({"top": 0}, "invalid", "top"),
        ({"dtype": "float64"}, "invalid", "dtype"),
        ({"layer": "conv"}, "unknown_field", "layer"),
        ({"type": "network_maps"}, "missing", "layer"),
        ({"type": "network_maps", "layer": "nonesuch"}, "unknown_layer", "layer"),
        ({"type": "network_input", "layer": "conv"}, "unknown_field", "layer"),
    ],
)
def test_bad_wishes_are_refused_and_the_talk_goes_on(socket, change, code, field):
    (refusal,), frames = ask(socket, 5, **change)
    assert refusal["type"] == "error"
    assert (refusal["error"]["code"], refusal["error"]["field"]) == (code, field)
    assert not frames
    assert ask(socket, 6)[0][-1]["type"] == "done"


# Cancelling.
