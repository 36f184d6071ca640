"""The leaky rectifier: negative numbers pass, much weakened."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params, Real
from engine.families import Elementwise
from engine.functions import Function, X, below_zero, maximum

NEGATIVE_SLOPE = Real(
    "negative_slope",
    0.01,
    Text("Negative slope", "负半轴斜率"),
    Text("What numbers below 0 are multiplied by.", "小于 0 的数乘以多少。"),
    step=0.01,
)


class LeakyRelu(Elementwise):
    """leaky_relu(input, negative_slope=0.01).

    output = input where it is above 0, else negative_slope x input, cell by cell. The derivative
    is negative_slope up to and at 0, and 1 beyond, as in PyTorch. Source: Maas, Hannun and Ng,
    "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.leaky_relu([-2, 0, 3], 0.5).tolist()
    [-1.0, 0.0, 3.0]
    """

    name = "leaky_relu"
    title = Text("Leaky ReLU", "Leaky ReLU（带泄漏的线性整流）")
    summary = Text(
        "What is negative is multiplied by a small slope instead of being cut off, so its gradient lives on.",
        "负数不被截断，而是乘以一个小斜率，因此梯度不会消失。",
    )
    parameters = (NEGATIVE_SLOPE,)

    def function(self, params: Params) -> Function:
        """Return the function."""
        return maximum(0, X) + params.get_of(NEGATIVE_SLOPE) * below_zero(X)


leaky_relu = LeakyRelu()
