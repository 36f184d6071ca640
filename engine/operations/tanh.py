"""The hyperbolic tangent, which squeezes every number between -1 and 1."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params
from engine.families import Elementwise
from engine.functions import TANH, Function, X


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

    def function(self, params: Params) -> Function:
        """Return the function."""
        return TANH(X)


tanh = Tanh()
