"""An answer in JSON is bounded, and refused before anything is computed."""

from __future__ import annotations

import numpy as np
import pytest
from starlette.testclient import TestClient

from engine.operations.interpolate import interpolate
from server.app import create_app
from server.settings import Settings
from tests.server.every import EVERY, error_of, wish

LARGE = {
    "operation": "interpolate",
    "input": {"values": [[[1, 2], [3, 4.5]]]},
    "params": {"size": [1500, 1500]},
}


@pytest.fixture(scope="module")
def small():
    """A client of a service that answers with no more than twelve numbers in JSON."""
    settings = Settings(allowed_hosts=("testserver",), max_json_values=12)
    with TestClient(create_app(settings)) as client:
        yield client


def test_too_large_is_refused_by_the_format_before_it_is_computed(client, monkeypatch):
    monkeypatch.setattr(type(interpolate), "forward", None)
    error = error_of(client.post("/api/run", json=LARGE))
    assert (error["code"], error["field"]) == ("limit_json_values", "format")
    assert error["values"] == {"asked": 2_250_000, "max": 1_000_000, "limit": "max_json_values"}
    for word in ("2,250,000", "max_json_values", "1,000,000", "npy", "png", "region", "channels"):
        assert word in error["message"]


def test_what_the_sentence_says_helps(client):
    for more in ({"format": "npy"}, {"format": "png"}, {"region": [0, 0, 1000, 1000]}):
        assert client.post("/api/run", json=LARGE | more).status_code == 200
    maps = LARGE | {"input": {"values": [[[1, 2], [3, 4.5]]] * 2}, "params": {"size": [900, 900]}}
    assert error_of(client.post("/api/run", json=maps))["values"]["asked"] == 1_620_000
    assert client.post("/api/run", json=maps | {"channels": [1]}).status_code == 200


def pooled(**more):
    return {
        "operation": "max_pool2d",
        "input": {"values": np.arange(32).reshape(2, 4, 4).tolist()},
        "params": {"kernel_size": 2},
        **more,
    }


def test_all_outputs_count_and_the_end_is_allowed(small):
    assert error_of(small.post("/api/run", json=pooled()))["values"]["asked"] == 16
    reply = small.post("/api/run", json=pooled(output="indices"))
    assert reply.json()["shape"] == [2, 2, 2]
    body = pooled(params={"kernel_size": 2, "stride": 1})
    assert error_of(small.post("/api/run", json=body | {"output": "indices"}))["values"]["asked"] == 18
    assert error_of(small.post("/api/run", json=body | {"channels": [0, 1, 0]}))["values"]["asked"] == 27
    assert small.post("/api/run", json=body | {"region": [0, 1, 3, 2]}).status_code == 200
    picked = {"channels": [1], "region": [1, 1, 2, 2], "output": "indices"}
    assert small.post("/api/run", json=body | picked).json()["shape"] == [1, 2, 2]


def test_what_is_not_there_is_still_refused_by_its_own_name(small):
    for more, field in (
        ({"output": "nonesuch"}, "output"),
        ({"channels": [2] * 100}, "channels"),
        ({"region": [0, 0, 2**30, 2**30]}, "region"),
    ):
        assert error_of(small.post("/api/run", json=pooled(**more)))["field"] == field


def test_a_batch_is_told_of_files_alone(small):
    batch = pooled(input={"values": np.arange(64).reshape(4, 1, 4, 4).tolist()})
    error = error_of(small.post("/api/run", json=batch))
    assert error["values"]["asked"] == 32
    assert "region" not in error["message"]
    assert small.post("/api/run", json=batch | {"format": "npy"}).status_code == 200
    assert error_of(small.post("/api/run", json=batch | {"channels": [0]}))["code"] == "batch"


@EVERY
def test_the_sizes_foreseen_are_those_of_the_answer(client, small, operation):
    found = client.post("/api/run", json=wish(operation)).json()["outputs"]
    numbers = sum(int(np.prod(output["shape"])) for output in found.values())
    reply = small.post("/api/run", json=wish(operation))
    if numbers <= 12:
        assert reply.status_code == 200
    else:
        assert error_of(reply)["values"]["asked"] == numbers


@pytest.mark.parametrize("format_", ["json", "csv", "npy", "png"])
@pytest.mark.parametrize("more", [{}, {"parts": 0}, {"activation": "relu"}])
def test_one_map_picked_often_counts_as_often(client, format_, more):
    """A small request must not make an answer larger than any output may be."""
    body = {
        "operation": "conv2d",
        "input": {"image": "edge", "size": 100, "color": "grey"},
        "weights": "box-3",
    }
    asked = body | more | {"channels": [0] * 2000, "format": format_}
    error = error_of(client.post("/api/run", json=asked))
    assert (error["code"], error["field"]) == ("limit_cells", "channels")
    assert error["values"]["asked"] == 2000 * 98 * 98
    asked |= {"region": [0, 0, 2, 2], "format": "npy"}
    assert client.post("/api/run", json=asked).status_code == 200
