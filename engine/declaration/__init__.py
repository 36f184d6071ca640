"""What an operation is: its names, inputs, parameters, sizes and costs, its recipe, and a call of it."""

from __future__ import annotations

from engine.declaration.call import Call
from engine.declaration.counts import Counts, outputs_of, product, total, weighed
from engine.declaration.kinds import Choice, Flag, Integer, Integers, Padding, Real
from engine.declaration.layout import OUTPUT, Input, Layout, Output
from engine.declaration.operation import Operation
from engine.declaration.parameters import Json, Parameter, Params
from engine.declaration.planning import Plan
from engine.declaration.recipe import Recipe
from engine.declaration.sizes import Sizes
from engine.formula import symbol
from engine.limits import Limits

__all__ = ["OUTPUT", "Call", "Choice", "Counts", "Flag", "Input", "Integer", "Integers", "Json", "Layout"]
__all__ += ["Limits", "Operation", "Output", "Padding", "Parameter", "Params", "Plan", "Real", "Recipe"]
__all__ += ["Sizes", "outputs_of", "product", "symbol", "total", "weighed"]
