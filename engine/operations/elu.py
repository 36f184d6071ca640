"""The exponential linear unit."""

from __future__ import annotations

import numpy as np

from engine.arrays import Float
from engine.declaration.kinds import Number
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import Elementwise
from engine.texts import Text

ALPHA = Number(
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

    def function(self, x: Float, params: Params) -> Float:
        """Return x above 0, and the curve elsewhere."""
        return np.where(x > 0, x, params.get_of(ALPHA) * np.expm1(np.minimum(x, 0)))

    def derivative(self, x: Float, params: Params) -> Float:
        """Return 1 above 0, and the curve's slope elsewhere."""
        return np.where(x > 0, x.dtype.type(1), params.get_of(ALPHA) * np.exp(np.minimum(x, 0)))

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        alpha = params.get_of(ALPHA)
        return Written(
            f"np.where(x > 0, x, {alpha!r} * np.expm1(np.minimum(x, 0)))",
            f"np.where(x > 0, 1, {alpha!r} * np.exp(np.minimum(x, 0)))",
            f"F.elu(x, {alpha!r})",
        )

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        return f"max(0, x) + {params.get_of(ALPHA):g} (exp(min(0, x)) - 1)"


elu = Elu()
