"""Outputs in each form that a caller may ask for: the same numbers, the first output first."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from server.errors import ApiError
from server.wire.answers import ANSWERS

MAPS = np.array([[[0, 1], [2, 4]], [[-3, -3], [-3, 5]]], np.float32)
OUTPUTS = {"output": MAPS, "indices": np.array([[7, 8]])}


def answered(kind: str, outputs: dict[str, np.ndarray] | None = None) -> bytes:
    return ANSWERS[kind][1]("max_pool2d", outputs or OUTPUTS)


def test_json_tells_every_output_and_the_first_by_itself():
    told = json.loads(answered("json"))
    assert list(told) == ["operation", "shape", "values", "outputs"]
    assert told["operation"] == "max_pool2d"
    assert list(told["outputs"]) == ["output", "indices"]
    for name, array in OUTPUTS.items():
        assert told["outputs"][name] == {"shape": list(array.shape), "values": array.tolist()}
    assert told["outputs"]["output"] == {"shape": told["shape"], "values": told["values"]}
    odd = json.loads(answered("json", {"output": np.array([np.nan, np.inf, 1])}))
    assert odd["values"] == [None, None, 1]


def test_other_forms_give_the_first_output_alone():
    np.testing.assert_array_equal(np.load(io.BytesIO(answered("npy"))), MAPS)
    rows = [[line.split(",") for line in part.split()] for part in answered("csv").decode().split("\n\n")]
    np.testing.assert_array_equal(np.array(rows, np.float32), MAPS)


def test_a_picture_has_the_maps_below_one_another_each_in_all_its_greys():
    picture = Image.open(io.BytesIO(answered("png")))
    levels = np.asarray(picture).reshape(2, 2, 2)
    assert picture.mode == "L"
    assert levels[0].tolist() == [[0, 64], [128, 255]]
    assert levels[1].tolist() == [[0, 0], [0, 255]]


def test_nothing_is_no_picture():
    with pytest.raises(ApiError, match="max_pool2d gives none") as caught:
        answered("png", {"output": np.empty((0, 2, 2))})
    assert (caught.value.code, caught.value.field) == ("empty", "format")
    assert json.loads(answered("json", {"output": np.empty((0, 2))}))["values"] == []
