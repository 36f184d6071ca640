"""Linear operations as matrices."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.analysis.matrix import MOST_ENTRIES, matrix
from engine.declaration.operation import Operation
from engine.errors import LimitError, ParameterError, ShapeError
from engine.registry import all_operations
from tests.engine.draws import REAL, drawings

RNG = np.random.default_rng(304)
LINEAR = [operation for operation in all_operations() if operation.linear]


def test_the_worked_example():
    """3x3 on 4x4: four rows of sixteen; the transpose takes 4 values back to 16."""
    kernel, picture = RNG.integers(1, 10, (3, 3)), RNG.integers(-9, 10, (1, 4, 4))
    call = engine.conv2d.call(picture, kernel)
    found = matrix(call)
    assert found.shape == (4, 16)
    assert len(found.values) == 4 * 9
    a, b, c = kernel.tolist()
    assert found.dense().tolist() == [
        [*a, 0, *b, 0, *c, 0, 0, 0, 0, 0],
        [0, *a, 0, *b, 0, *c, 0, 0, 0, 0],
        [0, 0, 0, 0, *a, 0, *b, 0, *c, 0],
        [0, 0, 0, 0, 0, *a, 0, *b, 0, *c],
    ]
    np.testing.assert_array_equal(found.multiply(picture), call.run())
    small = RNG.integers(-9, 10, (1, 2, 2))
    transpose = found.transpose
    assert transpose.shape == (16, 4)
    np.testing.assert_array_equal(transpose.dense(), found.dense().T)
    back = engine.conv_transpose2d.call(small, kernel)
    np.testing.assert_array_equal(transpose.multiply(small), back.run())
    np.testing.assert_array_equal(matrix(back).dense(), found.dense().T)


@pytest.mark.parametrize("operation", LINEAR, ids=lambda operation: operation.name)
def test_multiplying_is_running_and_the_transpose_goes_back(operation: Operation):
    for drawn in drawings(operation, 20, REAL, seed=17):
        if drawn.call.layout.batched or drawn.arrays["input"].size == 0:
            continue
        found = matrix(drawn.call)
        picture = drawn.arrays["input"]
        offset = drawn.bound(input=np.zeros_like(picture)).run()
        expected = drawn.call.run() - offset
        scale = 1 + np.abs(expected).max(initial=0)
        np.testing.assert_allclose(found.multiply(picture), expected, rtol=1e-9, atol=1e-9 * scale)
        gradient = RNG.normal(size=drawn.call.layout.output)
        back = drawn.call.backward(gradient)["input"]
        scale = 1 + np.abs(back).max(initial=0)
        np.testing.assert_allclose(found.transpose.multiply(gradient), back, rtol=1e-9, atol=1e-9 * scale)


def test_bias_is_left_aside():
    weight = RNG.normal(size=(2, 1, 2, 2))
    with_bias = matrix(engine.conv2d.call(np.zeros((1, 3, 3)), weight, [1e9, -3]))
    np.testing.assert_array_equal(
        with_bias.dense(), matrix(engine.conv2d.call(np.zeros((1, 3, 3)), weight)).dense()
    )


def test_what_the_input_holds_does_not_matter():
    calls = [
        engine.avg_pool2d.call(picture, 2) for picture in (np.full((1, 4, 4), np.nan), np.ones((1, 4, 4)))
    ]
    one, other = (matrix(call).dense() for call in calls)
    np.testing.assert_array_equal(one, other)
    assert set(one.ravel().tolist()) == {0, 0.25}


def test_large_matrices_come_in_runs():
    """More cells than fit one batch of unit pictures."""
    picture = RNG.normal(size=(1, 44, 45))
    call = engine.conv2d.call(picture, RNG.normal(size=(3, 3)), padding=1)
    np.testing.assert_allclose(matrix(call).multiply(picture), call.run(), rtol=1e-12, atol=1e-12)


def test_what_cannot_be_a_matrix_is_refused():
    with pytest.raises(ParameterError, match="not linear"):
        matrix(engine.max_pool2d.call(np.ones((1, 4, 4)), 2))
    with pytest.raises(ShapeError, match="batch of 2"):
        matrix(engine.conv2d.call(np.ones((2, 1, 4, 4)), np.ones((3, 3))))
    with pytest.raises(LimitError) as caught:
        matrix(engine.conv2d.call(np.ones((1, 4000, 4000)), np.ones((3, 3))))
    assert caught.value.values["max"] == MOST_ENTRIES
    with pytest.raises(ShapeError, match="16 columns"):
        matrix(engine.conv2d.call(np.ones((1, 4, 4)), np.ones((3, 3)))).multiply(np.ones(15))
