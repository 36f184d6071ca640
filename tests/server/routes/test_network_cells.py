"""Cells and weights of the networks over HTTP: what is given, and what is refused."""

from __future__ import annotations

import io

import numpy as np
import pytest

from engine.network import load
from tests.server.every import error_of
from tests.server.networks.small import NAME, network, serving, ship
from tests.server.stream.talk import answer


def asked(client, **more):
    return client.post(
        f"/api/networks/{NAME}/explain", json={"image": "cat", "layer": "dense", "cell": [3]} | more
    )


def test_more_numbers_than_json_may_hold_are_refused(folder):
    with serving(folder, max_json_values=1000) as client:
        assert error_of(asked(client))["code"] == "limit_json_values"
        assert asked(client, format="npy").status_code == 200


def test_what_is_not_finite_is_null(tmp_path):
    home = ship(tmp_path)
    with np.load(home / "network.npz") as file:
        arrays = {name: file[name] for name in file.files}
    for name in ("conv/weight", "dense/weight"):
        arrays[name] = np.full_like(arrays[name], 3e38)
    np.savez(home / "network.npz", **arrays)
    with serving(tmp_path) as client:
        told = asked(client).json()
        assert told["value"] is None
        assert told["total"] is None
        assert told["rest"] is None
        assert len(told["printed"]) == 3
        with client.websocket_connect("/api/stream") as socket:
            wish = {"image": "cat", "layer": "dense", "cell": [3]}
            socket.send_json(wish | {"id": 5, "type": "explain", "network": NAME})
            texts, _ = answer(socket, 5)
    assert [text["type"] for text in texts] == ["explain", "done"]
    assert texts[0]["value"] is None
    assert texts[0]["top"] == []


def weights(client, **wish):
    return client.post(f"/api/networks/{NAME}/weights", json=wish)


@pytest.fixture(scope="module")
def held():
    return network().weights


def test_arrays(small, held):
    reply = weights(small, layer="conv").json()
    assert reply["shapes"] == {"weight": [6, 3, 3, 3], "bias": [6]}
    assert list(reply["arrays"]) == ["weight", "bias"]
    for name, values in reply["arrays"].items():
        np.testing.assert_array_equal(np.array(values, np.float32), held["conv", name])
        assert reply["stats"][name]["max"] == held["conv", name].max()
        assert reply["stats"][name]["deviation"] == pytest.approx(held["conv", name].std(), rel=1e-5)
    for name, wish in (("weight", {}), ("bias", {"input": "bias"})):
        found = np.load(io.BytesIO(weights(small, layer="conv", format="npy", **wish).content))
        np.testing.assert_array_equal(found, held["conv", name])


def test_what_is_not_there_is_refused_in_words(small):
    error = error_of(weights(small, layer="pool"))
    assert (
        error["message"] == "The layer pool (max_pool2d) holds no weights; some do, as conv, fork/a, dense."
    )
    assert error["values"]["names"] == ["conv", "fork/a", "dense"]
    error = error_of(weights(small, layer="conv", format="npy", input="slope"))
    assert error["message"] == "The layer conv holds no weights called 'slope'; it holds weight, bias."
    assert error_of(weights(small, layer="nowhere"), 404)["code"] == "unknown_layer"
    assert error_of(small.post("/api/networks/none/weights", json={"layer": "conv"}), 404)["field"] == "name"


def test_the_files_of_a_network_can_be_taken_along(small, held, tmp_path):
    for kind in ("json", "npz"):
        reply = small.get(f"/api/networks/{NAME}/network.{kind}")
        assert reply.status_code == 200
        assert f'filename="{NAME}.{kind}"' in reply.headers["content-disposition"]
        (tmp_path / f"mine.{kind}").write_bytes(reply.content)
    found = load(tmp_path / "mine")
    for key in held:
        np.testing.assert_array_equal(found.weights[key], held[key])
    assert error_of(small.get(f"/api/networks/{NAME}/network.py"), 404)["values"]["names"] == ["json", "npz"]
    assert error_of(small.get("/api/networks/none/network.npz"), 404)["code"] == "unknown_network"
