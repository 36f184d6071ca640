"""The call that a script is about: pictures and drawn inputs are fetched, small ones written down."""

from __future__ import annotations

import numpy as np
import pytest

from engine.registry import registered
from tests.extra.threshold import threshold
from tests.server.code.running import DRAWN, LANGUAGES, assert_same, ran


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"channels": [4, 1], "region": [2, 3, 5, 6]},
        {"activation": None, "channels": [0]},
        {"input": {"image": "cat", "size": 30, "color": "rgb", "crop": [10, 20, 200, 300]}},
        {"input": {"image": "cat", "size": 24, "edits": [[3, 4, 255], [0, 0, 9]]}},
        {"input": {"image": "cat", "size": 24, "edits": [[y, x, 7] for y in range(16) for x in range(20)]}},
    ],
    ids=["drawn", "picked", "plain", "crop", "edits", "many edits"],
)
def test_pictures_and_drawn_weights_are_fetched(service, language, more):
    body = DRAWN | more
    wanted = service.npy("/api/run", body | {"format": "npy"})
    text = service.scripts("run", body)[language]
    names, _ = ran(text)
    assert_same(names["output"], wanted, text)
    if wanted.size > 100:
        assert_same(np.load("conv2d.npy"), wanted, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["conv1d", "conv3d"])
def test_a_photo_as_a_signal_and_as_a_volume(service, language, name):
    drawn = {"inputs": {"weight": {"seed": 1}}, "params": {"kernel_size": 1, "out_channels": 2}}
    for more in ({}, {"row": 2}) if name == "conv1d" else ({},):
        photo = {"image": "cat", "size": 12, "color": "grey" if name == "conv3d" else "rgb", **more}
        body = {"operation": name, "input": photo, **drawn}
        wanted = service.npy("/api/run", body | {"format": "npy"})
        assert_same(ran(service.scripts("run", body)[language])[0]["output"], wanted, name)


def test_an_operation_without_a_recipe_says_so(client):
    with registered(threshold):
        call = {"operation": "threshold", "input": {"values": [[[1, 2]]]}}
        reply = client.post("/api/code", json={"view": "run", "call": call})
    assert reply.status_code == 422
    assert reply.json()["error"]["code"] == "no_code"
