"""/api/networks over HTTP: what is given, kept and bounded, and every refusal."""

from __future__ import annotations

import gzip
import io
import json

import numpy as np
import pytest

from tests.server.every import error_of
from tests.server.networks.small import LAYERS, NAME, SIDE, serving
from tests.server.networks.talk import CAT, HOME


def test_one_network_is_sent_small_and_not_twice(small):
    reply = small.get(HOME, headers={"accept-encoding": "gzip"})
    assert reply.headers["content-encoding"] == "gzip"
    tag = reply.headers["etag"]
    assert small.get(HOME, headers={"if-none-match": tag}).status_code == 304
    plain = small.get(HOME, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content)) < len(plain.content)
    assert plain.json() == reply.json()


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
