"""The Gaussian error linear unit."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from engine.algorithms.erf import normal_cdf, normal_density
from engine.algorithms.logistic import logistic, logistic_slope
from engine.arrays import Float
from engine.declaration.kinds import Choice
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import FAR, Elementwise
from engine.texts import Text

APPROXIMATE = Choice(
    "approximate",
    "none",
    Text("Approximation", "近似"),
    Text("Whether to take the exact curve or one made with tanh.", "用精确曲线，还是用 tanh 近似。"),
    choices=(("none", Text("none (exact)", "无（精确）")), ("tanh", Text("with tanh", "用 tanh"))),
)
_CUBIC = 0.044715


class Gelu(Elementwise):
    """gelu(input, approximate='none').

    output = input x P(input), cell by cell, where P(x) = (1 + erf(x / sqrt(2))) / 2 is the chance that
    a standard normal number is below x; with approximate "tanh", P(x) is taken as
    (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. Minus infinity gives its limit, 0. The error
    function is Cody's, good to rounding (see engine/algorithms/erf.py). Source: Hendrycks and Gimpel,
    "Gaussian error linear units (GELUs)", 2016.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.gelu(np.array([-2.0, 0.0, 3.0])).round(6).tolist()
    [-0.0455, 0.0, 2.99595]
    """

    name = "gelu"
    title = Text("GELU", "GELU（高斯误差线性单元）")
    summary = Text(
        "Multiplies every number by the chance that a normally distributed one is below it.",
        "每个数乘以“正态分布的数小于它”的概率。",
    )
    parameters = (APPROXIMATE,)
    held = 12

    def function(self, x: Float, params: Params) -> Float:
        """Return x times the chance, or times its approximation."""
        exact = params.get_of(APPROXIMATE) == "none"
        return np.maximum(x, -FAR) * (normal_cdf(x) if exact else logistic(_bend(x)))

    def derivative(self, x: Float, params: Params) -> Float:
        """Return the product's derivative."""
        x = np.clip(x, -FAR, FAR)
        if params.get_of(APPROXIMATE) == "none":
            return normal_cdf(x) + x * normal_density(x)
        bend = _bend(x)
        return logistic(bend) + x * logistic_slope(bend) * 2 * sqrt(2 / pi) * (1 + 3 * _CUBIC * x * x)

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        if params.get_of(APPROXIMATE) == "none":
            chance = "(1 + np.vectorize(math.erf)(x / np.sqrt(2))) / 2"
            slope = f"{chance} + x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)"
            return Written(f"x * {chance}", slope, "F.gelu(x)")
        bend = "np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3.0))"
        bent = f"np.sqrt(2 / np.pi) * (1 + {3 * _CUBIC!r} * x**2.0)"
        return Written(
            f"x * (1 + {bend}) / 2",
            f"(1 + {bend}) / 2 + x * (1 - {bend} ** 2) / 2 * {bent}",
            'F.gelu(x, approximate="tanh")',
        )

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        if params.get_of(APPROXIMATE) == "none":
            return "x (1 + erf(x / sqrt(2))) / 2"
        return "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2"


def _bend(x: Float) -> Float:
    """Return twice the argument of tanh: (1 + tanh(u)) / 2 is the logistic function of 2u."""
    scale = 2 * sqrt(2 / pi)
    return x * (scale + scale * _CUBIC * x * x)


gelu = Gelu()
