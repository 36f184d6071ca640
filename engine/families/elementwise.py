"""Functions applied to every cell by itself, and the trace of one cell through a few steps."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod

import numpy as np

from engine.arrays import Array, Float, Number, Shape, float_for
from engine.declaration.call import Call
from engine.declaration.counts import Counts, product
from engine.declaration.families import ACTIVATION
from engine.declaration.layout import Layout
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.declaration.recipe import Recipe, Written, arguments
from engine.families.channels import identity_axes
from engine.families.windowed import INPUT
from engine.functions.function import Function
from engine.functions.slopes import slope
from engine.functions.spelling import numpy_code, torch_code
from engine.functions.values import arrays_held, evaluate
from engine.trace.trace import Cell, Step, Trace

_slope = lru_cache(256)(slope)


class Elementwise(Operation):
    """Base of operations that apply one function to every cell of an input of any shape.

    A subclass states the function; values, slopes, code and formula follow. Where a function has a
    kink, the derivative there is what PyTorch takes it for, and the subclass's text says so.
    """

    family = ACTIVATION
    elementwise = True
    inputs = (INPUT,)

    @abstractmethod
    def function(self, params: Params) -> Function:
        """Return f of x, one number, in which the parameters stand as numbers."""

    def has_curve(self, params: Params) -> bool:
        """Tell whether it is the same function for every cell, as it is unless something is drawn."""
        return True

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: what goes in comes out, one comparison or sum for each cell."""
        shape = shapes["input"]
        held = arrays_held(self.function(params))
        return Layout(
            shape,
            identity_axes(shape),
            counts=lambda: Counts(additions=product(cells=shape)),
            bytes=8 * (held + 1) * prod(shape),
        )

    def forward(self, call: Call) -> Array:
        """Apply the function."""
        array = call.inputs["input"]
        x = np.atleast_1d(array.astype(float_for(array), copy=False))
        return evaluate(self.function(call.params), x).reshape(array.shape)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Multiply the gradient by the derivative."""
        array = call.inputs["input"]
        kind = gradient.dtype
        x = np.atleast_1d(array.astype(np.result_type(kind, float_for(array)), copy=False))
        by_input = evaluate(_slope(self.function(call.params)), x).reshape(array.shape)
        return {"input": np.asarray(np.multiply(gradient, by_input, out=by_input), kind)}

    def written(self, params: Params) -> Written:
        """Return f(x) and its derivative in the words of NumPy, and f(x) in those of PyTorch."""
        function = self.function(params)
        return Written(numpy_code(function), numpy_code(slope(function)), self._torch(function, params))

    def _torch(self, function: Function, params: Params) -> str:
        """Return PyTorch's word of the same name, where it has one that takes these parameters."""
        other = any(p.keyword_only and params[p.name] != p.default for p in self.parameters)
        if function.primitive or other or not self.has_curve(params):
            return torch_code(function)
        shared = {p.name: repr(params[p.name]) for p in self.parameters if not p.keyword_only}
        return f"F.{self.name}(x{arguments(**shared)})"

    def recipe(self, call: Call) -> Recipe:
        """Return the function applied to all cells."""
        written = self.written(call.params)
        return Recipe(f"output = {written.numpy}", f"output = {written.torch}")

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the one cell read and the function applied to it."""
        return single_term(call, cell, value, [Step("apply", self.function(call.params), value)])


def single_term(call: Call, cell: Cell, value: Number, steps: Sequence[Step]) -> Trace:
    """Return the trace of an output that reads nothing but the input cell it stands on.

    ``steps`` are what is done to that cell, in order; the last one's result must be ``value``.
    """
    return Trace(
        call.operation.name,
        cell,
        sources=np.array(cell, np.intp).reshape(1, len(cell)),
        positions=np.zeros((1, 1), np.intp),
        values=call.inputs["input"][cell].reshape(1),
        value=value,
        steps=tuple(steps),
    )
