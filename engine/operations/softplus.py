"""A smooth rectifier: the logarithm of one plus an exponential."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params, Real
from engine.families import Elementwise
from engine.functions import LOG_1_EXP, Function, X, choice, multiple

BETA = Real(
    "beta",
    1.0,
    Text("Beta", "β"),
    Text("How sharply the curve bends; large values come close to ReLU.", "曲线弯得多急；越大越接近 ReLU。"),
    least=1e-3,
    most=1e3,
)
THRESHOLD = Real(
    "threshold",
    20.0,
    Text("Threshold", "阈值"),
    Text("Where beta times the number is above this, it passes unchanged.", "β 乘该数超过此值时，原样通过。"),
    step=1,
)


class Softplus(Elementwise):
    """softplus(input, beta=1.0, threshold=20.0).

    output = log(1 + exp(beta input)) / beta, cell by cell, and the input itself where beta x input is
    above threshold. The derivative is the sigmoid of beta x input, and 1 above the threshold; exactly
    there it is the curve's, as in PyTorch. Source: Dugas, Bengio, Bélisle, Nadeau and Garcia,
    "Incorporating second-order functional knowledge for better option pricing", NeurIPS 2000.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.softplus(np.array([-2.0, 0.0, 30.0])).round(6).tolist()
    [0.126928, 0.693147, 30.0]
    """

    name = "softplus"
    title = Text("Softplus", "Softplus（平滑整流）")
    summary = Text(
        "A rectifier whose corner is rounded, so that the output is never quite 0.",
        "把拐角磨圆的整流，输出永远不完全为 0。",
    )
    parameters = (BETA, THRESHOLD)

    def function(self, params: Params) -> Function:
        """Return the function."""
        beta = params.get_of(BETA)
        scaled = multiple(beta, X)
        return choice(scaled > params.get_of(THRESHOLD), X, LOG_1_EXP(scaled) / beta)


softplus = Softplus()
