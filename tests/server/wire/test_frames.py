"""Binary frames."""

from __future__ import annotations

import json

import numpy as np
import pytest

from server.wire.frames import levels, map_frame


def decode(frame: bytes):
    length = int.from_bytes(frame[:4], "little")
    header = json.loads(frame[4 : 4 + length])
    assert (4 + length) % 4 == 0
    kind = np.uint8 if header["dtype"] == "uint8" else np.float32
    payload = np.frombuffer(frame[4 + length :], kind)
    return header, payload.reshape(len(header["channels"]), header["height"], header["width"])


def test_a_frame_holds_levels_and_ends():
    maps = np.array([[[-10, 0], [5, 10]], [[3, 3], [3, 3]]], np.float32)
    header, payload = decode(map_frame(maps, range(4, 6), id=7, layer="output"))
    assert header["id"] == 7
    assert header["channels"] == [4, 5]
    assert header["min"] == [-10, 3]
    assert header["max"] == [10, 3]
    assert payload.tolist() == [[[0, 128], [191, 255]], [[0, 0], [0, 0]]]


def test_float32_frames_hold_the_values():
    maps = np.random.default_rng(1).normal(size=(3, 4, 5)).astype(np.float32)
    header, payload = decode(map_frame(maps, range(3), "float32"))
    assert header["dtype"] == "float32"
    assert np.array_equal(payload, maps)


@pytest.mark.parametrize("seed", range(20))
def test_a_level_is_within_half_a_step(seed):
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.integers(-6, 7)
    maps = (rng.normal(size=(1, 9, 11)) * scale + rng.normal() * scale * 10).astype(np.float32)
    low, high = float(maps.min()), float(maps.max())
    restored = low + levels(maps).astype(float) * (high - low) / 255
    assert np.abs(restored - maps).max() <= (high - low) / 255 * 0.502 + np.spacing(np.abs(maps).max()) * 4


def test_pictures_pass_unchanged():
    picture = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    assert np.array_equal(levels(picture), picture)


def test_what_is_not_finite_counts_for_neither_end():
    maps = np.array([[[np.nan, -np.inf, np.inf, 0, 10]]], np.float32)
    header, payload = decode(map_frame(maps, [0]))
    assert (header["min"], header["max"]) == ([0], [10])
    assert payload.tolist() == [[[0, 0, 255, 0, 255]]]
    _, payload = decode(map_frame(np.full((1, 2, 2), np.nan, np.float32), [0]))
    assert not payload.any()


def test_the_whole_range_of_float32_fits():
    top = np.finfo(np.float32).max
    maps = np.array([[[-top, 0, top]]], np.float32)
    assert levels(maps).tolist() == [[[0, 128, 255]]]
