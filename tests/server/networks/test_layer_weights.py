"""The weights of layers as pictures: kernels, dense rows, and what has none."""

from __future__ import annotations

import numpy as np
import pytest

from server.networks.layer_weights import layer_weights
from tests.server.networks import deep
from tests.server.networks.small import NAME, network, networks
from tests.server.stream.talk import answer


@pytest.fixture(scope="module")
def held():
    return network().weights


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
