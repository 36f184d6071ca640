"""Pictures with the numbers of their classes, and which of them are set apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.arrays import Array, Float, Indices


class Examples(NamedTuple):
    """Grey pictures (N, H, W) of 0..255, and of what class each is (N)."""

    pictures: Array
    labels: Array

    def chosen(self, places: Indices) -> Examples:
        """Return some of them, in the order given."""
        return Examples(self.pictures[places], self.labels[places])


@dataclass(frozen=True)
class Preparation:
    """How levels 0..255 become a network's input: (level - subtract) / divide.

    The defaults are mean and deviation of Fashion-MNIST's 60,000 training pictures.
    """

    subtract: float = 72.94
    divide: float = 90.02

    def __call__(self, pictures: Array) -> Float:
        """Return pictures (N, H, W) as a network takes them, (N, 1, H, W) in float32."""
        prepared = pictures[:, None].astype(np.float32)
        prepared -= np.float32(self.subtract)
        prepared /= np.float32(self.divide)
        return prepared


def held_out(examples: Examples, count: int, seed: int) -> tuple[Examples, Examples]:
    """Return the examples to learn from, and ``count`` others to choose by, drawn from ``seed``.

    Both keep the order in which they came.
    """
    drawn = np.random.default_rng(seed).permutation(len(examples.labels))
    return examples.chosen(np.sort(drawn[count:])), examples.chosen(np.sort(drawn[:count]))
