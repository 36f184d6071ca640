"""The error function beside Python's own."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.algorithms.erf import erf, erfc


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_the_error_function(kind: str):
    x = np.concatenate([np.linspace(-6, 9 if kind == "float32" else 26, 20_001), [0.46875, 4, -4, 0]])
    x = x.astype(kind)
    for ours, pythons in ((erf, math.erf), (erfc, math.erfc)):
        expected = np.array([pythons(number) for number in x.tolist()])
        np.testing.assert_allclose(
            ours(x).astype(np.float64), expected, rtol=1e-15 if kind == "float64" else 8e-7, atol=0
        )
    ends = np.array([-math.inf, math.inf, math.nan, -0.0], kind)
    np.testing.assert_array_equal(erf(ends), [-1, 1, math.nan, 0])
    np.testing.assert_array_equal(erfc(ends), [2, 0, math.nan, 1])
