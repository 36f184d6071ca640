"""What each map before gives to a map of a network: together they are the map."""

from __future__ import annotations

import numpy as np
import pytest

from server.errors import ApiError
from server.networks.parts import network_parts
from server.networks.wishes import PictureWish
from tests.server.networks import deep
from tests.server.networks.small import NAME, networks
from tests.server.networks.talk import shown
from tests.server.stream.talk import answer

PICTURE = PictureWish(image="cat")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deep")
    deep.ship(folder)
    return networks(folder).run(deep.NAME, PICTURE)


def together(found):
    runs = list(found.maps())
    assert [channel for channels, _ in runs for channel in channels] == found.told["channels"]
    return np.concatenate([maps for _, maps in runs])


@pytest.mark.parametrize("layer", ["conv", "conv/relu"])
def test_parts_and_bias_are_the_sum_and_the_activation_comes_after(run, layer):
    found = network_parts(run, layer, 4)
    kept, parts = run.until("conv/relu"), together(found)
    assert parts.shape == tuple(found.told["shape"]) == (3, 22, 22)
    assert found.told["bias"] == run.shipped.network.weights["conv", "bias"][4]
    np.testing.assert_allclose(parts.sum(axis=0) + found.told["bias"], kept["conv"][4], rtol=1e-4, atol=1e-3)
    np.testing.assert_array_equal(found.sum[0], kept["conv"][4])
    np.testing.assert_array_equal(found.after[0], np.maximum(kept["conv"][4], 0))
    assert (found.told["layer"], found.told["source"], found.told["after"]) == ("conv", "input", "conv/relu")


def test_a_layer_that_reads_another(run):
    found = network_parts(run, "fork/a", 2)
    assert (found.told["source"], found.told["after"], found.told["bias"]) == ("conv/relu", "fork/a", None)
    assert found.told["channels"] == list(range(6))
    np.testing.assert_allclose(together(found).sum(axis=0), found.sum[0], rtol=1e-4, atol=1e-3)


def test_a_depthwise_map_has_one_part_and_normalisation_comes_after(other):
    found = network_parts(other, "deep/relu6", 2)
    kept = other.until("deep/relu6")
    assert found.told["channels"] == [2]
    assert found.told["source"] == "stem/relu6"
    np.testing.assert_allclose(together(found)[0], kept["deep"][2], rtol=1e-5, atol=1e-5)
    np.testing.assert_array_equal(found.sum[0], kept["deep"][2])
    np.testing.assert_array_equal(found.after[0], kept["deep/relu6"][2])


@pytest.mark.parametrize(("layer", "operation"), [("pool", "max_pool2d"), ("dense", "linear")])
def test_what_is_no_sum_over_maps_is_refused_in_words(run, layer, operation):
    said = rf"{layer} \({operation}\) has no parts: sums over the maps before are those of conv, fork/a"
    with pytest.raises(ApiError, match=said) as caught:
        network_parts(run, layer, 0)
    assert (caught.value.status_code, caught.value.field) == (422, "layer")
    assert caught.value.values["names"] == ["conv", "fork/a"]


def wished(client, name, **more):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_json({"id": 5, "type": "network_parts", "network": name, "image": "cat"} | more)
        return answer(socket, 5)


def test_over_the_stream(small, run):
    texts, frames = wished(small, NAME, layer="conv/relu", map=4)
    found = network_parts(run, "conv/relu", 4)
    assert [text["type"] for text in texts] == ["parts", "done"]
    assert texts[0] == found.told | {"id": 5, "type": "parts"}
    assert [(header["layer"], header["channels"]) for header, _ in frames] == [
        ("part", [0, 1, 2]),
        ("sum", [4]),
        ("after", [4]),
    ]
    for (header, maps), expected in zip(frames, (together(found), found.sum, found.after), strict=True):
        step = (expected.max() - expected.min()) / 255
        np.testing.assert_allclose(shown(header, maps), expected, atol=float(step))


def test_no_such_map(small):
    texts, frames = wished(small, NAME, layer="conv", map=6)
    assert texts[0]["error"]["message"] == "map names map 6; there are maps 0 to 5."
    assert texts[0]["error"]["field"] == "map"
    assert not frames


def test_many_parts_come_in_a_few_frames(client):
    texts, frames = wished(client, "squeezenet-1.1", layer="conv10", map=967, dtype="float32")
    parts = [maps for header, maps in frames if header["layer"] == "part"]
    assert texts[0]["shape"] == [512, 13, 13]
    assert 2 <= len(parts) <= 16
    [total] = [maps for header, maps in frames if header["layer"] == "sum"]
    np.testing.assert_allclose(np.concatenate(parts).sum(axis=0) + texts[0]["bias"], total[0], atol=1e-3)
