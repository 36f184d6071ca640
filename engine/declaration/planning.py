"""What an operation knows before there is a number: parameters that follow from others, sizes, limits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from math import prod
from typing import TypeAlias

import numpy as np

from engine.arrays import Array, Shape
from engine.declaration.declaration import Declaration
from engine.declaration.layout import Layout
from engine.declaration.parameters import Parameter, Params, parse_params
from engine.limits import IN_PYTHON, NEEDED, Limits
from engine.texts import Text

Plan: TypeAlias = "tuple[Params, Params, Layout]"
"""Parameters as asked, as settled, and the sizes."""


class Planning(Declaration):
    """The part of an operation that settles parameters and sizes, and tells whether they are sound."""

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Return ``params`` with every value that follows from others or from ``shapes`` filled in."""
        return params

    @abstractmethod
    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; raise ShapeError where they do not fit. The one validity predicate."""

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Return drawn numbers that the input called ``name`` can be, beside inputs of ``shapes``.

        Where ``params`` say a size that ``shapes`` do not, it is theirs that counts.
        """
        return rng.standard_normal(shapes["input"]).astype(np.float32)

    def candidates(
        self, parameter: Parameter[object], shapes: Mapping[str, Shape], settled: Params
    ) -> Sequence[int] | None:
        """Return the only values worth trying for an integer parameter, or None for its whole range."""
        return None

    def has_gaps(self, settled: Params, layout: Layout) -> bool:
        """Tell whether a parameter's range may have gaps, so that every value must be tried."""
        return False

    def check_values(self, inputs: Mapping[str, Array]) -> None:
        """Raise ParameterError where an input holds numbers that cannot be used."""
        return

    def imagine(
        self, shapes: Mapping[str, Shape], parameter: Parameter[object], value: object
    ) -> Mapping[str, Shape]:
        """Return the shapes as they would be if a parameter that follows an input had ``value``."""
        return shapes

    def plan(
        self, shapes: Mapping[str, Shape], params: Mapping[str, object], limits: Limits = IN_PYTHON
    ) -> Plan:
        """Return the parameters as asked, as settled, and the sizes; raises as ``bind`` does."""
        asked = parse_params(self.parameters, params, limits)
        return asked, *self.check(shapes, asked, limits)

    def check(self, shapes: Mapping[str, Shape], asked: Params, limits: Limits) -> tuple[Params, Layout]:
        """Settle what was asked and return it with the sizes, if they are sound and within ``limits``."""
        settled = self.settle(shapes, asked)
        for parameter in self.parameters:
            if parameter.follows in shapes:
                parameter.parse(settled[parameter.name], limits)
        layout = self.layout(shapes, settled)
        if layout.spatial is not None:
            channels = -1 - layout.spatial
            limits.check(
                "channels",
                shapes["input"][channels],
                Text("The number of input channels", "输入通道数"),
                "input",
            )
            limits.check("channels", layout.output[channels], Text("The number of output maps", "输出通道数"))
        cells = prod(layout.output) + sum(map(prod, layout.further.values()))
        limits.check("cells", cells, Text("The number of output cells", "输出格数"))
        limits.check("bytes", layout.bytes, NEEDED)
        return settled, layout
