"""What is too large says how much it is and what to make smaller."""

from __future__ import annotations

import pytest

from tests.server.every import error_of

TINY = {"values": [[[1, 2], [3, 4]]]}


def test_the_input_is_named_where_it_is_too_much_by_itself(client):
    body = {"operation": "relu", "input_shape": [4000, 100, 100]}
    error = error_of(client.post("/api/shape", json=body))
    assert (error["code"], error["field"]) == ("limit_cells", "input_shape")
    assert error["message"].endswith("16,000,000; make input smaller.")
    body |= {"operation": "max_pool2d", "params": {"kernel_size": 2}}
    assert error_of(client.post("/api/shape", json=body))["field"] == "input_shape"


def test_params_are_named_where_they_make_it_too_much(client):
    body = {"operation": "interpolate", "input": TINY, "params": {"size": [4096, 4096]}}
    error = error_of(client.post("/api/run", json=body))
    assert (error["code"], error["field"]) == ("limit_cells", "params")
    assert "let params ask for a smaller output" in error["message"]
    assert error["values"] == {"asked": 4096**2, "max": 16_000_000, "limit": "cells"}


def test_neither_is_named_where_it_cannot_be_known(client):
    body = {"operation": "conv2d", "input_shape": [1, 4000, 4000]}
    error = error_of(client.post("/api/shape", json=body | {"params": {"kernel_size": 31}}))
    assert (error["code"], error["field"]) == ("limit_bytes", None)
    assert "make the input or the output smaller" in error["message"]


def test_memory_is_told_in_mebibytes(client):
    body = {"operation": "conv2d", "input_shape": [1, 4000, 4000], "params": {"kernel_size": 31}}
    error = error_of(client.post("/api/shape", json=body))
    asked, most = error["values"]["asked"], error["values"]["max"]
    assert error["values"]["asked_mib"] == pytest.approx(asked / 2**20, abs=0.05)
    assert (most, error["values"]["max_mib"]) == (512_000_000, 488.3)
    assert f"({error['values']['asked_mib']:,} MiB; 488.3 MiB are allowed)" in error["message"]


def test_what_is_drawn_too_large_names_the_input(client):
    body = {
        "operation": "linear",
        "input": {"values": [0.5] * 60_000},
        "inputs": {"weight": {"seed": 1}},
        "params": {"out_features": 4096},
    }
    error = error_of(client.post("/api/run", json=body))
    assert error["code"] == "limit_bytes"
    assert "MiB are allowed" in error["message"]


def test_weights_and_bias_that_are_not_taken_are_named_as_written(client):
    body = {"operation": "relu", "input": TINY}
    for weights in ([[1]], "box-3", {"values": [[1]], "divisor": 2}):
        error = error_of(client.post("/api/run", json=body | {"weights": weights}))
        assert (error["code"], error["field"]) == ("unknown_input", "weights")
        assert "leave out weights" in error["message"]
    error = error_of(client.post("/api/run", json=body | {"bias": 1}))
    assert (error["field"], error["values"]) == ("bias", {"names": ["input"]})
    trace = {"operation": "max_pool2d", "input": TINY, "params": {"kernel_size": 1}, "cell": [0, 0, 0]}
    assert error_of(client.post("/api/trace", json=trace | {"bias": [1]}))["field"] == "bias"
