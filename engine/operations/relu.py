"""The rectifier: negative numbers become 0."""

from __future__ import annotations

import numpy as np

from engine.arrays import Float
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import Elementwise
from engine.texts import Text


class Relu(Elementwise):
    """relu(input).

    output = max(0, input), cell by cell. The derivative is 0 up to and at 0, and 1 beyond, as in
    PyTorch. Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines",
    ICML 2010.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out exactly, as
    float32 (float64 where they need it).

    Raises ParameterError if the input is not an array of real numbers.

    >>> engine.relu([-2, 0, 3]).tolist()
    [0.0, 0.0, 3.0]
    """

    name = "relu"
    basic = True
    title = Text("ReLU", "ReLU（线性整流）")
    short = "ReLU"
    summary = Text(
        "The rectifier: what is negative becomes 0, all else passes unchanged.",
        "线性整流：负数变为 0，其余原样通过。",
    )
    held = 1

    def function(self, x: Float, params: Params) -> Float:
        """Return max(0, x)."""
        return np.maximum(x, 0)

    def derivative(self, x: Float, params: Params) -> Float:
        """Return 1 where x is above 0."""
        return (x > 0).astype(x.dtype)

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        return Written("np.maximum(x, 0)", "np.where(x > 0, 1, 0)", "F.relu(x)")

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        return "max(0, x)"


relu = Relu()
