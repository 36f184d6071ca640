"""Resizing and padding pictures from their definitions, cell by cell in plain Python."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np


def over_pictures(array: np.ndarray, rows: int, columns: int, cell: Callable[[np.ndarray, int, int], float]):
    """Each output cell of each channel from that channel alone."""
    output = np.zeros((*array.shape[:-2], rows, columns))
    for channel in itertools.product(*map(range, array.shape[:-2])):
        for y, x in itertools.product(range(rows), range(columns)):
            output[(*channel, y, x)] = cell(array[channel], y, x)
    return output


def standing(i: int, size: int, count: int, scale: float | None, rule: str, whole_length: bool) -> Fraction:
    """Where output i stands in the input, as ONNX's Resize says, in exact fractions."""
    factor = Fraction(count, size) if scale is None else Fraction(scale)
    length = Fraction(count) if whole_length else size * factor
    if rule == "align_corners":
        return Fraction(0) if length == 1 else i * Fraction(size - 1) / (length - 1)
    if rule == "asymmetric":
        return i / factor
    if rule == "pytorch_half_pixel" and length <= 1:
        return Fraction(0)
    place = (i + Fraction(1, 2)) / factor - Fraction(1, 2)
    if rule == "half_pixel_symmetric":
        place += Fraction(size, 2) * (1 - count / length)
    return place


def nearest(place: Fraction, size: int, rounding: str) -> int:
    """The cell that a place is rounded to."""
    half = Fraction(1, 2)
    found = {
        "floor": math.floor(place),
        "ceil": math.ceil(place),
        "round_prefer_floor": math.ceil(place - half),
        "round_prefer_ceil": math.floor(place + half),
    }[rounding]
    return min(max(found, 0), size - 1)


def neighbours(place: Fraction, size: int) -> list[tuple[int, Fraction]]:
    """The two cells around a place and how much of each is taken; beyond the edge, the edge."""
    low = math.floor(place)
    part = place - low
    return [(min(max(low, 0), size - 1), 1 - part), (min(max(low + 1, 0), size - 1), part)]


def interpolate(inputs: Mapping[str, np.ndarray], params: Mapping[str, Any]):
    """The nearest cell, or the blend of four."""
    array = inputs["input"]
    sizes = array.shape[-2:]
    bilinear, aligned = params.get("mode", "nearest") == "bilinear", bool(params.get("align_corners"))
    rule = params.get("coordinate_transformation_mode")
    if rule is None:
        rule = "asymmetric" if not bilinear else "align_corners" if aligned else "half_pixel"
    asked, scale = params.get("size"), params.get("scale_factor")
    scales = (
        [None, None] if scale is None else list(scale) if isinstance(scale, (list, tuple)) else [scale] * 2
    )
    if asked is None:
        counts = [math.floor(n * s) for n, s in zip(sizes, scales, strict=True)]
    else:
        counts = list(asked) if isinstance(asked, (list, tuple)) else [asked] * 2

    def read(axis: int, i: int) -> list[tuple[int, Fraction]]:
        size, count = sizes[axis], counts[axis]
        place = standing(i, size, count, scales[axis], rule, aligned or scales[axis] is None)
        if bilinear:
            return neighbours(place, size)
        return [(nearest(place, size, params.get("nearest_mode", "floor")), Fraction(1))]

    def cell(channel: np.ndarray, y: int, x: int) -> float:
        terms = itertools.product(read(0, y), read(1, x))
        return math.fsum(float(a * b) * float(channel[row, column]) for (row, a), (column, b) in terms)

    return over_pictures(array, counts[0], counts[1], cell)


def source_of(place: int, size: int, mode: str) -> int | None:
    """Which cell stands at a place that may be outside, None for padding: walking, one step at a time."""
    step = 1 if place < 0 else -1
    while not 0 <= place < size:
        if mode == "constant":
            return None
        if mode == "reflect":
            edge = 0 if place < 0 else size - 1
            place = edge + (edge - place)
        elif mode == "circular":
            place += step * size
        else:
            place += step
    return place


def pad(inputs: Mapping[str, np.ndarray], params: Mapping[str, Any]):
    """The picture with cells around it."""
    array, mode = inputs["input"], params.get("mode", "constant")
    given = params["padding"]
    numbers = list(given) if isinstance(given, (list, tuple)) else [given]
    top, bottom, left, right = (
        numbers if len(numbers) == 4 else [numbers[0], numbers[0], numbers[-1], numbers[-1]]
    )
    height, width = array.shape[-2:]
    value = params.get("value", 0)

    def cell(channel: np.ndarray, y: int, x: int) -> float:
        row, column = source_of(y - top, height, mode), source_of(x - left, width, mode)
        return value if row is None or column is None else channel[row, column]

    return over_pictures(array, height + top + bottom, width + left + right, cell)


ORACLES = {"interpolate": interpolate, "pad": pad}
