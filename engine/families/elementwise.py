"""Functions applied to every cell by itself, and the trace of one cell through a few steps."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from engine.arrays import Array, Float, Number, Shape, float_for
from engine.declaration.call import Call
from engine.declaration.counts import Counts, product
from engine.declaration.families import ACTIVATION
from engine.declaration.layout import Layout
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.declaration.recipe import Recipe, Written
from engine.families.channels import identity_axes
from engine.families.windowed import INPUT
from engine.trace.trace import Cell, Step, Trace

FAR = 1e4
"""Beyond here exp(-x) is 0 in every float type, and x * exp(-x) must be 0 too, not infinity times 0."""


class Elementwise(Operation):
    """Base of operations that apply one function to every cell of an input of any shape.

    A subclass gives the function, its derivative and its formula. Both take floats with at least one
    axis and return the same shape and type. Where a function has a kink, the derivative there
    is what PyTorch takes it for, and the subclass's text says so.
    """

    family = ACTIVATION
    elementwise = True
    inputs = (INPUT,)
    held = 3
    """How many arrays of the input's size the function holds at once, its result and masks included."""

    @abstractmethod
    def function(self, x: Float, params: Params) -> Float:
        """Return f(x), cell by cell."""

    @abstractmethod
    def derivative(self, x: Float, params: Params) -> Float:
        """Return f'(x), cell by cell."""

    @abstractmethod
    def formula(self, params: Params) -> str:
        """Return f(x) in one line, with the parameters' numbers, as "max(0, x)"."""

    def has_curve(self, params: Params) -> bool:
        """Tell whether it is the same function for every cell, as it is unless something is drawn."""
        return True

    def layout(self, shapes: Mapping[str, Shape], params: Params) -> Layout:
        """Return the sizes: what goes in comes out, one comparison or sum for each cell."""
        shape = shapes["input"]
        return Layout(
            shape,
            identity_axes(shape),
            counts=lambda: Counts(additions=product(cells=shape)),
            bytes=8 * (self.held + 1) * prod(shape),
        )

    def forward(self, call: Call) -> Array:
        """Apply the function."""
        array = call.inputs["input"]
        x = np.atleast_1d(array.astype(float_for(array), copy=False))
        return self.function(x, call.params).reshape(array.shape)

    def backward(self, call: Call, gradient: Float) -> Mapping[str, Float]:
        """Multiply the gradient by the derivative."""
        array = call.inputs["input"]
        kind = gradient.dtype
        x = np.atleast_1d(array.astype(np.result_type(kind, float_for(array)), copy=False))
        slope = self.derivative(x, call.params).reshape(array.shape)
        return {"input": np.asarray(np.multiply(gradient, slope, out=slope), kind)}

    @abstractmethod
    def written(self, params: Params) -> Written:
        """Return f(x) and its derivative in the words of NumPy, and f(x) in those of PyTorch."""

    def recipe(self, call: Call) -> Recipe:
        """Return the function applied to all cells."""
        written = self.written(call.params)
        return Recipe(f"output = {written.numpy}", f"output = {written.torch}")

    def trace(self, call: Call, cell: Cell, value: Number) -> Trace:
        """Return the one cell read and the function applied to it."""
        return single_term(call, cell, value, [Step("apply", self.formula(call.params), value)])


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
