"""Swish with a sigmoid of straight lines."""

from __future__ import annotations

import numpy as np

from engine.arrays import Float
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import Elementwise
from engine.texts import Text


class Hardswish(Elementwise):
    """hardswish(input).

    output = 0 up to -3, the input itself from 3 on, and input (input + 3) / 6 between, cell by cell.
    The derivative is 0 up to and at -3, 1 at and from 3 on, and (2 input + 3) / 6 between, as in PyTorch
    since pull request 148049. Source: Howard et al., "Searching for MobileNetV3", ICCV 2019.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError if the input is not an array of real numbers.

    >>> engine.hardswish([-4, -3, 0, 3, 4]).tolist()
    [0.0, 0.0, 0.0, 3.0, 4.0]
    """

    name = "hardswish"
    title = Text("Hard swish", "Hard Swish（折线 Swish）")
    summary = Text(
        "Multiplies every number by its own hard sigmoid: nearly swish, but without an exponential.",
        "每个数乘以它自己的折线 Sigmoid：近似 Swish，却不用指数。",
    )

    def function(self, x: Float, params: Params) -> Float:
        """Return the parabola, and the two lines beside it."""
        return np.where(x >= 3, x, np.where(x <= -3, x.dtype.type(0), x * (x + 3) / 6))

    def derivative(self, x: Float, params: Params) -> Float:
        """Return the parabola's slope, and the lines' beside it."""
        kind = x.dtype.type
        return np.where(x >= 3, kind(1), np.where(x <= -3, kind(0), (2 * x + 3) / 6))

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        return Written(
            "x * np.clip(x / 6 + 0.5, 0, 1)",
            "np.where(x >= 3, 1, np.where(x <= -3, 0, (2 * x + 3) / 6))",
            "F.hardswish(x)",
        )

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        return "x max(0, min(1, x / 6 + 0.5))"


hardswish = Hardswish()
