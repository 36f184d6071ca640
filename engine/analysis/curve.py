"""An elementwise function as a curve, with its slope, and what it makes of a map's numbers."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from engine.analysis.activated import Activated, activations
from engine.analysis.histogram import Histogram, HistogramData, finite, histogram
from engine.arrays import Array
from engine.declaration.call import Call
from engine.declaration.parameters import Params
from engine.errors import ParameterError
from engine.families.elementwise import Elementwise
from engine.functions.slopes import slope
from engine.functions.spelling import english, said
from engine.functions.values import evaluate
from engine.texts import Text

_POINTS = 257
_NEAR = np.arange(-64, 65) / 8
"""Points about 0, where activations bend, however far the numbers reach."""


class CurveData(TypedDict):
    """A curve as JSON-ready data."""

    name: str
    formula: str
    formula_text: dict[str, str]
    x: list[float]
    y: list[float | None]
    slope: list[float | None]
    before: HistogramData
    after: HistogramData


@dataclass(frozen=True)
class Curve:
    """An elementwise function over the numbers of a map ``before`` it, and the map ``after`` it.

    ``x``, ``y`` and ``slope`` (n,) are points of the curve and its derivative there. They span all finite
    numbers of ``before`` and something of both sides of 0.
    """

    name: str
    formula: str
    formula_text: Text
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    slope: NDArray[np.float64]
    before: Histogram
    after: Histogram

    def data(self) -> CurveData:
        """Return the curve as JSON-ready data; what is not finite is None."""
        return {
            "name": self.name,
            "formula": self.formula,
            "formula_text": self.formula_text.data(),
            "x": self.x.tolist(),
            "y": [finite(number) for number in self.y.tolist()],
            "slope": [finite(number) for number in self.slope.tolist()],
            "before": self.before.data(),
            "after": self.after.data(),
        }


def curve(call: Call, number: int, parts: MutableMapping[int, Array] | None = None) -> Curve:
    """Return the curve of the activation after ``call``, or of its operation if that is one.

    ``number`` picks the map whose numbers are counted; ``parts`` as in ``Call.maps``.

    >>> import engine
    >>> found = curve(engine.relu.call([[[-2, 0, 3]]]), 0)
    >>> found.x[[0, -1]].tolist(), found.y[[0, -1]].tolist(), found.before.zeros, found.after.zeros
    ([-2.0, 3.0], [0.0, 3.0], 1, 2)

    Raises:
        ParameterError: there is no activation, or one that draws a function for every cell.
        ShapeError: there is no such map, or for a batch.
    """
    function, params = _function(call)
    formula = function.function(params)
    call.check_one_picture()
    call.layout.check_map(number, "channel")
    [(_, after)] = call.maps([number], parts)
    counted = histogram(_before(call, number))
    x = _places(counted)
    with np.errstate(all="ignore"):
        y, by_x = evaluate(formula, x), evaluate(slope(formula), x)
    return Curve(
        function.name,
        english(formula),
        said(formula),
        x,
        y.astype(np.float64),
        by_x.astype(np.float64),
        counted,
        histogram(after),
    )


def _function(call: Call) -> tuple[Elementwise, Params]:
    if isinstance(call, Activated):
        return call.activation, call.activation.call(0.0).params
    operation = call.operation
    if isinstance(operation, Elementwise) and operation.has_curve(call.params):
        return operation, call.params
    raise ParameterError(
        "no_curve",
        Text(
            "{name} is not one function of every cell by itself, and so has no curve; give an activation: "
            "{names}.",
            "{name} 不是对每个格单独作用的同一个函数，因此没有曲线；请选择一个激活函数：{names}。",
        ),
        field="activation",
        values={"name": operation.name, "names": list(activations())},
    )


def _before(call: Call, number: int) -> Array:
    if isinstance(call, Activated):
        [(_, maps)] = call.before.maps([number], call.kept)
        return maps
    return call.inputs["input"].reshape(call.layout.maps)[number]


def _places(counted: Histogram) -> NDArray[np.float64]:
    empty = len(counted.counts) == 0
    low, high = (0.0, 0.0) if empty else (counted.least, counted.greatest)
    reach = max(1.0, -low / 8, high / 8)
    low, high = min(low, -reach), max(high, reach)
    even = np.linspace(low / 2, high / 2, _POINTS) * 2
    even[0], even[-1] = low, high
    return np.union1d(even, _NEAR[(low < _NEAR) & (high > _NEAR)])
