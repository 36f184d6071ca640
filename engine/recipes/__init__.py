"""The same in the words of NumPy and of PyTorch: what the recipes of several operations share."""

from __future__ import annotations

from engine.recipes.kernels import Correlation, finished, per_map
from engine.recipes.transposed import transposed_recipe
from engine.recipes.windows import SPOTS, Windows

__all__ = ["SPOTS", "Correlation", "Windows", "finished", "per_map", "transposed_recipe"]
