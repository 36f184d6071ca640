"""The exponential linear unit."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params, Real
from engine.families import Elementwise
from engine.functions import EXP_LESS_1, Function, X, below_zero, maximum

ALPHA = Real(
    "alpha",
    1.0,
    Text("Alpha", "α"),
    Text("Numbers far below 0 come close to minus alpha.", "远小于 0 的数趋近于负的 α。"),
)


class Elu(Elementwise):
    """elu(input, alpha=1.0).

    output = input where it is above 0, else alpha (exp(input) - 1), cell by cell. The derivative is
    alpha exp(input) up to and at 0, and 1 beyond, as in PyTorch; for alpha = 1 there is no kink.
    Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by
    exponential linear units (ELUs)", ICLR 2016.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.elu([-1000, 0, 3], 2).tolist()
    [-2.0, 0.0, 3.0]
    """

    name = "elu"
    title = Text("ELU", "ELU（指数线性单元）")
    summary = Text(
        "What is negative follows an exponential curve that levels off at minus alpha.",
        "负数沿一条指数曲线变化，最终趋于负的 α。",
    )
    parameters = (ALPHA,)

    def function(self, params: Params) -> Function:
        """Return the function."""
        return maximum(0, X) + params.get_of(ALPHA) * EXP_LESS_1(below_zero(X))


elu = Elu()
