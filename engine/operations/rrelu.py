"""The rectifier whose slope below 0 is drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.basics import Number, ParameterError, Shape, Text, float_for
from engine.declaration import Call, Flag, Integer, Params, Real
from engine.families import Elementwise, single_term
from engine.functions import Function, Primitive, X, below_zero, constant, evaluate, maximum
from engine.trace import Cell, Step, Trace

LOWER = Real(
    "lower",
    1 / 8,
    Text("Lower bound", "下界"),
    Text("The smallest slope that may be drawn.", "可能抽到的最小斜率。"),
    step=0.01,
)
UPPER = Real(
    "upper",
    1 / 3,
    Text("Upper bound", "上界"),
    Text("The largest slope that may be drawn.", "可能抽到的最大斜率。"),
    step=0.01,
)
TRAINING = Flag(
    "training",
    False,
    Text("Training", "训练"),
    Text(
        "Draws a slope for every cell; without it all take the mean of the bounds.",
        "为每一格抽取一个斜率；否则都取上下界的平均值。",
    ),
)
SEED = Integer(
    "seed",
    0,
    Text("Seed", "随机种子"),
    Text("The same seed draws the same slopes.", "相同的种子抽出相同的斜率。"),
    keyword_only=True,
    least=0,
    limit="seed",
)
SLOPE = Text("slope", "斜率")


class Rrelu(Elementwise):
    """rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, *, seed=0).

    output = input where it is above 0, else slope x input, cell by cell. In training every cell's
    slope is drawn evenly from lower to upper (NumPy's default_rng(seed)); else it is their mean. The
    derivative is the slope up to and at 0, and 1 beyond, as in PyTorch. Source: Xu, Wang, Chen and Li,
    "Empirical evaluation of rectified activations in convolutional network", 2015.

    Shapes: any, the output as the input. Floats keep their type; whole numbers come out as float32
    (float64 where they need it).

    Raises ParameterError, which names the parameter and what is allowed.

    >>> engine.rrelu([-2, 0, 3], 0.25, 0.75).tolist()
    [-1.0, 0.0, 3.0]
    """

    name = "rrelu"
    title = Text("Randomised ReLU", "RReLU（随机线性整流）")
    summary = Text(
        "In training, what is negative is multiplied by a slope drawn by lot for every cell.",
        "训练时，每个负数乘以随机抽取的斜率。",
    )
    parameters = (LOWER, UPPER, TRAINING, SEED)

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Refuse bounds in the wrong order; there is nothing to fill in."""
        lower, upper = params.get_of(LOWER), params.get_of(UPPER)
        if lower > upper:
            raise ParameterError(
                "bounds",
                Text(
                    "{name} is {asked}; it must be at most upper, which is {max}.",
                    "{name} 是 {asked}，最大只能是上限 {max}。",
                ),
                field=LOWER.name,
                values={"name": LOWER.name, "asked": lower, "max": upper},
            )
        return params

    def function(self, params: Params) -> Function:
        """Return the function."""
        return maximum(0, X) + _slope(params) * below_zero(X)

    def has_curve(self, params: Params) -> bool:
        """Tell whether every cell has the same slope."""
        return not params.get_of(TRAINING)

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell, and the slope where it counts."""
        array = call.inputs["input"]
        if array[cell] > 0:
            return single_term(call, cell, value, [Step("apply", maximum(0, X), value)])
        slope = evaluate(_slope(call.params), array.astype(float_for(array), copy=False))[cell]
        return single_term(call, cell, value, [Step("multiply", SLOPE, value, slope)])


def _slope(params: Params) -> Function:
    """Return the slope below 0: one for all cells, or a function that draws one for each."""
    lower, upper = params.get_of(LOWER), params.get_of(UPPER)
    if not params.get_of(TRAINING):
        return constant((lower + upper) / 2)
    seed = params.get_of(SEED)
    code = f"np.random.default_rng({seed}).uniform({lower!r}, {upper!r}, x.shape)"
    return Primitive(
        lambda x: np.random.default_rng(seed).uniform(lower, upper, x.shape).astype(x.dtype),
        lambda _: 0,
        form=SLOPE,
        numpy=code,
        torch=f"torch.from_numpy(np.asarray({code})).to(x.device)",  # PyTorch would draw others
        held=3,
    )(X)


rrelu = Rrelu()
