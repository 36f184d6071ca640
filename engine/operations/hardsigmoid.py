"""The sigmoid drawn with three straight lines."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params, Real
from engine.families import Elementwise
from engine.functions import Function, X, maximum, minimum

ALPHA = Real(
    "alpha",
    1 / 6,
    Text("Alpha", "α"),
    Text("The slope of the middle line.", "中间那条线的斜率。"),
    keyword_only=True,
)
BETA = Real(
    "beta",
    0.5,
    Text("Beta", "β"),
    Text("What comes out for 0.", "输入为 0 时的输出。"),
    keyword_only=True,
)


class Hardsigmoid(Elementwise):
    """hardsigmoid(input, *, alpha=0.16666666666666666, beta=0.5).

    output = alpha x input + beta, cut off at 0 and 1, cell by cell. The derivative is alpha where the
    output lies between 0 and 1, and 0 at both corners and beyond, as in PyTorch. Source: Courbariaux,
    Bengio and David, "BinaryConnect", NeurIPS 2015; with these constants Howard et al., "Searching for
    MobileNetV3", ICCV 2019. PyTorch has the constants built in; ONNX lets them be chosen.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.hardsigmoid([-3, 0, 3]).tolist()
    [0.0, 0.5, 1.0]
    """

    name = "hardsigmoid"
    title = Text("Hard sigmoid", "Hard Sigmoid（折线 S 形）")
    summary = Text(
        "The sigmoid drawn with three straight lines: cheap, and 0 and 1 are reached.",
        "用三段直线画成的 Sigmoid：计算便宜，并且真正达到 0 与 1。",
    )
    parameters = (ALPHA, BETA)

    def function(self, params: Params) -> Function:
        """Return the function."""
        alpha = params.get_of(ALPHA)
        middle = X / 6 if alpha == ALPHA.default else alpha * X
        return maximum(0, minimum(1, middle + params.get_of(BETA)))


hardsigmoid = Hardsigmoid()
