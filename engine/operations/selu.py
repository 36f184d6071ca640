"""The scaled exponential linear unit, which keeps mean and variance of what passes."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params, Real
from engine.families import Elementwise
from engine.functions import EXP_LESS_1, Function, X, below_zero, maximum

ALPHA = Real(
    "alpha",
    1.6732632423543772,
    Text("Alpha", "α"),
    Text(
        "Numbers far below 0 come close to minus alpha times gamma.",
        "远小于 0 的数趋近于负的 α 乘 γ。",
    ),
    keyword_only=True,
)
GAMMA = Real(
    "gamma",
    1.0507009873554805,
    Text("Gamma", "γ"),
    Text("What everything is multiplied by at the end.", "最后所有结果乘以多少。"),
    keyword_only=True,
)


class Selu(Elementwise):
    """selu(input, *, alpha=1.6732632423543772, gamma=1.0507009873554805).

    output = gamma x input where the input is above 0, else gamma alpha (exp(input) - 1), cell by cell.
    With the two constants as they are, layer upon layer draws towards mean 0 and variance 1. The
    derivative is gamma alpha exp(input) up to and at 0, and gamma beyond, as in PyTorch. Source:
    Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", NeurIPS 2017.
    PyTorch has the constants built in; ONNX lets them be chosen.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.selu(np.array([-2.0, 0.0, 3.0])).round(6).tolist()
    [-1.520166, 0.0, 3.152103]
    """

    name = "selu"
    title = Text("SELU", "SELU（自归一化指数线性单元）")
    summary = Text(
        "ELU times a constant; layer after layer it draws mean and variance towards 0 and 1.",
        "ELU 再乘一个常数；逐层使均值与方差趋向 0 与 1。",
    )
    parameters = (ALPHA, GAMMA)

    def function(self, params: Params) -> Function:
        """Return the function."""
        curve = maximum(0, X) + params.get_of(ALPHA) * EXP_LESS_1(below_zero(X))
        return params.get_of(GAMMA) * curve


selu = Selu()
