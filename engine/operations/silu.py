"""The sigmoid-weighted linear unit, also known as swish."""

from __future__ import annotations

import numpy as np

from engine.algorithms.logistic import logistic, logistic_slope
from engine.arrays import Float
from engine.declaration.kinds import Number
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.families.elementwise import FAR, Elementwise
from engine.texts import Text

ALPHA = Number(
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
    held = 5

    def function(self, x: Float, params: Params) -> Float:
        """Return x times its sigmoid."""
        alpha = params.get_of(ALPHA)
        return np.maximum(x, -FAR / alpha) * logistic(alpha * x)

    def derivative(self, x: Float, params: Params) -> Float:
        """Return s(ax) + a x s'(ax), with s the sigmoid."""
        scaled = params.get_of(ALPHA) * x
        return logistic(scaled) + np.clip(scaled, -FAR, FAR) * logistic_slope(scaled)

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        alpha = params.get_of(ALPHA)
        scaled = "x" if alpha == 1 else f"{alpha!r} * x"
        chance = f"(1 + np.tanh({scaled} / 2)) / 2"
        return Written(
            f"x * {chance}",
            f"{chance} + {scaled} * (1 - np.tanh({scaled} / 2) ** 2) / 4",
            "F.silu(x)" if alpha == 1 else f"x * torch.sigmoid({scaled})",
        )

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        alpha = params.get_of(ALPHA)
        return "x / (1 + exp(-x))" if alpha == 1 else f"x / (1 + exp(-{alpha:g} x))"


silu = Silu()
