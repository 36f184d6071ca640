"""The error function, and through it the normal distribution.

Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
Computation 23, 1969: a quotient of polynomials on each of three stretches. In float64, erf is
within 3e-16 of the truth, and erfc within 1e-15 of itself as long as it is a normal number;
in float32 both are within 8e-7 of themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sqrt

import numpy as np

from engine.arrays import Float

# Up to |x| = 0.46875, erf(x) = x N(x^2) / D(x^2); highest powers first.
_NEAR = 0.46875
_NEAR_TOP = (
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_NEAR_BOTTOM = (
    1,
    2.36012909523441209e1,
    2.44024637934444173e2,
    1.28261652607737228e3,
    2.84423683343917062e3,
)
# Up to |x| = 4, erfc(x) = exp(-x^2) N(x) / D(x).
_MIDDLE = 4.0
_MIDDLE_TOP = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
_MIDDLE_BOTTOM = (
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)
# Beyond, erfc(x) = exp(-x^2) / x (1 / sqrt(pi) - N(x^-2) / (x^2 D(x^-2))).
_FAR_TOP = (
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
)
_FAR_BOTTOM = (
    1,
    2.56852019228982242e0,
    1.87295284992346725e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)
_VANISHED = 30.0
"""From here on erfc is 0 in every float type."""


def erf(x: Float) -> Float:
    """Return the error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x."""
    return _by_stretch(x, complement=False)


def erfc(x: Float) -> Float:
    """Return 1 - erf(x), accurate relative to itself also where it is tiny."""
    return _by_stretch(x, complement=True)


def normal_cdf(x: Float) -> Float:
    """Return the chance that a standard normal number is below x."""
    return 0.5 * erfc(-x / sqrt(2))


def normal_density(x: Float) -> Float:
    """Return the density of the standard normal distribution."""
    return np.exp(-0.5 * x * x) / sqrt(2 * pi)


def _by_stretch(x: Float, *, complement: bool) -> Float:
    """Return erf or its complement for floats with at least one axis."""
    distance = np.abs(x)
    near = distance <= _NEAR
    far = distance > _MIDDLE
    middle = ~near & ~far  # and what is not a number
    result = np.empty_like(x)
    inside = x[near]
    square = inside * inside
    value = inside * _quotient(square, _NEAR_TOP, _NEAR_BOTTOM)
    result[near] = 1 - value if complement else value
    for stretch, tail in ((middle, _middle_tail), (far, _far_tail)):
        there = x[stretch]
        rest = tail(np.minimum(np.abs(there), _VANISHED))
        if complement:
            result[stretch] = np.where(there < 0, 2 - rest, rest)
        else:
            result[stretch] = np.copysign(1 - rest, there)
    return result


def _middle_tail(y: Float) -> Float:
    return _gauss(y) * _quotient(y, _MIDDLE_TOP, _MIDDLE_BOTTOM)


def _far_tail(y: Float) -> Float:
    inverse = 1 / (y * y)
    return _gauss(y) * (1 / sqrt(pi) - inverse * _quotient(inverse, _FAR_TOP, _FAR_BOTTOM)) / y


def _gauss(y: Float) -> Float:
    """Return exp(-y^2); y^2 is split so that its rounding does not grow in the exponential."""
    coarse = np.trunc(y * 16) / 16
    return np.exp(-coarse * coarse) * np.exp(-(y - coarse) * (y + coarse))


def _quotient(x: Float, top: Sequence[float], bottom: Sequence[float]) -> Float:
    return _polynomial(x, top) / _polynomial(x, bottom)


def _polynomial(x: Float, coefficients: Sequence[float]) -> Float:
    """Return the polynomial's value by Horner's rule, highest power first."""
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value *= x
        value += coefficient
    return value
