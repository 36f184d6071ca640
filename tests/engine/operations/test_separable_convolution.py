"""What is particular to the separable convolution: terms, rank, two passes, exactness, cost."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError
from engine.kernels import kernels

RNG = np.random.default_rng(301)
PHOTO = RNG.integers(0, 256, (3, 12, 11)).astype(np.uint8)
SETTINGS = [
    {},
    {"stride": [2, 3]},
    {"padding": "same", "padding_mode": "reflect"},
    {"padding": [2, 0, 1, 3], "padding_mode": "circular"},
    {"padding": "full", "stride": 2},
]


@pytest.mark.parametrize("name", kernels())
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_named_kernels_give_what_the_convolution_gives(name: str, settings: dict):
    """Exactly: sums of whole numbers are whole, of whatever rank the kernel is."""
    kernel = kernels()[name]
    ours = engine.separable_conv2d(PHOTO, kernel.values, divisor=kernel.divisor, **settings)
    direct = engine.conv2d(PHOTO, kernel.values, groups=3, divisor=kernel.divisor, **settings)
    assert ours.dtype == direct.dtype
    np.testing.assert_array_equal(ours, direct)


def test_sobel_takes_one_term_of_whole_numbers():
    call = engine.separable_conv2d.call(PHOTO, kernels()["sobel-x"].values)
    outputs = call.outputs()
    assert outputs["rank"] == 1
    assert outputs["vertical"].tolist() == [[1, 2, 1], [0, 0, 0], [0, 0, 0]]
    assert outputs["horizontal"].tolist() == [[-1, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_two_passes_make_the_output():
    """The intermediate map is what the column gives; the row makes the output of it."""
    call = engine.separable_conv2d.call(
        PHOTO, kernels()["gauss-5"].values, stride=[2, 1], padding=[2, 2, 1, 1]
    )
    outputs = call.outputs()
    column = outputs["vertical"][0].reshape(-1, 1)
    row = outputs["horizontal"][0].reshape(1, -1)
    down = engine.conv2d(PHOTO, column, groups=3, stride=[2, 1], padding=[2, 2, 0, 0])
    np.testing.assert_array_equal(outputs["intermediate"], down)
    across = engine.conv2d(down, row, groups=3, padding=[0, 0, 1, 1])
    np.testing.assert_array_equal(outputs["output"], across)


def test_cost_of_the_worked_example():
    """3x3 on 6x6: 144 directly, 24 x 3 + 16 x 3 = 120 in two passes; more for a higher rank."""
    picture = np.zeros((1, 6, 6))
    sobel = engine.separable_conv2d.call(picture, kernels()["sobel-x"].values)
    assert sobel.layout.macs == 120
    assert engine.conv2d.call(picture, kernels()["sobel-x"].values).layout.macs == 144
    laplacian = engine.separable_conv2d.call(picture, kernels()["laplacian-4"].values)
    assert laplacian.layout.macs == 2 * 120
    colour = engine.separable_conv2d.plan({"input": (3, 6, 6)}, {"kernel_size": 3, "terms": 2})[2]
    assert colour.macs == 6 * 120
    assert laplacian.layout.additions == 16
    assert engine.separable_conv2d.plan({"input": (1, 6, 6)}, {"kernel_size": 3})[2].macs == 120


@pytest.mark.parametrize("shape", [(3, 3), (4, 2), (2, 5)])
def test_fewer_terms_are_the_nearest_kernel(shape: tuple[int, int]):
    """What is left of the kernel has the length of the singular values left out (Eckart and Young)."""
    weight = RNG.normal(size=shape)
    _, strengths, _ = np.linalg.svd(weight)
    unit = np.zeros((1, 2 * shape[0] - 1, 2 * shape[1] - 1))
    unit[0, shape[0] - 1, shape[1] - 1] = 1
    for terms in range(1, min(shape) + 1):
        used = engine.separable_conv2d(unit, weight, terms=terms)[0, ::-1, ::-1]
        left = np.sqrt((strengths[terms:] ** 2).sum())
        np.testing.assert_allclose(np.linalg.norm(weight - used), left, atol=1e-12)
        assert np.linalg.matrix_rank(used, tol=1e-10) == terms


def test_all_terms_are_the_convolution():
    weight, picture = RNG.normal(size=(5, 4)), RNG.normal(size=(2, 3, 9, 8))
    expected = engine.conv2d(picture, weight, groups=3)
    for terms in (None, 4):
        np.testing.assert_allclose(
            engine.separable_conv2d(picture, weight, terms=terms), expected, rtol=1e-11, atol=1e-12
        )


@pytest.mark.parametrize("terms", [None, 1, 2, 3])
def test_the_gradient_by_weight(terms: int | None):
    """Left out, terms follow the rank: the kernel counts whole. Given, it is the nearest kernel that does."""
    picture, weight = RNG.normal(size=(2, 7, 6)), RNG.normal(size=(3, 4))
    call = engine.separable_conv2d.call(picture, weight, padding=1, terms=terms)
    gradient = RNG.normal(size=call.layout.output)
    direction = RNG.normal(size=weight.shape)
    ends = [
        (engine.separable_conv2d(picture, weight + h * direction, padding=1, terms=terms) * gradient).sum()
        for h in (1e-5, -1e-5)
    ]
    found = (call.backward(gradient)["weight"] * direction).sum()
    np.testing.assert_allclose((ends[0] - ends[1]) / 2e-5, found, rtol=1e-6)


def test_a_kernel_of_rank_one_learns_as_the_whole_kernel():
    """Even where one term is all it has now."""
    weight = kernels()["gauss-3"].values.astype(float)
    picture = RNG.normal(size=(3, 6, 6))
    gradient = RNG.normal(size=(3, 4, 4))
    ours = engine.separable_conv2d.call(picture, weight).backward(gradient)["weight"]
    direct = engine.conv2d.call(picture, weight, groups=3).backward(gradient)["weight"]
    np.testing.assert_allclose(ours, direct, rtol=1e-12)


def test_a_trace_has_the_kernel_that_the_terms_make_up():
    weight = RNG.integers(-9, 10, (3, 3))
    call = engine.separable_conv2d.call(PHOTO, weight, padding=1)
    trace = call.trace((1, 0, 4))
    assert trace.weights is not None
    assert trace.weights.tolist() == weight.reshape(-1).tolist()
    assert trace.sum == trace.value
    fewer = engine.separable_conv2d.call(PHOTO.astype(float), weight, terms=1).trace((2, 3, 4))
    assert fewer.weights is not None
    assert np.linalg.matrix_rank(fewer.weights.reshape(3, 3), tol=1e-9) == 1
    np.testing.assert_allclose(fewer.sum, fewer.value, rtol=1e-12)


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_kernels_that_are_not_numbers_do_no_harm(odd: float):
    weight = np.ones((3, 2))
    weight[1, 1] = odd
    call = engine.separable_conv2d.call(PHOTO, weight)
    outputs = call.outputs()
    assert not np.isfinite(outputs["output"]).any()
    call.backward(np.ones(call.layout.output))
    call.trace((0, 0, 0)).data()


def test_a_kernel_of_nothing():
    call = engine.separable_conv2d.call(PHOTO, np.zeros((3, 3)))
    assert call.outputs()["rank"] == 0
    assert not call.run().any()


def test_what_does_not_fit_is_refused():
    with pytest.raises(ShapeError, match="1 to 2") as caught:
        engine.separable_conv2d(PHOTO, np.ones((3, 2)), terms=3)
    assert caught.value.field == "terms"
    with pytest.raises(ShapeError, match="one kernel"):
        engine.separable_conv2d(PHOTO, np.ones((3, 1, 3, 3)))
    with pytest.raises(ParameterError):
        engine.separable_conv2d(PHOTO, np.ones((3, 3)), divisor=0)
    with pytest.raises(ParameterError, match="kernel_size"):
        engine.separable_conv2d.plan({"input": (1, 6, 6)}, {})


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_gradient_where_two_terms_are_as_strong(kind: type):
    picture = RNG.normal(size=(1, 5, 5)).astype(kind)
    weight = np.array([[1, 1], [1, -1]], kind)
    gradient = np.ones((1, 4, 4), kind)
    whole = engine.conv2d.call(picture, weight).backward(gradient)["weight"]
    one = engine.separable_conv2d.call(picture, weight, terms=1).backward(gradient)["weight"]
    assert np.linalg.norm(one) <= np.linalg.norm(whole) * (1 + 1e-6)


@pytest.mark.parametrize("size", [1e308, -1e308, 1e-300])
def test_weights_of_any_magnitude(size: float):
    picture = np.full((1, 3, 3), 0.01)
    found = engine.separable_conv2d.call(picture, np.full((3, 3), size))
    assert found.outputs()["rank"] == 1
    np.testing.assert_allclose(found.run(), 0.09 * size, rtol=1e-12)
