"""/api/networks over HTTP: what is listed, said and given, and every refusal."""

from __future__ import annotations

import gzip
import io
import json

import numpy as np
import pytest

from engine.network import activations, predict
from server.networks.zoo import Zoo
from tests.server.every import error_of
from tests.server.networks.small import ABOUT, LAYERS, NAME, SIDE, serving, ship

HOME = f"/api/networks/{NAME}"
CAT = {"image": "cat", "crop": [10, 20, 200, 190]}


def loaded(reply) -> np.ndarray:
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/octet-stream"
    return np.load(io.BytesIO(reply.content), allow_pickle=False)


@pytest.fixture(scope="module")
def given(small) -> np.ndarray:
    """What the network is given of the cat."""
    return loaded(small.post(f"{HOME}/input", json=CAT | {"format": "npy"}))


@pytest.fixture(scope="module")
def expected(folder, given):
    return activations(Zoo(folder).get(NAME).network, given)


def test_the_list(small):
    (row,) = small.get("/api/networks").json()["networks"]
    assert row == {
        **{key: ABOUT[key] for key in ("title", "summary", "credit")},
        "name": NAME,
        "available": True,
        "problem": None,
        "input": [3, SIDE, SIDE],
        "classes": 5,
        "layers": len(LAYERS),
        "parameters": row["parameters"],
        "macs": row["macs"],
    }
    assert row["parameters"] == 6 * 27 + 6 + 10 * 6 + 5 * 16 * 25 + 5
    assert row["macs"] == 6 * 27 * 22**2 + 10 * 6 * 22**2 + 5 * 16 * 25


def test_the_networks_that_ship(client):
    rows = {row["name"]: row for row in client.get("/api/networks").json()["networks"]}
    assert {"squeezenet-1.1", "efficientnet-lite0", "fashion-cnn"} <= set(rows)
    assert rows["squeezenet-1.1"]["parameters"] == 1_235_496
    assert (rows["squeezenet-1.1"]["input"], rows["squeezenet-1.1"]["classes"]) == ([3, 227, 227], 1000)
    assert rows["efficientnet-lite0"]["input"] == [3, 224, 224]


def test_one_network_layer_by_layer(small, folder):
    found = small.get(HOME).json()
    network = Zoo(folder).get(NAME).network
    assert [layer["name"] for layer in found["layers"]] == LAYERS
    for layer in found["layers"]:
        assert layer["shape"] == list(network.shape(layer["name"]))
        assert layer["inputs"] == dict(network.node(layer["name"]).layer.feeds)
    layers = {layer["name"]: layer for layer in found["layers"]}
    assert layers["conv"]["weights"] == {"weight": [6, 3, 3, 3], "bias": [6]}
    assert layers["conv"]["params"]["kernel_size"] == [3, 3]
    assert [layers[name]["unit"] for name in LAYERS[:3]] == ["conv", "conv", "fork/a"]
    assert {layers[name]["module"] for name in ("fork/a", "fork/b", "fork/cat")} == {"fork"}
    assert layers["conv"]["module"] is layers["pool"]["module"] is None
    for layer in found["layers"]:
        operation = network.node(layer["name"]).operation
        assert layer.items() >= operation.traits().items()
        assert layer["title"] == operation.title.data()
    for trait, having in {
        "elementwise": ["conv/relu"],
        "parts": ["conv", "fork/a"],
        "spreads": [],
        "shares": ["share"],
    }.items():
        assert [name for name in LAYERS if layers[name][trait]] == having
    assert [layers[name]["short"] for name in ("conv", "conv/relu", "fork/cat")] == [
        "conv2d",
        "ReLU",
        "concat",
    ]
    assert layers["conv"]["field"][0] == {"axis": "height", "size": 3, "jump": 1, "start": 1}
    assert layers["dense"]["field"][0]["jump"] is None
    assert (found["output"], found["logits"], found["probabilities"]) == ("share", "dense", "share")
    assert found["preparation"] == ABOUT["preparation"]
    assert found["classes"] == ABOUT["classes"]
    assert found["memory"]["kept"] > found["memory"]["live"] > 0
    assert found["memory"]["weights"] == 4 * found["parameters"]


def test_one_network_is_sent_small_and_not_twice(small):
    reply = small.get(HOME, headers={"accept-encoding": "gzip"})
    assert reply.headers["content-encoding"] == "gzip"
    tag = reply.headers["etag"]
    assert small.get(HOME, headers={"if-none-match": tag}).status_code == 304
    plain = small.get(HOME, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content)) < len(plain.content)
    assert plain.json() == reply.json()


@pytest.mark.parametrize("top", [1, 3, 5, 1000])
def test_predict_is_the_engine(small, folder, given, top):
    found = small.post(f"{HOME}/predict", json=CAT | {"top": top}).json()["classes"]
    network = Zoo(folder).get(NAME).network
    chances = predict(network, given)
    order = sorted(range(5), key=lambda index: -chances[index])[:top]
    assert [one["index"] for one in found] == order
    assert [one["name"] for one in found] == [ABOUT["classes"][index]["en"] for index in order]
    assert [one["probability"] for one in found] == [float(chances[index]) for index in order]
    logits = activations(network, given)["dense"]
    assert [one["logit"] for one in found] == [float(logits[index]) for index in order]


def test_predict_shows_five(small):
    assert len(small.post(f"{HOME}/predict", json={"image": "cat"}).json()["classes"]) == 5


@pytest.mark.parametrize("layer", LAYERS)
def test_activations_are_the_engines(small, expected, layer):
    found = small.post(f"{HOME}/activations", json=CAT | {"layer": layer}).json()
    assert found["layer"] == layer
    assert found["shape"] == list(expected[layer].shape)
    assert found["channels"] == list(range(len(expected[layer])))
    assert np.array_equal(np.array(found["values"], np.float32), expected[layer])
    whole = loaded(small.post(f"{HOME}/activations", json=CAT | {"layer": layer, "format": "npy"}))
    assert np.array_equal(whole, expected[layer])
    assert whole.dtype == np.float32


def test_a_part_of_a_layer(small, expected):
    more = {"layer": "conv/relu", "channels": [4, 0, 4], "region": [2, 3, 5, 7]}
    found = small.post(f"{HOME}/activations", json=CAT | more).json()
    part = expected["conv/relu"][[4, 0, 4], 2:7, 3:10]
    assert (found["shape"], found["channels"]) == ([3, 5, 7], [4, 0, 4])
    assert np.array_equal(np.array(found["values"], np.float32), part)
    found = small.post(f"{HOME}/activations", json=CAT | {"layer": "share", "channels": [2]}).json()
    assert found["values"] == [float(expected["share"][2])]


def test_the_input_and_its_steps(small, given):
    found = small.post(f"{HOME}/input", json=CAT).json()
    assert found["square"] == [15, 20, 190, 190]
    assert found["channels"] == ["blue", "green", "red"]
    assert np.array_equal(np.array(found["values"], np.float32), given)
    turned = small.post(f"{HOME}/input", json=CAT | {"invert": True}).json()
    assert turned["invert"] is True
    assert turned["levels"] == [[255 - high, 255 - low] for low, high in found["levels"]]


def test_a_synthetic_picture_is_drawn_as_large_as_it_is_seen(small):
    found = small.post(f"{HOME}/input", json={"image": "digit", "frame": 7}).json()
    assert found["picture"] == [SIDE, SIDE, 1]
    drawn = small.get(f"/api/images/digit/pixels?size={SIDE}&frame=7&color=grey&format=npy")
    levels = np.load(io.BytesIO(drawn.content))
    assert np.allclose(np.array(found["values"][0]), levels[0] - 100.0)


def test_numbers_that_are_not_finite_are_null(tmp_path):
    home = ship(tmp_path)
    with np.load(home / "network.npz") as file:
        arrays = dict(file)
    arrays["dense/weight"][[0, 4]] = 3e38  # times levels: more than float32 holds
    np.savez(home / "network.npz", **arrays)
    with serving(tmp_path) as client:
        found = client.post(f"{HOME}/activations", json=CAT | {"layer": "dense"}).json()["values"]
        assert [value is None for value in found] == [True, False, False, False, True]
        classes = client.post(f"{HOME}/predict", json=CAT).json()["classes"]
        assert {one["logit"] for one in classes if one["index"] in (0, 4)} == {None}


def test_nothing_is_computed_again_for_the_same_picture(folder, monkeypatch):
    from engine.declaration.call import Call

    computed, run = [], Call.run
    monkeypatch.setattr(Call, "run", lambda call: computed.append(call.operation.name) or run(call))
    with serving(folder) as client:
        computed.clear()
        for _ in range(2):
            client.post(f"{HOME}/predict", json=CAT)
            client.post(f"{HOME}/activations", json=CAT | {"layer": "pool"})
    assert len(computed) == len(LAYERS)


# What cannot be.

WHERE = {
    "predict": CAT,
    "input": CAT,
    "activations": CAT | {"layer": "conv"},
}


@pytest.mark.parametrize("call", WHERE)
@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"surplus": 1}, "surplus", "not a field"),
        ({"image": None}, "image", "string"),
        ({"image": 5}, "image", "string"),
        ({"frame": -1}, "frame", "0"),
        ({"frame": 1}, "frame", "from 0 to 0"),
        ({"frame": 0.5}, "frame", "integer"),
        ({"crop": [0, 0, 0, 5]}, "crop", "at least one pixel"),
        ({"crop": [0, 0, 301, 5]}, "crop", "300 x 451"),
        ({"crop": [0, 0, 5]}, "crop", "4"),
        ({"crop": "all"}, "crop", "list"),
        ({"invert": 1}, "invert", "boolean"),
    ],
)
def test_pictures_that_cannot_be(small, call, change, field, words):
    error = error_of(small.post(f"{HOME}/{call}", json=WHERE[call] | change))
    assert error["field"] == field, error
    assert words in error["message"], error


@pytest.mark.parametrize(
    ("call", "change", "field", "words"),
    [
        ("predict", {"top": 0}, "top", "greater than or equal to 1"),
        ("predict", {"top": 1001}, "top", "1000"),
        ("predict", {"layer": "conv"}, "layer", "not a field"),
        ("input", {"format": "png"}, "format", "npy"),
        ("activations", {"format": "png"}, "format", "npy"),
        ("activations", {"channels": [6]}, "channels", "0 to 5"),
        ("activations", {"channels": []}, "channels", "1"),
        ("activations", {"channels": [-1]}, "channels.0", "0"),
        ("activations", {"region": [0, 0, 23, 1]}, "region", "22 x 22"),
        ("activations", {"region": [0, 0, 0, 1]}, "region", "22 x 22"),
        ("activations", {"region": [0, 0]}, "region", "4"),
        ("activations", {"layer": "share", "region": [0, 0, 1, 1]}, "region", "vector of 5"),
        ("activations", {"layer": "share", "channels": [5]}, "channels", "0 to 4"),
        ("activations", {"layer": 5}, "layer", "string"),
        ("activations", {"layer": "x" * 101}, "layer", "100"),
        ("activations", {"layer": None}, "layer", "string"),
    ],
)
def test_parts_that_cannot_be(small, call, change, field, words):
    error = error_of(small.post(f"{HOME}/{call}", json=WHERE[call] | change))
    assert error["field"] == field, error
    assert words in error["message"], error


@pytest.mark.parametrize("call", WHERE)
def test_an_unknown_network_or_picture_is_404(small, call):
    for name in ("nonesuch", "..", "%2e%2e", "small%2f..%2fsmall", "Small"):
        reply = small.post(f"/api/networks/{name}/{call}", json=WHERE[call])
        assert reply.status_code == 404, name
    error = error_of(small.post(f"/api/networks/nonesuch/{call}", json=WHERE[call]), 404)
    assert (error["code"], error["field"]) == ("unknown_network", "network")
    assert error["values"]["names"] == [NAME]
    error = error_of(small.post(f"{HOME}/{call}", json=WHERE[call] | {"image": "f" * 32}), 404)
    assert (error["code"], error["field"]) == ("unknown_image", "image")
    assert error_of(small.get("/api/networks/nonesuch"), 404)["values"]["names"] == [NAME]


def test_an_unknown_layer_is_404_with_the_layers_there_are(small, client):
    error = error_of(small.post(f"{HOME}/activations", json=CAT | {"layer": "conv9"}), 404)
    assert (error["code"], error["field"], error["values"]["names"]) == ("unknown_layer", "layer", LAYERS)
    home = "/api/networks/squeezenet-1.1"
    error = error_of(client.post(f"{home}/activations", json={"image": "cat", "layer": "input"}), 404)
    assert "and 46 more" in error["message"]


@pytest.mark.parametrize("call", WHERE)
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"image": NaN}', b"\xff", b"[" * 9999])
def test_bodies_that_are_none(small, call, body):
    reply = small.post(f"{HOME}/{call}", content=body)
    assert reply.status_code in (400, 422)
    error_of(reply, reply.status_code)


def test_answers_in_json_are_bounded_before_anything_runs(folder, monkeypatch):
    from engine.declaration.call import Call

    with serving(folder, max_json_values=1000, max_cells=10_000) as client:
        monkeypatch.setattr(Call, "run", lambda call: pytest.fail("it ran"))
        error = error_of(client.post(f"{HOME}/activations", json=CAT | {"layer": "conv"}))
        assert (error["code"], error["field"]) == ("limit_json_values", "format")
        assert "2,904" in error["message"]
        error = error_of(client.post(f"{HOME}/input", json=CAT))
        assert error["code"] == "limit_json_values"
        body = CAT | {"layer": "conv", "channels": [0] * 30, "format": "npy"}
        error = error_of(client.post(f"{HOME}/activations", json=body))
        assert (error["code"], error["field"]) == ("limit_cells", "channels")
        monkeypatch.undo()
        part = CAT | {"layer": "conv", "channels": [1, 2]}
        assert client.post(f"{HOME}/activations", json=part).status_code == 200
        whole = client.post(f"{HOME}/activations", json=CAT | {"layer": "conv", "format": "npy"})
        assert loaded(whole).shape == (6, 22, 22)


@pytest.mark.parametrize("file", ["about.json", "network.json", "network.npz"])
def test_a_damaged_network_is_told_of_and_the_rest_goes_on(tmp_path, file):
    ship(tmp_path, "whole")
    (ship(tmp_path, "broken") / file).write_bytes(b"\x00")
    with serving(tmp_path) as client:
        broken, whole = client.get("/api/networks").json()["networks"]
        assert (whole["name"], whole["available"], whole["problem"]) == ("whole", True, None)
        assert (broken["name"], broken["available"], broken["layers"]) == ("broken", False, None)
        assert broken["problem"]["code"] == "network_unavailable"
        assert file in broken["problem"]["message"]
        error = error_of(client.post("/api/networks/broken/predict", json=CAT), 503)
        assert error == {
            "code": "network_unavailable",
            "message": broken["problem"]["message"],
            "field": "network",
            "values": broken["problem"]["values"],
            "text": broken["problem"]["text"],
        }
        error_of(client.get("/api/networks/broken"), 503)
        assert client.post("/api/networks/whole/predict", json=CAT).status_code == 200
        assert client.get("/").status_code == 200
        run = {"operation": "conv2d", "weights": "sobel-x", "input": {"image": "cat"}, "format": "npy"}
        assert client.post("/api/run", json=run).status_code == 200


def test_a_service_without_networks(tmp_path):
    with serving(tmp_path / "nowhere") as client:
        assert client.get("/api/networks").json() == {"networks": []}
        assert "there are none" in error_of(client.get(HOME), 404)["message"]
        assert client.get("/").status_code == 200


def test_the_api_describes_the_networks(client):
    paths = client.get("/openapi.json").json()["paths"]
    for call in ("predict", "activations", "input"):
        said = paths[f"/api/networks/{{name}}/{call}"]["post"]
        content = said["requestBody"]["content"]["application/json"]
        assert content["schema"]["additionalProperties"] is False
        assert {"image", "frame", "crop", "invert"} <= set(content["schema"]["properties"])
        assert "$ref" not in json.dumps(content["schema"])
        reply = client.post(f"/api/networks/squeezenet-1.1/{call}", json=content["example"])
        assert reply.status_code == 200
        assert len(said["description"]) > 40
