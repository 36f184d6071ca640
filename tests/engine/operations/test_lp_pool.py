"""What is particular to Lp pooling: known lengths, what padding adds, and powers without bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError
from engine.operations import lp_pool
from engine.windows.window import WindowAxis
from tests.engine.sums import check_adds_up


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
    text = {"en": "sqrt(x)", "zh": "sqrt(x)"}
    assert trace["steps"] == [
        {"kind": "apply", "name": "sqrt(x)", "text": text, "operand": None, "result": 5.0}
    ]


@pytest.mark.parametrize("norm", [0.5, 0, -1, 101, float("inf"), "2"])
def test_powers_that_are_refused(norm: object):
    with pytest.raises(ParameterError, match="norm_type must be a number from 1 to 100"):
        engine.lp_pool2d(np.ones((1, 4, 4)), norm, 2)


def test_no_window_on_padding_alone():
    with pytest.raises(ShapeError, match="without a single input cell"):
        engine.lp_pool2d(np.ones((1, 4, 4)), 2, 2, padding=2)


@pytest.mark.parametrize("norm", [1.5, 2, 3, 7, 100])
@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e-4, 1e10, 1e200, 1e300])
def test_magnitudes_whose_powers_cannot_be_held(norm: float, size: float):
    """Length, gradient and trace are those of ordinary numbers, but for the factor."""
    picture = np.array([[[1, -2, 3], [0, 4, -5]]])
    call, plain = (engine.lp_pool2d.call(array, norm, 2, 1) for array in (picture * size, picture * 1.0))
    np.testing.assert_allclose(call.run(), plain.run() * size, rtol=1e-13)
    gradient = np.array([[[1.0, -2.0]]])
    found, expected = (one.backward(gradient)["input"] for one in (call, plain))
    np.testing.assert_allclose(found, expected, rtol=1e-11)
    trace = call.trace((0, 0, 1)).data()
    check_adds_up(trace)
    assert trace["steps"][-1]["result"] == trace["value"] == call.run()[0, 0, 1]


def test_the_trace_of_a_large_power_is_measured_by_the_largest():
    trace = engine.lp_pool1d.call(np.full((1, 4), 1e-4), 100, 4).trace((0, 0)).data()
    assert (trace["each"], trace["sum"]) == ("(|x| / max)^100", 4)
    assert [term["product"] for term in trace["terms"]] == [1, 1, 1, 1]
    root, largest = trace["steps"]
    assert (root["kind"], root["name"], root["result"]) == ("apply", "x^(1/100)", 4**0.01)
    assert (largest["kind"], largest["name"], largest["operand"]) == ("multiply", "max", 1e-4)
    assert largest["result"] == trace["value"]


def test_windows_are_measured_each_by_itself():
    """What a neighbour holds does not change a single bit."""
    signal = np.random.default_rng(2).normal(size=(1, 4, 8))
    mixed = np.concatenate([signal, signal * 1e250, signal * 1e-250, signal * np.nan], axis=1)
    for norm in (1, 2, 3, 4.5):
        alone, found = (
            engine.lp_pool2d(signal, norm, [4, 3], 1),
            engine.lp_pool2d(mixed, norm, [4, 3], [4, 1]),
        )
        np.testing.assert_array_equal(found[:, :1], alone)
        np.testing.assert_allclose(found[:, 1:3] / [[[1e250], [1e-250]]], alone.repeat(2, axis=1), rtol=1e-12)
        assert np.isnan(found[:, 3]).all()


def test_sums_of_magnitudes_and_means_that_nearly_leave_the_doubles():
    assert engine.lp_pool1d(np.full((1, 4), 1e308), 1, 4, mean=True).tolist() == [[1e308]]


def test_infinity_takes_the_gradient_of_its_own_cell_alone():
    picture = np.arange(1.0, 10).reshape(1, 3, 3)
    picture[0, 1, 1] = np.inf
    for norm in (2, 3.5):
        found = engine.lp_pool2d.call(picture, norm, 2, 1).backward(np.ones((1, 2, 2)))["input"]
        expected = np.zeros((1, 3, 3))
        expected[0, 1, 1] = np.nan
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("norm", [1, 2, 3, 5.5])
def test_as_many_powers_as_the_window_has_rows_and_columns(norm: float, monkeypatch: pytest.MonkeyPatch):
    """Axis by axis: 15 + 15 sums, not 15 x 15, forward and back."""
    seen: list[int] = []
    real = lp_pool.positions

    def counted(axes: Sequence[WindowAxis]):
        for one in real(axes):
            seen.append(1)
            yield one

    monkeypatch.setattr(lp_pool, "positions", counted)
    call = engine.lp_pool2d.call(np.ones((1, 20, 20)), norm, 15, 1)
    call.backward(np.ones(call.run().shape))
    assert len(seen) <= 3 * 30
