"""The rectifier whose slope below 0 is drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.arrays import Float, Number, Shape, float_for
from engine.declaration.kinds import Flag, Integer
from engine.declaration.kinds import Number as NumberParameter
from engine.declaration.operation import Call
from engine.declaration.parameters import Params
from engine.declaration.recipe import Written
from engine.errors import ParameterError
from engine.families.elementwise import Elementwise, single_term
from engine.texts import Text
from engine.trace.trace import Cell, Step, Trace

LOWER = NumberParameter(
    "lower",
    1 / 8,
    Text("Lower bound", "下界"),
    Text("The smallest slope that may be drawn.", "可能抽到的最小斜率。"),
    step=0.01,
)
UPPER = NumberParameter(
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

    def function(self, x: Float, params: Params) -> Float:
        """Return x above 0, and the slope times x elsewhere."""
        return np.where(x > 0, x, x * _slopes(x, params))

    def derivative(self, x: Float, params: Params) -> Float:
        """Return 1 above 0, and the slope elsewhere."""
        return np.where(x > 0, x.dtype.type(1), _slopes(x, params))

    def written(self, params: Params) -> Written:
        """Return the function and its slope in code."""
        lower, upper = params.get_of(LOWER), params.get_of(UPPER)
        if not params.get_of(TRAINING):
            slope = repr((lower + upper) / 2)
            torch = f"F.rrelu(x, {lower!r}, {upper!r})"
        else:
            seed = params.get_of(SEED)
            slope = f"np.random.default_rng({seed}).uniform({lower!r}, {upper!r}, x.shape)"
            # PyTorch would draw other slopes.
            torch = f"torch.where(x > 0, x, x * torch.from_numpy(np.asarray({slope})).to(x.device))"
        return Written(f"np.where(x > 0, x, x * {slope})", f"np.where(x > 0, 1, {slope})", torch)

    def formula(self, params: Params) -> str:
        """Return the function in one line."""
        if params.get_of(TRAINING):
            return "max(0, x) + slope min(0, x)"
        return f"max(0, x) + {(params.get_of(LOWER) + params.get_of(UPPER)) / 2:g} min(0, x)"

    def has_curve(self, params: Params) -> bool:
        """Tell whether every cell has the same slope."""
        return not params.get_of(TRAINING)

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the cell, and the slope where it counts."""
        array = call.inputs["input"]
        if array[cell] > 0:
            return single_term(call, cell, value, [Step("apply", "max(0, x)", value)])
        x = array.astype(float_for(array), copy=False)
        slope = np.broadcast_to(_slopes(x, call.params), x.shape)[cell]
        return single_term(call, cell, value, [Step("multiply", "slope", value, slope)])


def _slopes(x: Float, params: Params) -> Float:
    """Return every cell's slope, in the type of ``x``; one for all where none is drawn."""
    lower, upper = params.get_of(LOWER), params.get_of(UPPER)
    if not params.get_of(TRAINING):
        return np.asarray((lower + upper) / 2, x.dtype)
    drawn = np.random.default_rng(params.get_of(SEED)).uniform(lower, upper, x.shape)
    return np.asarray(drawn, x.dtype)


rrelu = Rrelu()
