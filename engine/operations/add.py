"""Addition of two inputs, cell by cell: the shortcut of a residual network."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.basics import (
    EXACT_IN_SINGLE,
    Array,
    Float,
    Number,
    Shape,
    ShapeError,
    Text,
    largest,
    widest_of_all,
)
from engine.declaration import Call, Counts, Input, Layout, Operation, Params, Recipe, product
from engine.families import INPUT, SHAPING, identity_axes
from engine.trace import Cell, Trace


class Addition(Operation):
    """add(input, other).

    output = input + other, cell by cell: how a residual block adds its shortcut (He et al., "Deep
    residual learning for image recognition", 2016). Where one of the two lacks an axis or has size 1
    there, its numbers repeat, by NumPy's rules of broadcasting; their gradients are then added up.

    Shapes: input (...), other the same or one that broadcasts with it; output float32 (float64 if
    given float64, or if whole numbers need it to stay exact).

    Raises ParameterError and ShapeError, which name the input and what is allowed.

    >>> engine.add([[1, 2], [3, 4]], [10, 20]).tolist()
    [[11.0, 22.0], [13.0, 24.0]]
    """

    name = "add"
    title = Text("Add", "相加")
    summary = Text(
        "Adds two inputs cell by cell, as the shortcut of a residual block does.",
        "两个输入逐格相加，残差块的捷径就是如此。",
    )
    family = SHAPING
    inputs = (INPUT, Input("other", "maps", Text("Second input", "第二个输入")))

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes; a missing second input is like the first."""
        first = shapes["input"]
        other = shapes.get("other", first)
        try:
            output = np.broadcast_shapes(first, other)
        except ValueError:
            raise ShapeError(
                "add_shape",
                Text(
                    "other must have the input's shape, {expected}, or size 1 or no axis where it differs; "
                    "it has {shape}.",
                    "另一个输入的形状须与输入相同：{expected}，或在不同之处大小为 1 或没有该轴；"
                    "这里是 {shape}。",
                ),
                field="other",
                values={"shape": list(other), "expected": list(first)},
            ) from None
        axes = identity_axes(output) if output == first else ()
        return Layout(
            output,
            axes,
            counts=lambda: Counts(additions=product(cells=output)),
            bytes=8 * (2 * prod(output) + prod(first)),
        )

    def forward(self, call: Call) -> Array:
        """Add; whole numbers in a type that holds their sums."""
        array, other = call.inputs["input"], call.inputs["other"]
        kinds = {array.dtype.kind, other.dtype.kind}
        kind = work = widest_of_all(array, other)
        if "f" in kinds and len(kinds) > 1:
            work = np.dtype(np.float64)
        elif "f" not in kinds and largest(array) + largest(other) > EXACT_IN_SINGLE:
            kind = work = np.dtype(np.float64)
        return np.asarray(np.add(array, other, dtype=work, casting="unsafe")).astype(kind, copy=False)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Give both the gradient, summed over the axes along which their numbers repeat."""
        kind = gradient.dtype
        return {name: _folded(gradient, array.shape).astype(kind) for name, array in call.inputs.items()}

    def recipe(self, call: Call) -> Recipe:
        """Return the sum."""
        return Recipe(
            "output = x + other",
            "output = x + other",
            terms="[a[cell] for a in np.broadcast_arrays(x, other)]",
        )

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the two terms."""
        names = list(call.inputs)
        places = [_source(cell, call.inputs[name].shape) for name in names]
        values = np.array(
            [call.inputs[name][place] for name, place in zip(names, places, strict=True)],
            np.result_type(*call.inputs.values()),
        )
        # A term of fewer axes than the other is written with zeros in front.
        axes = max(map(len, places))
        sources = np.array([(0,) * (axes - len(place)) + place for place in places], np.intp)
        return Trace(
            self.name, cell, sources.reshape(2, axes), np.zeros((2, 1), np.intp), values, value, of=names
        )

    def sample(
        self, name: str, shapes: Mapping[str, Shape], params: Params, rng: np.random.Generator
    ) -> Array:
        """Draw numbers of the input's shape."""
        return rng.standard_normal(shapes["input"]).astype(np.float32)


def _folded(gradient: Float, shape: Shape) -> Float:
    """Return the gradient summed over the axes along which an array of ``shape`` was repeated."""
    added = gradient.ndim - len(shape)
    repeated = [added + place for place, size in enumerate(shape) if size == 1]
    return gradient.sum(axis=(*range(added), *repeated)).reshape(shape)


def _source(cell: Cell, shape: Shape) -> Cell:
    """Return the cell of an array of ``shape`` that is read for the output ``cell``."""
    read = cell[len(cell) - len(shape) :]
    return tuple(0 if size == 1 else place for place, size in zip(read, shape, strict=True))


add = Addition()
