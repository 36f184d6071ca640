"""The hyperbolic tangent, which squeezes every number between -1 and 1."""

from __future__ import annotations

import numpy as np

from engine.algorithms.logistic import logistic_slope
from engine.arrays import Float
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import Elementwise
from engine.texts import Text


class Tanh(Elementwise):
    """tanh(input).

    output = (exp(input) - exp(-input)) / (exp(input) + exp(-input)), cell by cell. Source: LeCun,
    Bottou, Orr and Müller, "Efficient BackProp", 1998.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError if the input is not an array of real numbers.

    >>> engine.tanh([-1000, 0, 1000]).tolist()
    [-1.0, 0.0, 1.0]
    """

    name = "tanh"
    basic = True
    title = Text("Tanh", "Tanh（双曲正切）")
    summary = Text(
        "Squeezes every number between -1 and 1, and leaves small ones nearly as they are.",
        "把任何数压到 -1 与 1 之间，小的数几乎不变。",
    )

    def function(self, x: Float, params: Params) -> Float:
        """Return the hyperbolic tangent."""
        return np.tanh(x)

    def derivative(self, x: Float, params: Params) -> Float:
        """Return 1 - tanh(x)^2, as four times the logistic function's slope at 2x: that does not cancel."""
        return 4 * logistic_slope(2 * x)

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        return Written("np.tanh(x)", "1 - np.tanh(x) ** 2", "torch.tanh(x)")

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        return "tanh(x)"


tanh = Tanh()
