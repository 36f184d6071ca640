"""What a layer makes of a picture: the engine's numbers, whole or in part."""

from __future__ import annotations

import numpy as np
import pytest

from engine.network import activations
from server.networks.zoo import Zoo
from tests.server.every import error_of
from tests.server.networks.small import LAYERS, NAME, serving, ship
from tests.server.networks.talk import CAT, HOME, loaded


@pytest.fixture(scope="module")
def expected(folder, given):
    return activations(Zoo(folder).get(NAME).network, given)


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
