"""The gradient of a batch, against differences of its loss."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.network import Activations, Network, forward, initialise
from engine.registry import operation
from engine.training.step import Shard, gradient_of_batch
from tests.engine.training.runs import LOGITS, network, stripes

SMOOTHING = 0.1


def in_doubles() -> Network:
    some = network()
    initialise(some, 3)
    for key, array in some.weights.items():
        some.weights[key] = array.astype(np.float64)
    return some


def shards(*counts: int) -> list[Shard]:
    found = []
    for place, count in enumerate(counts):
        pictures, labels = stripes(count, place)
        found.append(Shard((pictures[:, None] - 60.0) / 60.0, labels, 7 + place))
    return found


def loss(some: Network, dealt: list[Shard]) -> float:
    """The mean loss of the batch, each shard normalised by itself."""
    total = 0.0
    for shard in dealt:
        kept = Activations(some)
        for _ in forward(some, shard.pictures, kept=kept, training=True, seed=shard.seed):
            pass
        call = operation("cross_entropy").bind(
            {"input": kept[LOGITS], "target": shard.labels},
            {"label_smoothing": SMOOTHING, "reduction": "sum"},
        )
        total += float(call.run())
    return total / sum(len(shard.labels) for shard in dealt)


@pytest.mark.parametrize("counts", [(12,), (6, 6), (7, 4, 2)])
def test_the_gradient_is_the_slope_of_the_mean_loss(counts: tuple[int, ...]):
    some, dealt = in_doubles(), shards(*counts)
    before = {key: array.copy() for key, array in some.weights.items()}
    with ThreadPoolExecutor(2) as executor:
        gradients, _, _ = gradient_of_batch(some, LOGITS, dealt, SMOOTHING, executor)
    assert set(gradients) == {key for key in some.weights if not key[1].startswith("running")}
    rng = np.random.default_rng(0)
    for key, gradient in gradients.items():
        direction = rng.standard_normal(gradient.shape)
        around = []
        for step in (1e-6, -1e-6):
            some.weights.update(before)
            some.weights[key] = before[key] + step * direction
            around.append(loss(some, dealt))
        slope = (around[0] - around[1]) / 2e-6
        assert float((gradient * direction).sum()) == pytest.approx(slope, rel=1e-5, abs=1e-8), key


def test_losses_and_right_answers_are_counted_without_smoothing():
    some, dealt = in_doubles(), shards(5, 6)
    kept = [Activations(some), Activations(some)]
    with ThreadPoolExecutor(2) as executor:
        _, total, right = gradient_of_batch(some, LOGITS, dealt, SMOOTHING, executor)
    some = in_doubles()
    wanted, hits = 0.0, 0
    for shard, activations in zip(dealt, kept, strict=True):
        for _ in forward(some, shard.pictures, kept=activations, training=True, seed=shard.seed):
            pass
        rows = range(len(shard.labels))
        shares = [activations["softmax"][row, int(shard.labels[row])] for row in rows]
        wanted -= float(np.log(shares).sum())
        hits += int((activations["softmax"].argmax(axis=1) == shard.labels).sum())
    assert total == pytest.approx(wanted)
    assert right == hits


def test_the_order_in_which_shards_are_ready_does_not_matter():
    results = []
    for workers in (1, 4):
        some = in_doubles()
        with ThreadPoolExecutor(workers) as executor:
            results.append(gradient_of_batch(some, LOGITS, shards(5, 5, 5, 5), SMOOTHING, executor)[0])
    for key in results[0]:
        np.testing.assert_array_equal(results[0][key], results[1][key])
