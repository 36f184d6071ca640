"""The logistic function, which squeezes every number between 0 and 1."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params
from engine.families import Elementwise
from engine.functions import LOGISTIC, Function, X


class Sigmoid(Elementwise):
    """sigmoid(input).

    output = 1 / (1 + exp(-input)), cell by cell. Large numbers of either sign do not overflow, and
    tiny outputs are as accurate as others. Source: Goodfellow, Bengio, Courville, "Deep Learning",
    2016, section 3.10.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError if the input is not an array of real numbers.

    >>> engine.sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """

    name = "sigmoid"
    basic = True
    title = Text("Sigmoid", "Sigmoid（S 形函数）")
    summary = Text(
        "Squeezes every number between 0 and 1, as a chance would be.",
        "把任何数压到 0 与 1 之间，像概率一样。",
    )

    def function(self, params: Params) -> Function:
        """Return the function."""
        return LOGISTIC(X)


sigmoid = Sigmoid()
