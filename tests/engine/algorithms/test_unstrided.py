"""The ways back at stride 1, against sums written out cell by cell."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import engine
from engine.algorithms import sliding
from engine.algorithms.unstrided import fits, gradient_by_kernels, spread_back
from engine.declaration.call import Call
from engine.windows.axis import OUTSIDE
from engine.windows.window import WindowAxis

DOUBLE = np.dtype(np.float64)
CASES = [
    ("conv1d", (2, 3, 9), (4, 3, 4), {"padding": 2, "dilation": 2}),
    ("conv2d", (2, 3, 6, 5), (4, 3, 3, 2), {"padding": 1}),
    ("conv2d", (3, 4, 6, 5), (6, 2, 2, 3), {"groups": 2, "dilation": (2, 1), "padding": "same"}),
    ("conv2d", (1, 1, 4, 4), (2, 1, 4, 4), {}),
    ("conv3d", (2, 2, 3, 4, 5), (3, 2, 2, 2, 2), {"padding": 1}),
]


def bound(name: str, shape: tuple[int, ...], weight: tuple[int, ...], params: dict) -> Call:
    rng = np.random.default_rng(0)
    operation = getattr(engine, name)
    return operation.call(rng.standard_normal(shape), rng.standard_normal(weight), **params)


def axes_of(call: Call) -> tuple[WindowAxis, ...]:
    return call.operation.axes_of(call)  # type: ignore[attr-defined]


def written_out(call: Call, gradient: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both gradients, output cell by output cell, by the table of what each reads."""
    array, weight = call.inputs["input"], call.inputs["weight"]
    axes = axes_of(call)
    by_input, by_weight = np.zeros(array.shape), np.zeros(weight.shape)
    per_group, maps = weight.shape[1], weight.shape[0] // (array.shape[1] // weight.shape[1])
    for cell in product(*map(range, gradient.shape)):
        first = cell[1] // maps * per_group
        for place in product(*map(range, weight.shape[2:])):
            read = [
                int(axis.sources[at * axis.stride + entry * axis.dilation])
                for axis, at, entry in zip(axes, cell[2:], place, strict=True)
            ]
            if OUTSIDE in read:
                continue
            cells = (cell[0], slice(first, first + per_group), *read)
            by_input[cells] += gradient[cell] * weight[(cell[1], slice(None), *place)]
            by_weight[(cell[1], slice(None), *place)] += gradient[cell] * array[cells]
    return by_input, by_weight


@pytest.mark.parametrize(("name", "shape", "weight", "params"), CASES)
def test_they_are_the_sums(name: str, shape: tuple, weight: tuple, params: dict):
    call = bound(name, shape, weight, params)
    gradient = np.random.default_rng(1).standard_normal(call.layout.output)
    by_input, by_weight = written_out(call, gradient)
    found = call.backward(gradient)
    np.testing.assert_allclose(found["input"], by_input, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["weight"], by_weight, rtol=0, atol=1e-12)


def test_taking_little_at_a_time_changes_nothing_but_rounding(monkeypatch: pytest.MonkeyPatch):
    call = bound("conv2d", (5, 4, 6, 7), (6, 2, 3, 3), {"groups": 2, "padding": 1})
    gradient = np.random.default_rng(1).standard_normal(call.layout.output)
    whole = call.backward(gradient)
    for cells in (1, 200, 3000):
        monkeypatch.setattr("engine.algorithms.unstrided._CELLS", cells)
        for name, array in call.backward(gradient).items():
            np.testing.assert_allclose(array, whole[name], rtol=0, atol=1e-12)


def test_single_precision_stays_single_and_near():
    call = bound("conv2d", (8, 16, 14, 14), (32, 16, 3, 3), {"padding": 1})
    single = engine.conv2d.bind(
        {name: array.astype(np.float32) for name, array in call.inputs.items()}, {"padding": 1}
    )
    gradient = np.random.default_rng(1).standard_normal(call.layout.output)
    exact = call.backward(gradient)
    for name, array in single.backward(gradient.astype(np.float32)).items():
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, exact[name], rtol=0, atol=2e-5 * np.abs(exact[name]).max())


@pytest.mark.parametrize("stray", [np.nan, np.inf])
def test_what_is_not_finite_stays_with_the_windows_that_read_it(stray: float):
    call = bound("conv2d", (1, 1, 5, 5), (1, 1, 3, 3), {"padding": 1})
    axes = axes_of(call)
    call.inputs["input"][0, 0, 0, 4] = stray
    assert not fits(call.inputs["input"], axes)
    found = call.backward(np.ones(call.layout.output))["weight"][0, 0]
    # The cell in the corner is read by the four kernel positions of the windows about it.
    assert np.isfinite(found).tolist() == [[True, False, False], [True, False, False], [True, True, True]]


def test_other_strides_go_the_other_way():
    call = bound("conv2d", (2, 3, 8, 8), (4, 3, 3, 3), {"stride": 2, "padding": 1})
    axes = axes_of(call)
    assert not fits(call.inputs["input"], axes)
    gradient = np.random.default_rng(1).standard_normal(call.layout.output)
    by_input, by_weight = written_out(call, gradient)
    found = call.backward(gradient)
    np.testing.assert_allclose(found["input"], by_input, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["weight"], by_weight, rtol=0, atol=1e-12)


def test_both_ways_agree():
    rng = np.random.default_rng(2)
    call = bound("conv2d", (2, 3, 6, 6), (4, 3, 3, 3), {})
    axes = axes_of(call)
    padded, outputs = rng.standard_normal((2, 1, 3, 6, 6)), rng.standard_normal((2, 1, 4, 4, 4))
    weight = rng.standard_normal((1, 4, 3, 3, 3))
    direct = spread_back(outputs, weight, axes, DOUBLE), gradient_by_kernels(padded, outputs, axes, DOUBLE)
    # A weight that is not finite sends scatter the other way; here it is 0 in all but one place.
    broken = weight.copy()
    broken[0, 0, 0, 0, 0] = np.inf
    with np.errstate(all="ignore"):
        other = sliding.scatter(outputs, broken, axes, DOUBLE)
    there = np.isfinite(other)
    np.testing.assert_allclose(other[there], direct[0][there], rtol=0, atol=1e-12)
    assert (~there).sum() == 2 * 16
    np.testing.assert_allclose(sliding.kernel_gradient(padded, outputs, axes, DOUBLE), direct[1], atol=1e-12)
