"""What an operation is: its names, inputs, parameters, sizes and costs, its recipe, and a call of it."""

from __future__ import annotations

from engine.declaration.call import Call
from engine.declaration.counts import Counts, outputs_of, product, total, weighed
from engine.declaration.families import ACTIVATION, CONVOLUTION, DENSE, LOSS, NORMALISATION, POOLING, SHAPING
from engine.declaration.kinds import Choice, Flag, Integer, Integers, Padding, Real
from engine.declaration.layout import OUTPUT, Input, Layout, Output
from engine.declaration.operation import Operation
from engine.declaration.parameters import Json, Parameter, Params
from engine.declaration.planning import Plan
from engine.declaration.recipe import Recipe, along_line, arguments, lines, one_or_all, torch_channels
from engine.declaration.sizes import Sizes
from engine.formula import symbol

__all__ = ["ACTIVATION", "CONVOLUTION", "DENSE", "Call", "Choice", "Counts", "Flag", "Input", "Integer"]
__all__ += ["LOSS", "NORMALISATION", "OUTPUT", "POOLING", "Integers", "Json", "Layout", "Operation", "Output"]
__all__ += ["SHAPING", "Padding", "Parameter", "Params", "Plan", "Real", "Recipe", "Sizes", "along_line"]
__all__ += ["arguments", "lines", "one_or_all", "outputs_of", "product", "symbol", "torch_channels", "total"]
__all__ += ["weighed"]
