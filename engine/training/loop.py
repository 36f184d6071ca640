"""The loop: epochs of steps, with all that a run must remember to go on as if it had never stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from math import sqrt

import numpy as np

from engine.arrays import Array, Float, Indices
from engine.network import Network, initialise
from engine.network.weight_store import Key
from engine.training.data import Examples, Preparation
from engine.training.evaluation import evaluate
from engine.training.history import History
from engine.training.recipe import Recipe
from engine.training.step import Shard, gradient_of_batch

_MEASURED = 5000
"""So many pictures of the training part are looked at again after each epoch."""
_SEEDS = 2**31


@dataclass(frozen=True)
class Progress:
    """Where an epoch is: its ``step`` of ``steps``, mean loss and accuracy so far, the rate."""

    epoch: int
    step: int
    steps: int
    loss: float
    accuracy: float
    rate: float


class Training:
    """A run: ``network`` learns from ``learning`` by ``recipe``; ``choosing`` is only looked at.

    Everything drawn (weights, order, augmentation, dropout) comes from ``seed``. The same seed, recipe
    and pictures give the same weights to the last bit with the same NumPy on the same kind of processor.
    """

    def __init__(
        self,
        network: Network,
        logits: str,
        learning: Examples,
        choosing: Examples,
        recipe: Recipe,
        seed: int,
        preparation: Preparation | None = None,
    ) -> None:
        self.network = network
        self.logits = logits
        self.learning = learning
        self.choosing = choosing
        self.recipe = recipe
        self.preparation = preparation or Preparation()
        self.optimiser = recipe.make_optimiser()
        self.rng = np.random.default_rng(seed)
        self.seed = seed
        initialise(network, seed)
        self.history = History(list(dict.fromkeys(layer for layer, _ in network.weights.names)))
        self.history.kernels.append(self.first_kernels.copy())

    @property
    def first_kernels(self) -> Array:
        """The kernels of the first layer that has any."""
        return next(array for array in self.network.weights.values() if array.ndim > 1)

    @property
    def steps(self) -> int:
        """How many steps an epoch has; pictures that fill no whole batch are left out of it."""
        return max(len(self.learning.labels) // self.recipe.batch, 1)

    def epoch(self) -> Iterator[Progress]:
        """Run one epoch, yielding after each step; at its end the history has one entry more."""
        started, number = (time.monotonic(), time.process_time()), self.history.epochs
        order = self.rng.permutation(len(self.learning.labels))
        norms = np.zeros(len(self.history.layers))
        loss, right, seen, rate = 0.0, 0, 0, 0.0
        with ThreadPoolExecutor(self.recipe.shards) as executor:
            for step in range(self.steps):
                places = order[step * self.recipe.batch : (step + 1) * self.recipe.batch]
                rate = self.recipe.schedule.rate(number * self.steps + step, self.recipe.epochs * self.steps)
                lost, hit, lengths = self._step(places, rate, executor)
                loss, right, seen = loss + lost, right + hit, seen + len(places)
                norms += lengths
                self.history.losses.append(lost / len(places))
                yield Progress(number, step + 1, self.steps, loss / seen, right / seen, rate)
        self._note(started, [*(norms / self.steps).tolist()], loss / seen, right / seen, rate)

    def _step(self, places: Indices, rate: float, executor: Executor) -> tuple[float, int, Float]:
        shards = self._shards(self.learning.chosen(places))
        gradients, loss, right = gradient_of_batch(
            self.network, self.logits, shards, self.recipe.label_smoothing, executor
        )
        self.optimiser.step(self.network.weights, gradients, rate)
        return loss, right, self._lengths(gradients)

    def _shards(self, examples: Examples) -> list[Shard]:
        pictures = self.preparation(self.recipe.augmentation(examples.pictures, self.rng))
        seeds = self.rng.integers(0, _SEEDS, self.recipe.shards)
        dealt = np.array_split(np.arange(len(examples.labels)), self.recipe.shards)
        return [
            Shard(pictures[some], examples.labels[some], int(seed))
            for some, seed in zip(dealt, seeds, strict=True)
            if len(some)
        ]

    def _lengths(self, gradients: dict[Key, Float]) -> Float:
        """Return the length of each layer's gradient, all its arrays seen as one vector."""
        squares = dict.fromkeys(self.history.layers, 0.0)
        for (layer, _), gradient in gradients.items():
            squares[layer] += float(np.square(gradient, dtype=np.float64).sum())
        return np.array([sqrt(square) for square in squares.values()])

    def _note(
        self, started: tuple[float, float], norms: list[float], loss: float, accuracy: float, rate: float
    ) -> None:
        again = Examples(*(array[:_MEASURED] for array in self.learning))
        trained = evaluate(self.network, self.logits, again, self.preparation)
        held = evaluate(self.network, self.logits, self.choosing, self.preparation)
        numbers = {
            "rate": rate,
            "seen_loss": loss,
            "seen_accuracy": accuracy,
            "train_loss": trained.loss,
            "train_accuracy": trained.accuracy,
            "held_loss": held.loss,
            "held_accuracy": held.accuracy,
            "seconds": time.monotonic() - started[0],
            "processor_seconds": time.process_time() - started[1],
        }
        self.history.add(numbers, norms, self.first_kernels)
