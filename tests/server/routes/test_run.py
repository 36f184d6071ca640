"""A run and a trace over HTTP: the engine's numbers, in every format."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

import engine
from engine.kernels import kernels
from tests.server.every import error_of

TINY = {"values": [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]}


def test_run_json_npy_png_agree(client):
    body = {"operation": "conv2d", "weights": "gauss-3", "input": {"image": "cat", "size": 40}, "params": {}}
    answer = client.post("/api/run", json=body).json()
    npy = client.post("/api/run", json=body | {"format": "npy"})
    maps = np.load(io.BytesIO(npy.content), allow_pickle=False)
    assert answer["shape"] == list(maps.shape)
    assert np.array_equal(np.array(answer["values"], np.float32), maps)
    assert answer["outputs"]["output"]["values"] == answer["values"]
    png = Image.open(io.BytesIO(client.post("/api/run", json=body | {"format": "png"}).content))
    assert png.size == (maps.shape[2], maps.shape[1])
    assert (png.getextrema()) == (0, 255)


def test_run_is_the_engine_on_the_very_pixels_served(client):
    query = {"size": 64, "format": "npy"}
    pixels = np.load(io.BytesIO(client.get("/api/images/flower/pixels", params=query).content))
    body = {
        "operation": "conv2d",
        "weights": ["sobel-x", "gauss-3"],
        "bias": [0.5, -1],
        "input": {"image": "flower", "size": 64},
        "params": {"groups": 3, "stride": [2, 3], "padding": "same"},
        "format": "npy",
    }
    maps = np.load(io.BytesIO(client.post("/api/run", json=body).content))
    expected = engine.conv2d(
        pixels,
        np.stack([kernels()["sobel-x"].values, kernels()["gauss-3"].values]),
        np.array([0.5, -1], np.float32),
        stride=(2, 3),
        padding="same",
        groups=3,
        divisor=[1, 16],
    )
    assert np.array_equal(maps, expected)


def test_values_that_are_not_finite_are_null(client):
    huge = [[[3e38, 3e38]]]
    body = {"operation": "conv2d", "input": {"values": huge}, "weights": [[1, 1.5]]}
    assert client.post("/api/run", json=body).json()["values"] == [[[None]]]
    trace = client.post("/api/trace", json=body | {"cell": [0, 0, 0]}).json()
    assert trace["value"] is None
    pool = {"operation": "max_pool2d", "input": TINY, "params": {"kernel_size": 2, "padding": 1}}
    trace = client.post("/api/trace", json=pool | {"cell": [0, 0, 0]}).json()
    assert [term["value"] for term in trace["terms"]] == [None, None, None, 1]
    assert trace["printed"]["values"][0] == "-Infinity"


def test_trace_names_the_terms(client):
    body = {"operation": "conv2d", "input": TINY, "weights": "sobel-x", "cell": [0, 0, 0], "bias": 2}
    trace = client.post("/api/trace", json=body).json()
    assert trace["sum"] == 8
    assert trace["value"] == 10
    assert (trace["steps"], trace["each"]) == ([], None)
    assert trace["terms"][5] == {
        "of": "input",
        "input": [0, 1, 2],
        "kernel": [0, 1, 2],
        "value": 6,
        "weight": 2,
        "product": 12,
        "chosen": False,
    }


@pytest.mark.parametrize("cell", [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
def test_a_cell_outside_the_output_is_refused(client, cell):
    body = {"operation": "conv2d", "input": TINY, "weights": "box-3", "cell": cell}
    error = error_of(client.post("/api/trace", json=body))
    assert error["field"] == "cell"
    assert "0 to 0" in error["message"]
