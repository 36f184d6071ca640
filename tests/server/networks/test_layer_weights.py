"""The weights of layers, as arrays, as files and as pictures."""

from __future__ import annotations

import io

import numpy as np
import pytest

from engine.network import load
from server.networks.layer_weights import layer_weights
from tests.server.every import error_of
from tests.server.networks import deep
from tests.server.networks.small import NAME, network, networks
from tests.server.stream.test_stream import answer


@pytest.fixture(scope="module")
def held():
    return network().weights


def asked(client, **wish):
    return client.post(f"/api/networks/{NAME}/weights", json=wish)


def test_arrays(small, held):
    reply = asked(small, layer="conv").json()
    assert reply["shapes"] == {"weight": [6, 3, 3, 3], "bias": [6]}
    assert list(reply["arrays"]) == ["weight", "bias"]
    for name, values in reply["arrays"].items():
        np.testing.assert_array_equal(np.array(values, np.float32), held["conv", name])
        assert reply["stats"][name]["max"] == held["conv", name].max()
        assert reply["stats"][name]["deviation"] == pytest.approx(held["conv", name].std(), rel=1e-5)
    for name, wish in (("weight", {}), ("bias", {"input": "bias"})):
        found = np.load(io.BytesIO(asked(small, layer="conv", format="npy", **wish).content))
        np.testing.assert_array_equal(found, held["conv", name])


def test_what_is_not_there_is_refused_in_words(small):
    error = error_of(asked(small, layer="pool"))
    assert (
        error["message"] == "The layer pool (max_pool2d) holds no weights; some do, as conv, fork/a, dense."
    )
    assert error["values"]["names"] == ["conv", "fork/a", "dense"]
    error = error_of(asked(small, layer="conv", format="npy", input="slope"))
    assert error["message"] == "The layer conv holds no weights called 'slope'; it holds weight, bias."
    assert error_of(asked(small, layer="nowhere"), 404)["code"] == "unknown_layer"
    assert error_of(small.post("/api/networks/none/weights", json={"layer": "conv"}), 404)["field"] == "name"


def wished(client, **more):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json({"id": 6, "type": "network_weights", "network": NAME, "dtype": "float32"} | more)
        return answer(socket, 6)


def test_the_kernels_of_all_maps_as_pictures(small, held):
    texts, frames = wished(small, layer="conv")
    assert [text["type"] for text in texts] == ["weights", "done"]
    assert texts[0]["kernels"] == [6, 3, 3, 3]
    np.testing.assert_array_equal(np.array(texts[0]["vectors"]["bias"], np.float32), held["conv", "bias"])
    assert sum(texts[0]["histogram"]["counts"]) == 6 * 27
    assert texts[0]["histogram"]["edges"][-1] == pytest.approx(held["conv", "weight"].max())
    [(header, maps)] = frames
    assert (header["layer"], header["channels"], maps.shape) == ("weight", list(range(6)), (6, 3, 9))
    for number in range(6):
        for channel in range(3):
            part = maps[number, :, 3 * channel : 3 * channel + 3]
            np.testing.assert_array_equal(part, held["conv", "weight"][number, channel])


def test_the_kernels_of_one_map_one_by_one(small, held):
    _, [(header, maps)] = wished(small, layer="conv", map=4)
    assert header["channels"] == [0, 1, 2]
    np.testing.assert_array_equal(maps, held["conv", "weight"][4])


def test_a_dense_layer_as_it_reads_the_maps_before_it(small, held):
    texts, [(_, maps)] = wished(small, layer="dense", map=2)
    assert texts[0]["kernels"] == [5, 16, 5, 5]
    np.testing.assert_array_equal(maps.reshape(-1), held["dense", "weight"][2])
    _, [(_, whole)] = wished(small, layer="dense")
    assert whole.shape == (5, 5, 16 * 5)


def test_errors_come_before_any_picture(small):
    for wish, field in (({"layer": "conv", "map": 6}, "map"), ({"layer": "pool"}, "layer")):
        texts, frames = wished(small, **wish)
        assert [text["type"] for text in texts] == ["error"]
        assert texts[0]["error"]["field"] == field
        assert not frames


def test_normalisation_has_numbers_and_no_pictures(tmp_path):
    deep.ship(tmp_path)
    shipped = networks(tmp_path).zoo.get(deep.NAME)
    found = layer_weights(shipped, "stem/norm")
    assert layer_weights(shipped, "stem").told["unit"] == {"stem/norm": found.told["vectors"]}
    assert found.kernels is None
    assert list(found.maps(None)) == []
    assert {name: len(values) for name, values in found.told["vectors"].items()} == {
        "running_mean": 4,
        "running_var": 4,
        "weight": 4,
        "bias": 4,
    }


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
