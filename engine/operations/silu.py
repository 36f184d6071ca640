"""The sigmoid-weighted linear unit, also known as swish."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params, Real
from engine.families import Elementwise
from engine.functions import FAR, LOGISTIC, Function, X, gated, multiple

ALPHA = Real(
    "alpha",
    1.0,
    Text("Alpha", "α"),
    Text("How steep the sigmoid is.", "Sigmoid 有多陡。"),
    keyword_only=True,
    least=1e-3,
    most=1e3,
)


class Silu(Elementwise):
    """silu(input, *, alpha=1.0).

    output = input / (1 + exp(-alpha input)), cell by cell. Minus infinity gives its limit, 0.
    Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function
    approximation in reinforcement learning", 2018; as "swish" with an alpha: Ramachandran, Zoph
    and Le, "Searching for activation functions", 2017. PyTorch has alpha 1; ONNX's Swish lets it be
    chosen.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.silu(np.array([-2.0, 0.0, 3.0])).round(6).tolist()
    [-0.238406, 0.0, 2.857722]
    """

    name = "silu"
    title = Text("SiLU (swish)", "SiLU（Swish）")
    summary = Text(
        "Multiplies every number by its own sigmoid: a smooth rectifier that dips a little below 0.",
        "每个数乘以它自己的 Sigmoid：平滑的整流，在 0 以下略有凹陷。",
    )
    parameters = (ALPHA,)

    def function(self, params: Params) -> Function:
        """Return the function."""
        alpha = params.get_of(ALPHA)
        return gated(LOGISTIC(multiple(alpha, X)), FAR / alpha)


silu = Silu()
