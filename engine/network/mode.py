"""How a network runs: on one picture or a batch, to answer or to be trained.

A graph's parameters mean one picture, and say nothing about training; what they come to in a run
is found here, from the operations' declarations alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.arrays import Shape
from engine.declaration.kinds import Flag, Integer
from engine.declaration.operation import Operation
from engine.declaration.sizes import Sizes

AXIS_LIMIT = "axes"
"""Parameters with this limit are the number of an axis."""
_TRAINING = "training"
_SEED = "seed"
_SEED_BITS = 2**31 - 1


class Mode(NamedTuple):
    """Whether a run is of a batch, and whether it is for training, with which ``seed``.

    What operations do in training (drop cells, take the batch's own mean) they do if
    ``training``, unless a layer's parameters say otherwise; every layer draws from a seed of its own.
    """

    batched: bool = False
    training: bool = False
    seed: int = 0

    def params(
        self, operation: Operation, given: Mapping[str, object], place: int, shape: Shape
    ) -> dict[str, object]:
        """Return the parameters of the layer numbered ``place``, fed ``shape``, for such a run.

        Axes are numbered as one picture has them; a batch has one more before them. An axis left
        out is that of the channels, and sizes left out are those of one picture: the shape alone
        does not always tell.
        """
        found = dict(given)
        for parameter in operation.parameters:
            name = parameter.name
            if isinstance(parameter, Integer) and parameter.limit == AXIS_LIMIT:
                found[name] = self._axis(found.get(name, parameter.default))
            elif isinstance(parameter, Sizes) and found.get(name) is None:
                found[name] = self._sizes(parameter, shape)
            elif isinstance(parameter, Flag) and name == _TRAINING and found.get(name) is None:
                found[name] = self.training
            elif isinstance(parameter, Integer) and name == _SEED and found.get(name) is None:
                drawn = np.random.SeedSequence([self.seed, place]).generate_state(1)[0]
                found[name] = int(drawn) & _SEED_BITS
        return found

    def _sizes(self, parameter: Sizes, shape: Shape) -> Shape | None:
        """Return the sizes of one picture, or None where they are none that can be asked for."""
        one = shape[1:] if self.batched else shape
        return one if 1 <= len(one) <= parameter.most and 0 not in one else None

    def _axis(self, value: object) -> object:
        value = 0 if value is None else value
        counted = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return value + 1 if self.batched and counted else value  # type: ignore[operator]
