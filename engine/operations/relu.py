"""The rectifier: negative numbers become 0."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params
from engine.families import Elementwise
from engine.functions import Function, X, maximum


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

    def function(self, params: Params) -> Function:
        """Return the function."""
        return maximum(0, X)


relu = Relu()
