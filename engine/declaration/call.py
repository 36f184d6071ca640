"""A call: an operation bound to sound inputs and parameters, and all that can be asked of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.algorithms.floats import gradient_type
from engine.arrays import Array, Float, Number, as_numbers, float_for
from engine.declaration.layout import Layout
from engine.declaration.parameters import Params
from engine.declaration.planning import Plan, Planning
from engine.declaration.recipe import Recipe
from engine.errors import ParameterError
from engine.refusals import one_picture, other_gradient
from engine.texts import Text
from engine.trace.parts import Parts
from engine.trace.trace import Cell, Trace

_CELLS_AT_ONCE = 2**18
"""Maps are yielded in runs of about this many cells, so that a stale wish is soon dropped."""


class Computation(Planning):
    """The part of an operation that is done for a call: forward and backward pass, trace, recipe."""

    def bound(self, arrays: Mapping[str, Array], plan: Plan) -> Call:
        """Return the call of ``arrays`` whose sizes and parameters are known to be sound.

        Raises:
            ParameterError: where numbers do not fit the sizes.
        """
        return Call(self, arrays, *plan)

    @abstractmethod
    def forward(self, call: Call) -> Array:
        """Return the first output."""

    def forward_maps(self, call: Call, maps: range) -> Array:
        """Return the output maps numbered ``maps``, shape (..., len(maps), H, W), if ``splits``."""
        raise NotImplementedError(f"{self.name} computes all its maps together")

    def further(self, call: Call, output: Array) -> Mapping[str, Array]:
        """Return the outputs after the first one, which is ``output``."""
        return {}

    @abstractmethod
    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Return the gradient by each differentiable input that was given, by name.

        ``gradient`` is that of a loss by the first output; it has its shape, and the float type that
        the results are to have.
        """

    def backward_weights(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Return what ``backward`` does, less the gradient by the first input, which nobody asks for."""
        found = self.backward(call, gradient)
        return {name: found[name] for name in found if name != self.inputs[0].name}

    def backward_maps(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Return what ``backward`` does; gradients by inputs that are not maps may be left out."""
        return self.backward(call, gradient)

    @abstractmethod
    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return how the output ``cell`` came to have ``value``."""

    def parts(self, call: Call, number: int) -> Parts:
        """Return what each input channel gives to output map ``number``, if ``sums_channels``.

        A map of a volume has planes; the parts are of all of them.
        """
        raise NotImplementedError(f"the maps of {self.name} are not sums over input channels")

    def recipe(self, call: Call) -> Recipe | None:
        """Return how the call is done with NumPy, or with PyTorch, alone; None where nobody has said."""
        return None


@dataclass(frozen=True)
class Call:
    """An operation bound to sound inputs and parameters.

    ``asked`` are the parameters as given or by default, ``params`` with everything
    settled that follows from others. In ``remembered`` an operation may leave what it found on the way
    forward and needs again on the way back.
    """

    operation: Computation
    inputs: Mapping[str, Array]
    asked: Params
    params: Params
    layout: Layout
    remembered: dict[str, object] = field(
        init=False, default_factory=dict[str, object], compare=False, repr=False
    )

    @property
    def plain(self) -> Call:
        """This call, without anything that is done to its output."""
        return self

    def run(self) -> Array:
        """Return the whole first output."""
        with _quiet():
            return self.operation.forward(self)

    def outputs(self) -> dict[str, Array]:
        """Return every output by name."""
        first = self.run()
        return {self.operation.outputs[0].name: first, **self.further(first)}

    def further(self, first: Array) -> Mapping[str, Array]:
        """Return the outputs after ``first`` by name."""
        with _quiet():
            return self.operation.further(self, first)

    def backward(self, gradient: object, *, first: bool = True, weights: bool = True) -> dict[str, Float]:
        """Return the gradients of a loss by the inputs, from its ``gradient`` by the first output.

        That by the ``first`` input can be left out, or those by ``weights`` (what is not maps), where
        nobody asks for them.

        Raises:
            ShapeError: if ``gradient`` has not the output's shape.
        """
        array = as_numbers(gradient, "gradient")
        if array.shape != self.layout.output:
            raise other_gradient(array.shape, self.layout.output)
        kind = gradient_type(array.astype(float_for(array), copy=False), *self.inputs.values())
        whole = self.operation.backward if weights else self.operation.backward_maps
        back = whole if first else self.operation.backward_weights
        with _quiet():
            return dict(back(self, array.astype(kind, copy=False)))

    def maps(
        self, wanted: Sequence[int] | None = None, parts: MutableMapping[int, Array] | None = None
    ) -> Iterator[tuple[range, Array]]:
        """Yield the output, seen as maps (k, H, W), in runs as they are ready: (map numbers, maps).

        ``wanted`` picks maps, in this order. How maps are grouped for computing does not
        depend on it, so a map has the same bits whoever asks for it. ``parts`` holds what was
        computed before, by the number of its first map, and takes what is computed now.

        Raises:
            ShapeError: for a batch; maps and traces are of one picture.
        """
        self.check_one_picture()
        count, height, width = self.layout.maps
        parts = {} if parts is None else parts
        step = max(1, _CELLS_AT_ONCE // max(height * width, 1)) if self.operation.splits else max(count, 1)
        for number in range(0, count, step) if wanted is None else wanted:
            first = number - number % step
            part = self.part(range(first, min(first + step, count)), parts)
            if wanted is None:
                yield range(first, first + len(part)), part
            else:
                yield range(number, number + 1), part[number - first : number - first + 1]

    def part(self, maps: range, parts: MutableMapping[int, Array]) -> Array:
        """Return one run of maps as ``maps`` groups them, from ``parts`` where it is at hand."""
        if maps.start not in parts:
            parts[maps.start] = self.computed(maps)
        return parts[maps.start]

    def computed(self, maps: range) -> Array:
        """Return one run of maps, computed now."""
        if not self.operation.splits:
            return self.run().reshape(self.layout.maps)
        with _quiet():
            return self.operation.forward_maps(self, maps)

    def whole(self, parts: MutableMapping[int, Array]) -> Array:
        """Return the whole first output; ``parts`` as in ``maps``."""
        if self.layout.batched or 0 in self.layout.output:
            return self.run()
        runs = [maps for _, maps in self.maps(None, parts)]
        return (runs[0] if len(runs) == 1 else np.concatenate(runs)).reshape(self.layout.output)

    def check_one_picture(self) -> None:
        """Raise ShapeError for a batch; maps and traces are of one picture."""
        if self.layout.batched:
            raise one_picture(self.inputs["input"].shape)

    def parts(self, number: int) -> Parts:
        """Return what each input channel gives to output map ``number``, before the bias.

        Maps are counted as ``maps`` does: planes of a volume each by itself.

        Raises:
            ParameterError: the operation's maps are not sums over input channels.
            ShapeError: there is no such map, or for a batch.
        """
        if not self.operation.sums_channels:
            raise ParameterError(
                "no_parts",
                Text(
                    "{name} has no parts: its maps are not sums over input channels.",
                    "{name} 的特征图不是各输入通道之和。",
                ),
                field="parts",
                values={"name": self.operation.name},
            )
        self.check_one_picture()
        self.layout.check_map(number, "parts")
        planes = self.layout.maps[0] // self.layout.output[0]
        number, plane = divmod(number, planes)
        with _quiet():
            parts = self.operation.parts(self, number)
        return replace(parts, plane=plane if planes > 1 else None)

    def trace(self, cell: Cell, parts: MutableMapping[int, Array] | None = None) -> Trace:
        """Return how output ``cell`` (map, row, column; one number for each axis) came to be.

        ``parts`` as in ``maps``: its value is not computed again where it is at hand.

        Raises:
            ShapeError: if there is no such cell, or for a batch.
        """
        value = self.value(cell, parts)
        with _quiet():
            return self.operation.trace(self, cell, value)

    def value(self, cell: Cell, parts: MutableMapping[int, Array] | None = None) -> Number:
        """Return the number in output ``cell``; as ``trace`` otherwise."""
        self.check_one_picture()
        number, row, column = self.layout.place(cell)
        [(_, maps)] = self.maps([number], parts)
        return maps[0, row, column]


def _quiet() -> np.errstate:
    """NaN and infinity pass through as NumPy's rules say; they are no cause for warnings."""
    return np.errstate(all="ignore")
