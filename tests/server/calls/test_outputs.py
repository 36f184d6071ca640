"""Which outputs a wish is for: named ones, maps and regions of them."""

from __future__ import annotations

import numpy as np

from tests.server.every import error_of


def test_region_and_channels_are_cut_from_the_whole(client):
    body = {"operation": "max_pool2d", "input": {"image": "cat", "size": 50}, "params": {"kernel_size": 2}}
    whole = np.array(client.post("/api/run", json=body).json()["values"])
    part = client.post("/api/run", json=body | {"channels": [2, 0], "region": [1, 2, 3, 4]}).json()
    assert np.array_equal(part["values"], whole[[2, 0], 1:4, 2:6])


def test_winners_come_by_name(client):
    body = {"operation": "max_pool2d", "input": {"values": [[[1, 2], [4, 3]]]}, "params": {"kernel_size": 2}}
    found = client.post("/api/run", json=body).json()
    assert found["outputs"] == {
        "output": {"shape": [1, 1, 1], "values": [[[4]]]},
        "indices": {"shape": [1, 1, 1], "values": [[[2]]]},
    }
    part = client.post("/api/run", json=body | {"output": "indices", "channels": [0]}).json()
    assert (part["values"], list(part["outputs"])) == ([[[2]]], ["indices"])
    error = error_of(client.post("/api/run", json=body | {"output": "winners"}))
    assert error["field"] == "output"
    assert "output, indices" in error["message"]
