"""The likeliest classes are those of the engine's own forward pass."""

from __future__ import annotations

import pytest

from engine.network import activations, predict
from server.networks.zoo import Zoo
from tests.server.networks.small import ABOUT, NAME
from tests.server.networks.talk import CAT, HOME


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
