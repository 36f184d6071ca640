"""What an operation says of itself: names, texts, inputs, outputs and parameters.

The signature, the description that the API gives, and what inputs are accepted follow from it.
"""

from __future__ import annotations

import inspect
from abc import ABC
from collections.abc import Mapping

from engine.arrays import Array, as_numbers
from engine.declaration.families import Family
from engine.declaration.layout import OUTPUT, Input, Output
from engine.declaration.parameters import Json, Parameter
from engine.limits import UNLIMITED, Limits
from engine.refusals import missing_input, unknown_input
from engine.texts import Text


class Declaration(ABC):
    """The part of an operation that is only stated."""

    name: str
    title: Text
    short: str = ""
    """What pictures of networks call it in all languages, where that is not its name."""
    summary: Text
    family: Family
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...] = (OUTPUT,)
    parameters: tuple[Parameter[object], ...] = ()
    order: tuple[str, ...] = ()
    """Arguments that stand first by position, where torch.nn.functional mixes inputs and parameters."""
    basic: bool = False
    """Whether its family is begun with it: it is listed before the others."""
    dims: int | None = None
    """Axes that a window slides along; None where the input may have any number of axes."""
    linear: bool = False
    """Whether, bias aside, the output is linear in the first input."""
    splits: bool = False
    """Whether ``forward_maps`` computes a run of maps without the others."""
    elementwise: bool = False
    """Whether it is one function of every cell by itself, so that it has a curve and may follow any other."""
    sums_channels: bool = False
    """Whether an output map is a sum over input channels, which ``parts`` tells apart."""
    spreads: bool = False
    """Whether each input cell is laid down on a window of outputs; others gather windows of input cells."""
    shares: bool = False
    """Whether its outputs are shares of a whole: none below 0, and along an axis they add up to 1."""

    def __init__(self) -> None:
        self.__signature__ = self._signature()

    def describe(self, limits: Limits = UNLIMITED) -> dict[str, Json]:
        """Return the declaration as data, as GET /api/operations gives it."""
        return {
            "name": self.name,
            "family": {"name": self.family.name, "texts": self.family.title.data()},
            "texts": {"title": self.title.data(), "summary": self.summary.data()},
            "dims": self.dims,
            **self.traits(),
            "inputs": [
                {"name": i.name, "kind": i.kind, "required": i.required, "texts": i.label.data()}
                for i in self.inputs
            ],
            "outputs": [{"name": o.name, "texts": o.label.data()} for o in self.outputs],
            "params": [parameter.describe(limits) for parameter in self.parameters],
        }

    def traits(self) -> dict[str, Json]:
        """Return what it is as data: told of an operation, and of every layer of a network that does it."""
        return {
            "short": self.short or self.name,
            "elementwise": self.elementwise,
            "parts": self.sums_channels,
            "spreads": self.spreads,
            "shares": self.shares,
        }

    def _signature(self) -> inspect.Signature:
        """Inputs, then parameters, unless ``order`` says otherwise; what is ours alone by keyword."""
        positional, keyword = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
        arguments = [
            inspect.Parameter(
                i.name,
                keyword if i.keyword_only else positional,
                default=inspect.Parameter.empty if i.required else None,
            )
            for i in self.inputs
        ] + [
            inspect.Parameter(
                p.name,
                keyword if p.keyword_only else positional,
                default=inspect.Parameter.empty if p.default is None and p.required else p.default,
            )
            for p in self.parameters
            if p.follows is None
        ]
        first = {name: place for place, name in enumerate(self.order)}
        arguments.sort(key=lambda argument: (argument.kind, first.get(argument.name, len(first))))
        return inspect.Signature(arguments)

    def arrays(self, inputs: Mapping[str, object]) -> dict[str, Array]:
        """Return what was given as arrays of numbers, by name.

        Raises:
            ParameterError: for what is missing, unknown, or not numbers.
        """
        arrays: dict[str, Array] = {}
        for declared in self.inputs:
            given = inputs.get(declared.name)
            if given is not None:
                arrays[declared.name] = as_numbers(given, declared.name)
            elif declared.required:
                raise missing_input(self.name, declared.name)
        if len(inputs) > len(self.inputs) or any(
            name not in arrays for name, v in inputs.items() if v is not None
        ):
            names = [declared.name for declared in self.inputs]
            raise unknown_input(self.name, names)
        return arrays
