"""What is particular to the hard sigmoid: three straight lines, and slope 0 at both corners."""

from __future__ import annotations

import numpy as np
import pytest

import engine


def test_known_values():
    output = engine.hardsigmoid(np.array([-4.0, -1, 0, 1, 4]))
    np.testing.assert_allclose(output, [0, 1 / 3, 0.5, 2 / 3, 1], rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_slope_is_0_at_the_corners_and_that_of_the_line_between(kind: type):
    places = np.array([-4, -3, -2.9, 0, 2.9, 3, 4], kind)
    slopes = engine.hardsigmoid.call(places).backward(np.ones(7, kind))["input"]
    np.testing.assert_allclose(slopes, [0, 0, 1 / 6, 1 / 6, 1 / 6, 0, 0], rtol=1e-7)


def test_the_line_is_as_steep_and_as_high_as_it_is_told():
    places = np.array([-5.0, -1, 0, 1, 5])
    output = engine.hardsigmoid(places, alpha=0.2, beta=0.25)
    np.testing.assert_allclose(output, [0, 0.05, 0.25, 0.45, 1], rtol=1e-14, atol=1e-16)
    falling = engine.hardsigmoid(places, alpha=-0.2, beta=0.25)
    np.testing.assert_allclose(falling, output[::-1] * 0 + [1, 0.45, 0.25, 0.05, 0], rtol=1e-14, atol=1e-16)


def test_only_its_own_constants_are_pytorchs():
    """F.hardsigmoid has them built in; any other line is written out."""
    recipes = [engine.hardsigmoid.recipe(engine.hardsigmoid.call([0.0], **m)) for m in ({}, {"alpha": 0.2})]
    plain, steep = [recipe.torch for recipe in recipes if recipe is not None]
    assert plain == "output = F.hardsigmoid(x)"
    assert "F.hardsigmoid" not in steep
