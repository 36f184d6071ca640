"""Networks are read once, when they are first asked for; what cannot be read is told in words."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest

from engine.network import Layer, Network, initialise, save
from server.errors import ApiError
from server.networks import zoo as module
from server.networks.zoo import Zoo
from tests.server.networks.small import ABOUT, LAYERS, NAME, SIDE, ship


def refused(zoo: Zoo, name: str) -> ApiError:
    with pytest.raises(ApiError) as caught:
        zoo.get(name)
    return caught.value


def test_what_is_shipped(folder):
    found = Zoo(folder).get(NAME)
    assert [node.layer.name for node in found.network.nodes] == LAYERS
    assert [unit.head for unit in found.units] == ["conv", "fork/a", "fork/b", "fork/cat", *LAYERS[5:]]
    assert found.unit_of["conv/relu"].head == "conv"
    assert found.about.classes[0] == {"en": "cat", "zh": "猫"}
    assert found.summary.kept_bytes > 4 * 3 * 24 * 24


def test_weights_are_widened_and_nobody_changes_them(tmp_path):
    home = ship(tmp_path)
    with np.load(home / "network.npz") as file:
        halved = {name: file[name].astype(np.float16) for name in file.files}
    np.savez(home / "network.npz", **halved)
    weights = Zoo(tmp_path).get(NAME).network.weights
    for (layer, name), array in weights.items():
        assert array.dtype == np.float32
        assert np.array_equal(array, halved[f"{layer}/{name}"])
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_many_who_ask_at_once_get_one(folder, monkeypatch):
    read, begun, start = module._read, [], threading.Barrier(8)
    monkeypatch.setattr(module, "_read", lambda home: begun.append(home) or read(home))
    zoo, found = Zoo(folder), []

    def ask():
        start.wait()
        found.append(zoo.get(NAME))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 1
    assert len(found) == 8
    assert all(one is found[0] for one in found)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../small", "small/../small", "/etc", "small/network.json", "Small", "x" * 500]
)
def test_names_are_those_of_the_listing(folder, name):
    error = refused(Zoo(folder), name)
    assert (error.status_code, error.code) == (404, "unknown_network")
    assert error.values["names"] == [NAME]
    assert NAME in error.message


def test_a_folder_that_is_not_there_has_no_networks(tmp_path):
    zoo = Zoo(tmp_path / "nowhere")
    assert zoo.names() == []
    assert "none" in refused(zoo, NAME).message


def test_files_and_hidden_folders_are_no_networks(tmp_path):
    (tmp_path / "README").write_text("no network")
    (tmp_path / ".git").mkdir()
    (tmp_path / "Big Name").mkdir()
    ship(tmp_path)
    assert Zoo(tmp_path).names() == [NAME]


@pytest.mark.parametrize("file", ["about.json", "network.json", "network.npz"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise"])
def test_a_damaged_file_is_named_and_read_again_once_it_is_mended(tmp_path, file, damage):
    path = ship(tmp_path) / file
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "noise": b"\x00\xff" * 99}[damage])
    zoo = Zoo(tmp_path)
    for _ in range(2):
        error = refused(zoo, NAME)
        assert (error.status_code, error.code, error.field) == (503, "network_unavailable", "network")
        assert file in error.message
        assert str(tmp_path) not in error.message
        assert error.values["name"] == NAME
    assert zoo.names() == [NAME]
    path.write_bytes(whole)
    assert zoo.get(NAME).name == NAME


def test_a_broken_network_is_not_read_anew_for_everybody_who_asks(tmp_path, monkeypatch):
    home = ship(tmp_path)
    (home / "network.npz").write_bytes(b"no")
    read, begun = module._read, []
    monkeypatch.setattr(module, "_read", lambda home: begun.append(home) or read(home))
    zoo = Zoo(tmp_path)
    for _ in range(5):
        refused(zoo, NAME)
    assert len(begun) == 1
    monkeypatch.setattr(module, "_SECONDS", -1)
    refused(zoo, NAME)
    assert len(begun) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"logits": "nonesuch"}, "logits"),
        ({"probabilities": "conv"}, "probabilities"),
        ({"classes": ABOUT["classes"][:4]}, "4 numbers"),
        ({"classes": []}, "classes"),
        ({"title": {"en": "no Chinese"}}, "title.zh"),
        ({"surplus": 1}, "surplus"),
        ({"preparation": {**ABOUT["preparation"], "height": 25}}, "prepares [3, 25, 24]"),
        ({"preparation": {**ABOUT["preparation"], "channels": ["grey", "red", "red"]}}, "channels"),
        ({"preparation": {**ABOUT["preparation"], "divide": [1.0, 0.0, 1.0]}}, "divide"),
        ({"preparation": {**ABOUT["preparation"], "subtract": [1.0]}}, "subtract"),
    ],
)
def test_an_about_that_does_not_fit_says_where(tmp_path, change, words):
    ship(tmp_path, **change)
    error = refused(Zoo(tmp_path), NAME)
    assert error.code == "network_unavailable"
    assert "about.json" in error.message
    assert words in error.message


def test_missing_weights_are_named(tmp_path):
    home = ship(tmp_path)
    with np.load(home / "network.npz") as file:
        few = {name: file[name] for name in file.files if name != "dense/bias"}
    np.savez(home / "network.npz", **few)
    graph = json.loads((home / "network.json").read_text())
    graph["arrays"] = list(few)
    (home / "network.json").write_text(json.dumps(graph))
    assert "dense/bias" in refused(Zoo(tmp_path), NAME).message


@pytest.mark.parametrize("part", ["subtract", "divide"])
@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, 1e-300, -1e300])
def test_a_preparation_that_float32_cannot_hold_is_refused(tmp_path, part, number):
    if (part, number) == ("subtract", 1e-300):
        number = -float("inf")
    ship(tmp_path, preparation=ABOUT["preparation"] | {part: [1.0, number, 1.0]})
    error = refused(Zoo(tmp_path), NAME)
    assert (error.status_code, error.code) == (503, "network_unavailable")
    assert f"about.json: preparation.{part}.1" in error.message


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 1e300])
def test_weights_that_are_not_finite_are_refused(tmp_path, number):
    home = ship(tmp_path)
    with np.load(home / "network.npz") as file:
        arrays = {name: file[name].astype(np.float64) for name in file.files}
    arrays["fork/a/weight"].reshape(-1)[7] = number
    np.savez(home / "network.npz", **arrays)
    error = refused(Zoo(tmp_path), NAME)
    assert (error.status_code, error.code) == (503, "network_unavailable")
    assert "network.npz: fork/a/weight" in error.message


def test_weights_of_double_precision_are_narrowed(tmp_path, folder):
    home = ship(tmp_path)
    with np.load(home / "network.npz") as file:
        arrays = {name: file[name].astype(np.float64) for name in file.files}
    np.savez(home / "network.npz", **arrays)
    narrow, given = Zoo(tmp_path).get(NAME).network.weights, Zoo(folder).get(NAME).network.weights
    for key, array in given.items():
        assert narrow[key].dtype == np.float32
        assert np.array_equal(narrow[key], array)


def test_a_layer_of_other_than_maps_or_a_vector_is_refused(tmp_path):
    home = ship(tmp_path)
    layers = [
        Layer("flatten", {"start_dim": 1}, "rows", "input"),
        Layer("flatten", {}, "flat"),
        Layer("linear", {"out_features": 5}, "dense", weights=("weight", "bias")),
        Layer("softmax", {}, "share"),
    ]
    network = Network(layers, (3, SIDE, SIDE))
    assert network.shape("rows") == (3, SIDE * SIDE)
    initialise(network, seed=1)
    save(network, home / "network")
    assert "the layer 'rows'" in refused(Zoo(tmp_path), NAME).message


def test_a_file_that_is_gone_is_told_in_words(tmp_path):
    home = ship(tmp_path)
    zoo = Zoo(tmp_path)
    assert zoo.file(NAME, "network.npz") == home / "network.npz"
    (home / "network.npz").unlink()
    with pytest.raises(ApiError, match=r"network\.npz is no longer there") as caught:
        zoo.file(NAME, "network.npz")
    assert (caught.value.status_code, caught.value.code) == (503, "network_unavailable")


def test_a_folder_that_is_a_file_has_no_networks(tmp_path):
    (tmp_path / "networks").write_text("no folder")
    assert Zoo(tmp_path / "networks").names() == []
