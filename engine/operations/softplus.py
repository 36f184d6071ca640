"""A smooth rectifier: the logarithm of one plus an exponential."""

from __future__ import annotations

import numpy as np

from engine.algorithms.logistic import logistic
from engine.arrays import Float
from engine.declaration.kinds import Number
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import Elementwise
from engine.texts import Text

BETA = Number(
    "beta",
    1.0,
    Text("Beta", "β"),
    Text("How sharply the curve bends; large values come close to ReLU.", "曲线弯得多急；越大越接近 ReLU。"),
    least=1e-3,
    most=1e3,
)
THRESHOLD = Number(
    "threshold",
    20.0,
    Text("Threshold", "阈值"),
    Text("Where beta times the number is above this, it passes unchanged.", "β 乘该数超过此值时，原样通过。"),
    step=1,
)


class Softplus(Elementwise):
    """softplus(input, beta=1.0, threshold=20.0).

    output = log(1 + exp(beta input)) / beta, cell by cell, and the input itself where beta x input is
    above threshold. The derivative is the sigmoid of beta x input, and 1 above the threshold; exactly
    there it is the curve's, as in PyTorch. Source: Dugas, Bengio, Bélisle, Nadeau and Garcia,
    "Incorporating second-order functional knowledge for better option pricing", NeurIPS 2000.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.softplus(np.array([-2.0, 0.0, 30.0])).round(6).tolist()
    [0.126928, 0.693147, 30.0]
    """

    name = "softplus"
    title = Text("Softplus", "Softplus（平滑整流）")
    summary = Text(
        "A rectifier whose corner is rounded, so that the output is never quite 0.",
        "把拐角磨圆的整流，输出永远不完全为 0。",
    )
    parameters = (BETA, THRESHOLD)
    held = 4

    def function(self, x: Float, params: Params) -> Float:
        """Return the curve, and x above the threshold."""
        beta = params.get_of(BETA)
        scaled = beta * x
        curve = np.logaddexp(scaled, 0) / beta
        return np.where(scaled > params.get_of(THRESHOLD), x, curve)

    def derivative(self, x: Float, params: Params) -> Float:
        """Return the curve's slope, and 1 above the threshold."""
        scaled = params.get_of(BETA) * x
        return np.where(scaled > params.get_of(THRESHOLD), x.dtype.type(1), logistic(scaled))

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        beta, threshold = params.get_of(BETA), params.get_of(THRESHOLD)
        above = f"{beta!r} * x > {threshold!r}"
        return Written(
            f"np.where({above}, x, np.logaddexp(0, {beta!r} * x) / {beta!r})",
            f"np.where({above}, 1, (1 + np.tanh({beta!r} * x / 2)) / 2)",
            f"F.softplus(x, {beta!r}, {threshold!r})",
        )

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        beta, threshold = params.get_of(BETA), params.get_of(THRESHOLD)
        if beta == 1:
            return f"x if x > {threshold:g} else log(1 + exp(x))"
        return f"x if {beta:g} x > {threshold:g} else log(1 + exp({beta:g} x)) / {beta:g}"


softplus = Softplus()
