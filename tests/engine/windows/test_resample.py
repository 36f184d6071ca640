"""Reading between cells: places by their rules, blending against its definition and its adjoint."""

from __future__ import annotations

import numpy as np
import pytest

from engine.windows.axis import OUTSIDE
from engine.windows.resample import ResampleAxis, blend, unblend

RULES = ["align_corners", "asymmetric", "pytorch_half_pixel", "half_pixel", "half_pixel_symmetric"]
ROUNDINGS = ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil", None]
SIZES = [(1, 1), (1, 4), (5, 1), (4, 8), (8, 4), (5, 7), (7, 5), (6, 6)]


def axes():
    for rule in RULES:
        for rounding in ROUNDINGS:
            for size, count in SIZES:
                yield ResampleAxis("width", size, count, None, rule, rounding)


def place(rule: str, i: int, size: int, count: int) -> float:
    """Where output i stands: ONNX's Resize, coordinate_transformation_mode."""
    match rule:
        case "align_corners":
            return i * (size - 1) / (count - 1) if count > 1 else 0
        case "asymmetric":
            return i * size / count
        case "pytorch_half_pixel" if count == 1:
            return 0
        case _:
            return (i + 0.5) * size / count - 0.5


def test_places_are_those_of_the_rule():
    for axis in axes():
        expected = [place(axis.coordinates, i, axis.size, axis.count) for i in range(axis.count)]
        np.testing.assert_allclose(axis.places, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("rounding", "read"),
    [
        ("floor", [0, 0, 1]),
        ("ceil", [0, 1, 1]),
        ("round_prefer_floor", [0, 0, 1]),
        ("round_prefer_ceil", [0, 1, 1]),
    ],
)
def test_halves_are_rounded_as_asked(rounding: str, read: list[int]):
    """Two cells read at 0, 1/2 and 1."""
    axis = ResampleAxis("width", 2, 3, None, "align_corners", rounding)
    assert axis.index[:, 0].tolist() == read
    assert axis.weights is None


def test_a_blend_is_the_line_between_its_two_neighbours():
    for axis in axes():
        if axis.rounding is not None:
            continue
        array = np.random.default_rng(axis.size).standard_normal((2, axis.size))
        clipped = np.clip(axis.places, 0, axis.size - 1)
        expected = [np.interp(clipped, np.arange(axis.size), row) for row in array]
        np.testing.assert_allclose(blend(array, axis, -1), expected, atol=1e-12)
        assert axis.weights is not None
        np.testing.assert_allclose(axis.weights.sum(axis=1), 1)
        assert ((axis.index[:, 1] == OUTSIDE) == (clipped == np.floor(clipped))).all()


@pytest.mark.parametrize("along", [-1, -2])
def test_unblend_is_the_adjoint(along):
    rng = np.random.default_rng(5)
    for axis in axes():
        cells, outputs = [2, 3, 3], [2, 3, 3]
        cells[along], outputs[along] = axis.size, axis.count
        x, y = rng.integers(-9, 10, cells).astype(float), rng.integers(-9, 10, outputs).astype(float)
        forth, back = (blend(x, axis, along) * y).sum(), (x * unblend(y, axis, along)).sum()
        np.testing.assert_allclose(forth, back, rtol=1e-12, atol=1e-9)


def test_an_infinite_cell_spoils_no_output_that_does_not_read_it():
    axis = ResampleAxis("width", 3, 3, None, "align_corners", None)
    assert blend(np.array([np.inf, 1.0, 2.0]), axis, -1).tolist() == [np.inf, 1, 2]
    assert unblend(np.array([np.inf, 1.0, 2.0]), axis, -1).tolist() == [np.inf, 1, 2]


def test_the_law_is_a_plain_fraction_or_what_was_asked_for():
    assert ResampleAxis("width", 5, 7, 1.5).law.symbols == "floor(n * 3 / 2)"
    assert ResampleAxis("width", 5, 15, 3.0).law.symbols == "n * 3"
    assert ResampleAxis("width", 5, 9).law.symbols == "size"


def test_jump_is_the_distance_of_places():
    assert ResampleAxis("width", 5, 9, None, "align_corners").jump == 0.5
    assert ResampleAxis("width", 4, 8).jump == 0.5
    assert ResampleAxis("width", 4, 9, 2.25).jump == pytest.approx(1 / 2.25)
