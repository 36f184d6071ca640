"""Derivatives by differences, to check those that operations state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.declaration.call import Call
from tests.engine.draws import Drawn

STEP = 1e-5


@dataclass(frozen=True)
class Slope:
    """A derivative in one direction: as stated, and by differences to either side."""

    stated: float
    before: float
    after: float
    size: float
    """The sum of what was added to get it, without signs."""

    @property
    def smooth(self) -> bool:
        """Whether both sides agree; they do not at a kink, or next to one."""
        return abs(self.after - self.before) <= 1e-3 * self.size

    def check(self) -> None:
        """Assert that what is stated is the central difference."""
        assert abs(self.stated - (self.before + self.after) / 2) <= 1e-5 * self.size


def slope(drawn: Drawn, name: str, rng: np.random.Generator) -> Slope:
    """The slope of a weighted sum of the output as the input called ``name`` moves in one direction."""
    call = in_doubles(drawn)
    weights = rng.standard_normal(call.layout.output)
    array = call.inputs[name]
    direction = rng.standard_normal(array.shape)
    step = STEP * max(1.0, float(np.abs(array).max(initial=0)))

    def loss(moved: float) -> np.ndarray:
        return weights * _moved(call, name, array + moved * direction).run()

    here, before, after = loss(0), loss(-step), loss(step)
    stated = call.backward(weights)[name] * direction
    differences = (np.abs(after - here) + np.abs(here - before)).sum() / step
    size = float(np.abs(stated).sum() + differences + np.abs(here).sum() * 1e-10 / step + 1e-8)
    return Slope(
        float(stated.sum()), float((here - before).sum()) / step, float((after - here).sum()) / step, size
    )


def in_doubles(drawn: Drawn) -> Call:
    """The same call with every differentiable input in float64."""
    doubles = {
        declared.name: drawn.arrays[declared.name].astype(np.float64)
        for declared in drawn.operation.inputs
        if declared.differentiable and declared.name in drawn.inputs
    }
    return drawn.bound(**doubles)


def _moved(call: Call, name: str, array: np.ndarray) -> Call:
    return Call(call.operation, {**call.inputs, name: array}, call.asked, call.params, call.layout)


def linear_part(call: Call) -> Callable[[np.ndarray], np.ndarray]:
    """The output as a linear function of the first input: less what is there without it."""
    rest = _moved(call, "input", np.zeros_like(call.inputs["input"])).run()
    return lambda array: _moved(call, "input", array).run() - rest
