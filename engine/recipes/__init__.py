"""The same in the words of NumPy and of PyTorch: what the recipes of several operations share."""

from __future__ import annotations

from engine.declaration.recipe import along_line, arguments, lines, one_or_all, torch_channels
from engine.recipes.kernels import Correlation, by_map, finished
from engine.recipes.transposed import transposed_recipe
from engine.recipes.windows import SPOTS, Windows

__all__ = ["SPOTS", "Correlation", "Windows", "along_line", "arguments", "by_map", "finished", "lines"]
__all__ += ["one_or_all", "torch_channels", "transposed_recipe"]
