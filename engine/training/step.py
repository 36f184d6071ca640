"""One step: the gradient of a batch, in shards that run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, Float
from engine.network import Activations, Network, backward, forward, renew
from engine.network.weight_store import Key
from engine.registry import operation
from engine.training.evaluation import losses


@dataclass(frozen=True)
class Shard:
    """Part of a batch: prepared pictures (N, 1, H, W), their classes, and the seed of what is drawn."""

    pictures: Float
    labels: Array
    seed: int


@dataclass(frozen=True)
class Found:
    """What a shard gave: its share of the batch's gradients, losses added up, right answers counted."""

    gradients: dict[Key, Float]
    loss: float
    right: int
    kept: Activations


def gradient_of_batch(
    network: Network, logits: str, shards: Sequence[Shard], smoothing: float, executor: Executor
) -> tuple[dict[Key, Float], float, int]:
    """Return the gradient of the mean loss of a batch, the losses added up, and how many were right.

    The loss is cross-entropy with label ``smoothing``; what is added up is without. The shards'
    gradients are added in their order, whichever is ready first, and running statistics are renewed
    by the mean of what the shards found.
    """
    batch = sum(len(shard.labels) for shard in shards)

    def run(shard: Shard) -> Found:
        return _found(network, logits, shard, smoothing, len(shard.labels) / batch)

    found = list(executor.map(run, shards))
    total = found[0].gradients
    for other in found[1:]:
        for key, gradient in other.gradients.items():
            total[key] = total[key] + gradient
    _renew(network, [one.kept for one in found])
    return total, sum(one.loss for one in found), sum(one.right for one in found)


def _found(network: Network, logits: str, shard: Shard, smoothing: float, share: float) -> Found:
    kept = Activations(network)
    for _ in forward(network, shard.pictures, wanted=[logits], kept=kept, training=True, seed=shard.seed):
        pass
    scores = kept[logits]
    loss = operation("cross_entropy").bind(
        {"input": scores, "target": shard.labels}, {"label_smoothing": smoothing}
    )
    gradient = loss.backward(np.asarray(share, scores.dtype))["input"]
    back = backward(kept, gradient, at=logits, keep_activations=False, keep_input=False)
    return Found(
        dict(back.weights),
        float(losses(scores, shard.labels).sum(dtype=np.float64)),
        int((scores.argmax(axis=1) == shard.labels).sum()),
        kept,
    )


def _renew(network: Network, runs: Sequence[Activations]) -> None:
    """Renew running statistics by each run as if it were the only one, and keep the mean."""
    renewed: list[dict[Key, Array]] = []
    before = dict(network.weights)
    for kept in runs:
        renew(kept)
        renewed.append({key: array for key, array in network.weights.items() if array is not before[key]})
    for key in renewed[0]:
        mean = np.mean([one[key] for one in renewed], axis=0, dtype=np.float64)
        network.weights[key] = mean.astype(before[key].dtype)
