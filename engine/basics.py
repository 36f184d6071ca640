"""The words that every operation is written in: arrays, texts in both languages, and errors."""

from __future__ import annotations

from engine.algorithms.floats import widest, widest_of_all
from engine.arrays import EXACT_IN_SINGLE, Array, Float, Indices, Number, Shape, float_for, is_whole, largest
from engine.errors import ParameterError, ShapeError
from engine.refusals import missing_input, no_axis, other_weights
from engine.texts import CELLS, Text

__all__ = ["CELLS", "EXACT_IN_SINGLE", "Array", "Float", "Indices", "Number", "ParameterError", "Shape"]
__all__ += ["ShapeError", "Text", "float_for", "is_whole", "largest", "missing_input", "no_axis"]
__all__ += ["other_weights", "widest", "widest_of_all"]
