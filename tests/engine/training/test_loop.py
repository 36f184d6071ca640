"""Runs: they learn, the seed says everything, and what is noted is what happened."""

from __future__ import annotations

import numpy as np
import pytest

from engine.network import predict
from engine.training import Augmentation
from tests.engine.training.runs import everything, run, training


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[key], other[key]) for key in one)


@pytest.mark.parametrize("optimiser", ["sgd", "nesterov", "adam", "adamw"])
def test_it_learns(optimiser: str):
    decay = 0.01 if optimiser.startswith("adam") else 5e-4
    some = run(training(optimiser=optimiser, epochs=12, weight_decay=decay), 12)
    series = some.history.series
    assert series["held_loss"][-1] < 0.7 * series["held_loss"][0]
    assert series["held_accuracy"][-1] > 0.85


def test_the_seed_says_everything():
    one, other = run(training(), 2), run(training(), 2)
    assert same(everything(one), everything(other))
    assert not same(everything(one), everything(run(training(seed=6), 2)))


def test_progress_tells_every_step():
    some = training(epochs=2)
    told = [*some.epoch(), *some.epoch()]
    assert [one.step for one in told] == [1, 2, 3, 4, 5, 6] * 2
    assert {one.steps for one in told} == {6}
    assert [one.epoch for one in told] == [0] * 6 + [1] * 6
    assert told[0].rate == pytest.approx(0.1 / 2)  # 2 of 12 steps warm up
    assert told[-1].rate < 0.01
    assert len(some.history.losses) == 12
    assert told[5].loss == pytest.approx(np.mean(some.history.losses[:6]))


def test_the_norms_are_the_lengths_of_the_gradients():
    some = training()
    gradients = {("conv", "weight"): np.full((2, 2), 3.0), ("conv", "bias"): np.full(2, 8.0)}
    lengths = dict(zip(some.history.layers, some._lengths(gradients), strict=True))
    assert lengths["conv"] == pytest.approx((4 * 9 + 2 * 64) ** 0.5)
    assert lengths["norm"] == 0


def test_running_statistics_are_the_mean_of_the_shards():
    """Of shards of one size, the mean of their means is that of all."""
    means = []
    for shards in (1, 2, 4):
        some = training(shards=shards, augmentation=Augmentation())
        next(some.epoch())
        means.append(some.network.weights["norm", "running_mean"])
    assert (means[0] != 0).all()
    for mean in means[1:]:
        np.testing.assert_allclose(mean, means[0], rtol=1e-5, atol=1e-7)


def test_a_trained_network_is_used_without_dropout():
    some = run(training(), 1)
    prepared = some.preparation(some.choosing.pictures)
    once, again = predict(some.network, prepared), predict(some.network, prepared)
    np.testing.assert_array_equal(once, again)
    np.testing.assert_allclose(once.sum(axis=1), 1, rtol=1e-5)
    one = np.stack([predict(some.network, picture) for picture in prepared[:5]])
    np.testing.assert_allclose(once[:5], one, rtol=1e-4, atol=1e-6)


def test_fewer_pictures_than_a_batch_are_one_step():
    some = training(batch=1000)
    assert some.steps == 1
    assert [one.step for one in some.epoch()] == [1]
