"""An array in a reply: the numbers themselves, whichever form they travel in."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from server.wire.array_replies import json_reply, npy_reply

ARRAYS = [np.arange(6, dtype=np.float32).reshape(1, 2, 3) / 7, np.array([[255]], np.uint8), np.empty((0, 2))]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: str(array.shape))
def test_npy_comes_back_bit_by_bit(array: np.ndarray):
    found = np.load(io.BytesIO(bytes(npy_reply(array).body)))
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: str(array.shape))
def test_json_has_what_is_told_and_the_array_last(array: np.ndarray):
    reply = json.loads(bytes(json_reply({"layer": "conv1", "stats": {"min": None}}, "values", array).body))
    assert list(reply) == ["layer", "stats", "values"]
    assert reply["stats"] == {"min": None}
    np.testing.assert_array_equal(np.array(reply["values"], array.dtype).reshape(array.shape), array)


def test_what_is_not_finite_is_null_in_json():
    reply = json_reply({"layer": "a"}, "values", np.array([np.nan, 1, -np.inf]))
    assert json.loads(bytes(reply.body))["values"] == [None, 1, None]
