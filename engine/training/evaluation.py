"""How well a network does: loss, accuracy, and what it takes for what."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, Float, Indices
from engine.network import Network, forward
from engine.registry import operation
from engine.training.data import Examples, Preparation

_AT_ONCE = 250
_SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Evaluation:
    """Mean cross-entropy, and how many pictures of each class were taken for each: confusion[true, said]."""

    loss: float
    confusion: Indices

    @property
    def count(self) -> int:
        """How many pictures there were."""
        return int(self.confusion.sum())

    @property
    def accuracy(self) -> float:
        """The part that was taken for what it is; 0 of none."""
        return float(np.trace(self.confusion) / max(self.count, 1))


def evaluate(network: Network, logits: str, examples: Examples, preparation: Preparation) -> Evaluation:
    """Return how a network does whose layer ``logits`` scores the classes; nothing is changed."""
    classes = network.shape(logits)[0]
    confusion, loss = np.zeros((classes, classes), np.intp), 0.0

    def scored(some: Examples) -> Array:
        return scores(network, logits, preparation(some.pictures))

    with ThreadPoolExecutor(_SIDE_BY_SIDE) as side_by_side:
        batches = list(_batches(examples))
        for some, found in zip(batches, side_by_side.map(scored, batches), strict=True):
            confusion += _counted(some.labels, found.argmax(axis=1), classes)
            loss += float(losses(found, some.labels).sum(dtype=np.float64))
    return Evaluation(loss / max(len(examples.labels), 1), confusion)


def scores(network: Network, logits: str, prepared: Float) -> Array:
    """Return the activation of the layer ``logits`` for a batch, running no layer beyond it."""
    found = [array for name, array in forward(network, prepared, wanted=[logits]) if name == logits]
    return found[0]


def losses(found: Array, labels: Array) -> Array:
    """Return the cross-entropy of each example, without smoothing."""
    return operation("cross_entropy").bind({"input": found, "target": labels}, {"reduction": "none"}).run()


def _counted(labels: Array, said: Indices, classes: int) -> Indices:
    pairs = labels.astype(np.intp) * classes + said
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def _batches(examples: Examples) -> Iterator[Examples]:
    for first in range(0, len(examples.labels), _AT_ONCE):
        yield Examples(*(array[first : first + _AT_ONCE] for array in examples))
