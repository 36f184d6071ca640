"""What is told of the networks: all in short, one layer by layer, a damaged one in words."""

from __future__ import annotations

import pytest

from server.networks.zoo import Zoo
from tests.server.every import error_of
from tests.server.networks.small import ABOUT, LAYERS, NAME, SIDE, serving, ship
from tests.server.networks.talk import CAT, HOME


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
