"""A call whose first output passes through an activation, as the layers of a network do.

It is a call like any other: its maps, traces and gradients are those of the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array, Float
from engine.declaration.call import Call
from engine.errors import ParameterError
from engine.families.elementwise import Elementwise
from engine.refusals import UNKNOWN
from engine.registry import all_operations
from engine.texts import Text
from engine.trace.trace import Cell, Step, Trace

_CELLS_AT_ONCE = 2**18
"""An activation holds several arrays of its input's size; this is as large as they become."""


@dataclass(frozen=True)
class Activated(Call):
    """The call ``before``, and an ``activation`` with its default parameters on its first output.

    ``kept`` holds what was computed of ``before`` and takes what is computed now, as
    ``Call.maps`` says; None keeps nothing.
    """

    before: Call
    activation: Elementwise
    kept: MutableMapping[int, Array] | None = None

    @property
    def plain(self) -> Call:
        """The call before the activation."""
        return self.before

    def run(self) -> Array:
        """Return the whole first output."""
        return self._apply(self.before.run())

    def computed(self, maps: range) -> Array:
        """Return one run of maps, computed now."""
        return self._apply(self.before.part(maps, self._kept))

    def further(self, first: Array) -> Mapping[str, Array]:
        """Return the outputs after the first, to which nothing is done."""
        return self.before.further(self.before.whole(self._kept))

    def backward(self, gradient: object, *, first: bool = True, weights: bool = True) -> dict[str, Float]:
        """Go back through the activation, then through the operation."""
        by_output = self.activation.call(self.before.run()).backward(gradient)["input"]
        return self.before.backward(by_output, first=first, weights=weights)

    def trace(self, cell: Cell, parts: MutableMapping[int, Array] | None = None) -> Trace:
        """Return how the operation's output came to be, and as a last step what becomes of it."""
        trace = self.before.trace(cell, self._kept)
        value = self.value(cell, parts)
        params = self.activation.call(trace.value).params
        return replace(
            trace,
            value=value,
            before=trace.before if trace.steps else trace.value,
            steps=(*trace.steps, Step("apply", self.activation.function(params), value)),
        )

    @property
    def _kept(self) -> MutableMapping[int, Array]:
        return {} if self.kept is None else self.kept

    def _apply(self, array: Array) -> Array:
        flat = np.ascontiguousarray(array).reshape(-1)
        runs = [
            self.activation(flat[first : first + _CELLS_AT_ONCE])
            for first in range(0, flat.size, _CELLS_AT_ONCE)
        ]
        return np.concatenate([flat[:0], *runs]).reshape(array.shape)


def activations() -> dict[str, Elementwise]:
    """Return the activations that may follow any call, by name."""
    return {one.name: one for one in all_operations() if isinstance(one, Elementwise)}


def activated(call: Call, activation: str, kept: MutableMapping[int, Array] | None = None) -> Activated:
    """Return ``call`` with the activation of this name after it; ``kept`` as in ``Activated``.

    >>> import engine
    >>> call = engine.conv2d.call([[[1, 2], [3, 4]]], [[1, -1]])
    >>> activated(call, "relu").run().tolist(), call.run().tolist()
    ([[[0.0], [0.0]]], [[[-1.0], [-1.0]]])

    Raises:
        ParameterError: there is no such elementwise activation.
    """
    known = activations()
    found = known.get(activation)
    if found is None:
        raise ParameterError(
            "unknown_activation",
            UNKNOWN.put(kind=Text("elementwise activation", "逐元素激活函数")),
            field="activation",
            values={"name": activation[:40], "names": list(known)},
        )
    return Activated(call.operation, call.inputs, call.asked, call.params, call.layout, call, found, kept)
