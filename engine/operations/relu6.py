"""The rectifier with a ceiling: what is negative becomes 0, what is above 6 becomes 6."""

from __future__ import annotations

from engine.basics import Text
from engine.declaration import Params
from engine.families import Elementwise
from engine.functions import Function, X, maximum, minimum


class Relu6(Elementwise):
    """relu6(input).

    output = min(max(0, input), 6), cell by cell. The derivative is 1 between 0 and 6, and 0 at both and
    beyond, as in PyTorch. Source: Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010;
    Howard et al., "MobileNets", 2017, use it since a bounded range loses little in few bits.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out exactly, as
    float32 (float64 where they need it).

    Raises ParameterError if the input is not an array of real numbers.

    >>> engine.relu6([-2, 0, 3, 9]).tolist()
    [0.0, 0.0, 3.0, 6.0]
    """

    name = "relu6"
    title = Text("ReLU6", "ReLU6（封顶的线性整流）")
    short = "ReLU6"
    summary = Text(
        "The rectifier with a ceiling: what is negative becomes 0, what is above 6 becomes 6.",
        "封顶的线性整流：负数变为 0，大于 6 的变为 6，其余原样通过。",
    )

    def function(self, params: Params) -> Function:
        """Return the function."""
        return minimum(maximum(0, X), 6)


relu6 = Relu6()
