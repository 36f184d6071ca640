"""What a run leaves to look at: numbers, kernels and gradients, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.arrays import Array

SERIES = (
    "rate",
    "seen_loss",
    "seen_accuracy",
    "train_loss",
    "train_accuracy",
    "held_loss",
    "held_accuracy",
    "seconds",
    "processor_seconds",
)
"""Of each epoch: the last learning rate; loss and accuracy over the augmented pictures as they were
learnt from, with the weights of the moment; the same at its end over pictures of the training part and
over those held out, as they are; and what it took, by the clock and of processors."""


@dataclass
class History:
    """One entry an epoch: ``series`` of numbers; ``norms``, the mean length of each layer's gradient.

    ``kernels`` are those of the first layer, as drawn and then at the end of each epoch; ``losses``
    those of every step.
    """

    layers: list[str]
    series: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in SERIES})
    norms: list[list[float]] = field(default_factory=list[list[float]])
    kernels: list[Array] = field(default_factory=list[Array])
    losses: list[float] = field(default_factory=list[float])

    @property
    def epochs(self) -> int:
        """How many are complete."""
        return len(self.norms)

    def add(self, numbers: Mapping[str, float], norms: list[float], kernels: Array) -> None:
        """Take note of an epoch."""
        for name in SERIES:
            self.series[name].append(float(numbers[name]))
        self.norms.append(norms)
        self.kernels.append(kernels.copy())

    def arrays(self) -> dict[str, Array]:
        """Return all of it as arrays: a series each, norms (epochs, layers), kernels, losses."""
        return {
            **{name: np.array(self.series[name], np.float64) for name in SERIES},
            "norms": np.array(self.norms, np.float64).reshape(self.epochs, len(self.layers)),
            "kernels": np.stack(self.kernels),
            "losses": np.array(self.losses, np.float64),
        }

    @classmethod
    def of(cls, layers: list[str], arrays: Mapping[str, Array]) -> History:
        """Return the history that ``arrays`` were made of."""
        return cls(
            layers,
            {name: arrays[name].tolist() for name in SERIES},
            arrays["norms"].tolist(),
            list(arrays["kernels"]),
            arrays["losses"].tolist(),
        )
