"""What an operation is: one declaration, from which everything else follows.

An Operation states its name, texts, inputs, outputs, parameters, shape law, forward and
backward pass, and trace. The service's schema and validation, the page's controls, the limits of
every slider, the reference page and the parametrised tests all read it from here.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import TypeAlias

import numpy as np

from engine.algorithms.floats import gradient_type
from engine.arrays import Array, Float, Number, Shape, as_numbers, float_for
from engine.declaration.declaration import Declaration
from engine.declaration.layout import Layout
from engine.declaration.parameters import Parameter, Params, parse_params
from engine.declaration.recipe import Recipe
from engine.errors import ParameterError
from engine.limits import IN_PYTHON, NEEDED, Limits
from engine.refusals import one_picture, other_gradient
from engine.texts import Text
from engine.trace.parts import Parts
from engine.trace.trace import Cell, Trace

Plan: TypeAlias = "tuple[Params, Params, Layout]"
"""Parameters as asked, as settled, and the sizes."""
_CELLS_AT_ONCE = 2**18
"""Maps are yielded in runs of about this many cells, so that a stale wish is soon dropped."""


class Operation(Declaration):
    """Base of all operations; an instance is a function of its inputs and parameters."""

    def settle(self, shapes: Mapping[str, Shape], params: Params) -> Params:
        """Return ``params`` with every value that follows from others or from ``shapes`` filled in."""
        return params

    @abstractmethod
    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; raise ShapeError where they do not fit. The one validity predicate."""

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

    def bind(
        self,
        inputs: Mapping[str, object],
        params: Mapping[str, object] | None = None,
        limits: Limits = IN_PYTHON,
    ) -> Call:
        """Check everything and return the call, ready to run.

        Raises:
            ParameterError: a parameter outside its domain, or an input missing.
            ShapeError: sizes that do not fit together.
            LimitError: more than ``limits`` allow.
        """
        arrays = self.arrays(inputs)
        self.check_values(arrays)
        shapes = {name: array.shape for name, array in arrays.items()}
        return self.bound(arrays, self.plan(shapes, params or {}, limits))

    def bound(self, arrays: Mapping[str, Array], plan: Plan) -> Call:
        """Return the call of ``arrays`` whose sizes and parameters are known to be sound.

        Raises:
            ParameterError: where numbers do not fit the sizes.
        """
        return Call(self, arrays, *plan)

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

    def __call__(self, *args: object, **kwargs: object) -> Array:
        """Return the first output for NumPy arrays: see ``inspect.signature`` and the class's own text."""
        return self.call(*args, **kwargs).run()

    def call(self, *args: object, **kwargs: object) -> Call:
        """Return the call of this operation with these arguments, ready to run, go back and be traced."""
        given = self.__signature__.bind(*args, **kwargs).arguments
        names = {declared.name for declared in self.inputs}
        inputs = {name: value for name, value in given.items() if name in names}
        params = {name: value for name, value in given.items() if name not in names}
        return self.bind(inputs, params)


@dataclass(frozen=True)
class Call:
    """An operation bound to sound inputs and parameters.

    ``asked`` are the parameters as given or by default, ``params`` with everything
    settled that follows from others. In ``remembered`` an operation may leave what it found on the way
    forward and needs again on the way back.
    """

    operation: Operation
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
