"""What is particular to Lp pooling: known lengths, what padding adds, and powers without bounds."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


def test_two_is_the_euclidean_length():
    assert engine.lp_pool2d([[[3, 4], [0, 0]]], 2, 2).tolist() == [[[5.0]]]
    assert engine.lp_pool1d([[3, 4, 5, 12]], 2, 2).tolist() == [[5.0, 13.0]]
    assert engine.lp_pool3d([[[[1, 1], [1, 1]]]], 2, [1, 2, 2]).tolist() == [[[[2.0]]]]


def test_one_adds_up_magnitudes_and_three_takes_the_cube_root():
    assert engine.lp_pool1d([[-3, 4, -5]], 1, 3).tolist() == [[12.0]]
    assert engine.lp_pool1d([[-3, 4, 5]], 3, 3).tolist() == [[6.0]]


def test_the_mean_counts_real_cells_alone():
    picture = np.full((1, 3, 3), 7.0)
    assert np.all(engine.lp_pool2d(picture, 2, 3, 1, padding=1, mean=True) == 7)
    assert engine.lp_pool2d(picture, 2, 3, 1, padding=1)[0, 0, 0] == 14


def test_a_large_power_comes_close_to_the_largest_magnitude_and_holds_any_number():
    signal = np.array([[1e30, -3e300, 2e-200]])
    assert engine.lp_pool1d(signal, 100, 3)[0, 0] == 3e300
    tiny = np.array([[1e-9, 1e-9]])
    np.testing.assert_allclose(engine.lp_pool1d(tiny, 64, 2), 1e-9 * 2 ** (1 / 64), rtol=1e-14)
    gradient = engine.lp_pool1d.call(tiny, 64, 2).backward([[1.0]])["input"]
    np.testing.assert_allclose(gradient, 2 ** (1 / 64 - 1), rtol=1e-12)


@pytest.mark.parametrize("norm", [1, 1.5, 2, 3, 7])
def test_one_cell_keeps_its_magnitude(norm: float):
    signal = np.array([[-2.5, 0, 1 / 3]])
    assert engine.lp_pool1d(signal, norm, 1).tolist() == [[2.5, 0, 1 / 3]]


def test_nothing_but_zeros_has_no_gradient():
    call = engine.lp_pool2d.call(np.zeros((1, 4, 4)), 2, 2)
    assert not call.backward(np.ones((1, 2, 2)))["input"].any()


def test_the_trace_goes_by_powers_and_their_root():
    trace = engine.lp_pool2d.call([[[3, -4], [0, 0]]], 2, 2).trace((0, 0, 0)).data()
    assert trace["each"] == "|x|^2"
    assert [term["product"] for term in trace["terms"]] == [9, 16, 0, 0]
    assert (trace["sum"], trace["value"]) == (25, 5)
    assert trace["steps"] == [{"kind": "apply", "name": "sqrt(x)", "operand": None, "result": 5.0}]


@pytest.mark.parametrize("norm", [0.5, 0, -1, 101, float("inf"), "2"])
def test_powers_that_are_refused(norm: object):
    with pytest.raises(ParameterError, match="norm_type must be a number from 1 to 100"):
        engine.lp_pool2d(np.ones((1, 4, 4)), norm, 2)


def test_no_window_on_padding_alone():
    with pytest.raises(ShapeError, match="without a single input cell"):
        engine.lp_pool2d(np.ones((1, 4, 4)), 2, 2, padding=2)
