"""How kernels factor, and what that saves."""

from __future__ import annotations

import numpy as np
import pytest

from engine.algorithms.factors import factor
from engine.kernels import kernels

RNG = np.random.default_rng(303)
RANKS = {
    **dict.fromkeys(("identity", "box-3", "box-5", "gauss-3", "gauss-5", "sobel-x", "sobel-y"), 1),
    **dict.fromkeys(("prewitt-x", "prewitt-y", "scharr-x", "line-horizontal", "line-vertical"), 1),
    **dict.fromkeys(("sharpen", "unsharp", "laplacian-4", "laplacian-8", "outline", "textbook"), 2),
    "motion-blur": 9,
}


@pytest.mark.parametrize("name", RANKS)
def test_the_rank_of_named_kernels(name: str):
    kernel = kernels()[name].values
    found = factor(kernel)
    assert found.rank == RANKS[name] == np.linalg.matrix_rank(kernel)
    assert found.whole == (RANKS[name] == 1)


def test_whole_factors_as_they_are_printed():
    for name, column, row in (
        ("sobel-x", [1, 2, 1], [-1, 0, 1]),
        ("sobel-y", [-1, 0, 1], [1, 2, 1]),
        ("scharr-x", [3, 10, 3], [-1, 0, 1]),
        ("gauss-3", [1, 2, 1], [1, 2, 1]),
        ("box-3", [1, 1, 1], [1, 1, 1]),
    ):
        found = factor(kernels()[name].values)
        assert (found.vertical[0].tolist(), found.horizontal[0].tolist()) == (column, row)


def test_whole_numbers_written_as_floats_factor_as_whole_numbers():
    found = factor(np.array([[2, 4], [-3, -6]], np.float32))
    assert found.whole
    np.testing.assert_array_equal(np.outer(found.vertical[0], found.horizontal[0]), [[2, 4], [-3, -6]])


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (4, 1), (3, 3), (2, 6), (7, 4)])
@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int64])
def test_the_terms_add_up_to_the_kernel(shape: tuple[int, int], kind: type):
    kernel = (10 * RNG.normal(size=shape)).astype(kind)
    found = factor(kernel)
    total = np.einsum("th,tw->hw", found.vertical, found.horizontal)
    np.testing.assert_allclose(total, kernel, rtol=1e-5, atol=1e-5)
    assert found.product(found.rank) is kernel
    count = min(shape)
    assert found.vertical.shape == (count, shape[0])
    assert found.horizontal.shape == (count, shape[1])
    assert np.all(np.diff(found.strengths) <= 0)


def test_what_float32_leaves_of_a_product_does_not_count_to_the_rank():
    kernel = np.outer(RNG.normal(size=7), RNG.normal(size=7)).astype(np.float32)
    assert factor(kernel).rank == 1
    assert factor(kernel.astype(np.float64)).rank > 1


def test_nothing_has_rank_0():
    found = factor(np.zeros((3, 2)))
    assert found.rank == 0
    assert not found.vertical.any()
    assert not found.whole


@pytest.mark.parametrize("shape", [(3, 3), (4, 2), (2, 5), (5, 5)])
def test_the_gradient_of_the_nearest_kernel(shape: tuple[int, int]):
    kernel, gradient, direction = (RNG.normal(size=shape) for _ in range(3))
    for terms in range(1, min(shape) + 1):
        ends = [(factor(kernel + h * direction).product(terms) * gradient).sum() for h in (1e-6, -1e-6)]
        found = (factor(kernel).kernel_gradient(gradient, terms) * direction).sum()
        np.testing.assert_allclose((ends[0] - ends[1]) / 2e-6, found, rtol=1e-5, atol=1e-7)


def test_the_gradient_is_finite_where_two_terms_are_as_strong():
    assert np.isfinite(factor(np.eye(3)).kernel_gradient(RNG.normal(size=(3, 3)), 1)).all()


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1e-200, 0.3, 1, 1e200])
def test_strengths_that_only_rounding_tells_apart_pass_nothing_between_them(kind: type, size: float):
    if kind is np.float32 and size in (1e-200, 1e200):
        size = float(np.float32(size**0.1))
    kernel = (size * np.array([[1, 1], [1, -1]])).astype(kind)
    gradient = RNG.normal(size=(2, 2))
    found = factor(kernel).kernel_gradient(gradient, 1)
    assert 0 < np.abs(found).max() <= np.linalg.norm(gradient)


def test_terms_beyond_the_rank_pass_nothing():
    """Which directions they would have is rounding; what remains is how the kernel of its rank moves."""
    column, row = RNG.normal(size=5), RNG.normal(size=4)
    kernel = np.outer(column, row).astype(np.float32)
    gradient = RNG.normal(size=(5, 4))
    one, three = (factor(kernel).kernel_gradient(gradient, terms) for terms in (1, 3))
    np.testing.assert_array_equal(one, three)
    assert np.linalg.norm(three) <= np.linalg.norm(gradient) * (1 + 1e-5)
    assert not factor(np.zeros((3, 3))).kernel_gradient(np.ones((3, 3)), 1).any()


@pytest.mark.parametrize("size", [1e308, 1e200, 1e-200, 1e-300])
def test_kernels_of_any_magnitude_factor(size: float):
    kernel = np.array([[1, 0.5, 0.25], [-0.5, 1, 0.125], [0.5, 0.75, 1]])
    found = factor(size * kernel)
    assert found.rank == factor(kernel).rank == 3
    total = np.einsum("th,tw->hw", found.vertical, found.horizontal)
    np.testing.assert_allclose(total, size * kernel, rtol=1e-13)
    gradient = RNG.normal(size=(3, 3))
    expected = factor(kernel).kernel_gradient(gradient, 2)
    np.testing.assert_allclose(found.kernel_gradient(gradient, 2), expected, rtol=1e-9, atol=1e-12)
