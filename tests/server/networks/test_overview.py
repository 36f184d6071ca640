"""The stream "activations" and its kin: every layer as it is computed, coarse first, and the newest wins."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from engine.analysis.histogram import histogram
from engine.network import activations, forward
from server.networks import runs, steps
from server.networks.zoo import Zoo
from tests.server.networks.small import LAYERS, NAME, SIDE, serving
from tests.server.stream.test_stream import answer

WISH = {"type": "activations", "network": NAME, "image": "cat"}
LASTS = ["conv/relu", *LAYERS[2:]]
VECTORS = ["flat", "dense", "share"]


@pytest.fixture
def socket(small):
    with small.websocket_connect("/api/stream") as socket:
        yield socket


@pytest.fixture(scope="module")
def expected(folder, small):
    reply = small.post(f"/api/networks/{NAME}/input", json={"image": "cat"}).json()
    return activations(Zoo(folder).get(NAME).network, np.array(reply["values"], np.float32))


def ask(socket, number, **more):
    socket.send_json(WISH | {"id": number} | more)
    return answer(socket, number)


def shown(header, maps):
    """The numbers that the levels of a frame stand for."""
    low, high = (np.array(header[end])[:, None, None] for end in ("min", "max"))
    return low + maps * (high - low) / 255


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


def test_the_input_is_levels_as_they_are_fed(small, socket):
    texts, frames = ask(socket, 1, invert=True)
    steps = small.post(f"/api/networks/{NAME}/input", json={"image": "cat", "invert": True}).json()
    values = np.array(steps.pop("values"))
    assert texts[0] == {"id": 1, "type": "input", "height": SIDE, "width": SIDE, **steps}
    header, levels = frames[0]
    assert (header["layer"], header["min"], header["max"]) == ("input", [0] * 3, [255] * 3)
    law = [np.array(steps[name])[:, None, None] for name in ("subtract", "divide")]
    assert np.allclose((levels - law[0]) / law[1], values)


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


def whole(texts, frames, layer, expected, dtype):
    """Check what was sent of a layer in full."""
    (told,) = (text for text in texts if text["type"] == "full" and text["layer"] == layer)
    array = expected[layer]
    rows = array.reshape(len(array), -1)
    assert told["shape"] == list(array.shape)
    assert np.allclose(told["strength"], np.abs(rows).mean(axis=1), rtol=1e-5, atol=1e-7)
    counted = histogram(array)
    assert told["histogram"] == {"edges": counted.edges.tolist(), "counts": counted.counts.tolist()}
    mine = [(header, maps) for header, maps in frames if header.get("full") and header["layer"] == layer]
    if layer in VECTORS:
        ((header, maps),) = mine
        assert header["channels"] == [0]
        assert np.array_equal(maps[0, 0], array)
        return
    assert [channel for header, _ in mine for channel in header["channels"]] == list(range(len(array)))
    for header, maps in mine:
        part = array[header["channels"]]
        assert header["dtype"] == dtype
        if dtype == "float32":
            assert np.array_equal(maps, part)
        else:
            spans = np.ptp(part, axis=(1, 2), keepdims=True)
            assert (np.abs(shown(header, maps) - part) <= spans / 500 + 1e-6).all()


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_some_layers_in_full_after_the_overview(socket, expected, dtype):
    texts, frames = ask(socket, 1, layers=["fork/cat", "share"], dtype=dtype)
    kinds = [text["type"] for text in texts]
    assert kinds[-4:] == ["classes", "full", "full", "done"]
    for layer in ("fork/cat", "share"):
        whole(texts, frames, layer, expected, dtype)


@pytest.mark.parametrize("layer", LAYERS)
def test_one_layer_in_full(socket, expected, layer):
    texts, frames = ask(socket, 1, type="network_maps", layer=layer, dtype="float32")
    assert [text["type"] for text in texts] == ["full", "done"]
    whole(texts, frames, layer, expected, "float32")


def test_many_maps_are_sent_some_at_a_time(client):
    wish = WISH | {"type": "network_maps", "network": "squeezenet-1.1", "layer": "fire4/concat", "id": 1}
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json(wish)
        _, frames = answer(socket, 1)
    assert [len(header["channels"]) for header, _ in frames] == [64] * 4
    assert frames[1][0]["channels"][0] == 64


@pytest.mark.parametrize("invert", [False, True])
def test_the_input_step_by_step(small, socket, invert):
    more = {"image": "flower", "crop": [0, 0, 90, 300], "invert": invert}
    texts, frames = ask(socket, 1, type="network_input", **more)
    steps = small.post(f"/api/networks/{NAME}/input", json=more).json()
    assert np.array_equal(frames[2][1], np.array(steps.pop("values"), np.float32))
    assert texts[0] == {"id": 1, "type": "input", "height": SIDE, "width": SIDE, **steps}
    assert [header["layer"] for header, _ in frames] == ["resized", "levels", "values"]
    resized, levels = frames[0][1], frames[1][1]
    assert np.array_equal(levels, 255 - resized if invert else resized)


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


@pytest.fixture
def held(folder, monkeypatch):
    """A service in which every layer waits to be let through, and the layers that have begun."""
    passing, begun = threading.Semaphore(0), []

    def waiting(network, *args, **options):
        layers = forward(network, *args, **options)
        for node in network.nodes:
            begun.append(node.layer.name)
            assert passing.acquire(timeout=5)
            yield next(layers)

    monkeypatch.setattr(runs, "forward", waiting)
    monkeypatch.setattr(steps, "_TOGETHER", 0)
    with serving(folder) as client, client.websocket_connect("/api/stream") as socket:
        yield socket, passing, begun
        passing.release(1000)


def heard(socket, kind):
    """Read on until a message of this kind."""
    while f'"type":"{kind}"' not in (socket.receive().get("text") or "").replace(" ", ""):
        pass


def test_a_superseded_wish_computes_no_further_layer(held):
    socket, passing, begun = held
    socket.send_json(WISH | {"id": 1, "image": "coffee"})
    heard(socket, "input")
    passing.release()
    heard(socket, "layer")  # the first is told of, and then the second begins
    socket.send_json({"type": "cancel", "id": 2})
    socket.send_json({"type": "dance", "id": 3, "slot": "other"})
    heard(socket, "error")  # so both have been read
    passing.release(1000)
    socket.send_json(WISH | {"id": 4, "type": "network_input"})
    texts, frames = answer(socket, 4)
    assert {text["id"] for text in texts} == {4}
    assert {header["id"] for header, _ in frames} == {4}
    assert begun == LAYERS[:2]


def test_what_was_left_half_done_goes_on_from_there(held):
    socket, passing, begun = held
    socket.send_json(WISH | {"id": 1})
    heard(socket, "input")
    passing.release()
    heard(socket, "layer")
    socket.send_json(WISH | {"id": 2, "image": "dot"})
    socket.send_json({"type": "dance", "id": 4, "slot": "other"})
    heard(socket, "error")
    passing.release(1000)
    assert {text["id"] for text in answer(socket, 2)[0]} == {2}
    begun.clear()
    socket.send_json(WISH | {"id": 3})
    texts, _ = answer(socket, 3)
    assert [text["layer"] for text in texts if text["type"] == "layer"] == LAYERS
    assert begun == LAYERS[2:]
