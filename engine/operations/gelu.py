"""The Gaussian error linear unit."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Choice, Params
from engine.families import Elementwise
from engine.functions import FAR, HALF_TANH, NORMAL, PI, SQRT, Function, X, gated

APPROXIMATE = Choice(
    "approximate",
    "none",
    Text("Approximation", "近似"),
    Text("Whether to take the exact curve or one made with tanh.", "用精确曲线，还是用 tanh 近似。"),
    choices=(("none", Text("none (exact)", "无（精确）")), ("tanh", Text("with tanh", "用 tanh"))),
)


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

    def function(self, params: Params) -> Function:
        """Return the function."""
        if params.get_of(APPROXIMATE) == "none":
            return gated(NORMAL(X), FAR)
        return gated(HALF_TANH(SQRT(2 / PI) * (X + 0.044715 * X**3)), FAR)


gelu = Gelu()
