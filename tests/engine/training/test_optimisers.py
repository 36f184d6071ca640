"""Optimisers against their published formulas: by hand, and written out once more in plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.arrays import Array
from engine.network.weight_store import Key
from engine.training import Adam, Optimiser, Sgd

KEY = ("layer", "weight")


def moved(optimiser: Optimiser, gradients: list[float], rate: float = 0.1, start: float = 1.0) -> list[float]:
    """Where a single weight (of two axes) stands after each step."""
    weights: dict[Key, Array] = {KEY: np.array([[start]])}
    places = []
    for gradient in gradients:
        optimiser.step(weights, {KEY: np.array([[gradient]])}, rate)
        places.append(float(weights[KEY][0, 0]))
    return places


def test_plain_descent_by_hand():
    assert moved(Sgd(momentum=0), [2, -1]) == pytest.approx([0.8, 0.9])


def test_momentum_by_hand():
    """v = 2, then 0.5 x 2 + 1 = 2, then 0.5 x 2 + 0 = 1."""
    assert moved(Sgd(0.5), [2, 1, 0]) == pytest.approx([0.8, 0.6, 0.5])


def test_nesterov_by_hand():
    """The step is g + 0.5 v: 2 + 1, then 1 + 1, then 0 + 0.5."""
    assert moved(Sgd(0.5, nesterov=True), [2, 1, 0]) == pytest.approx([0.7, 0.5, 0.45])


def test_weight_decay_by_hand():
    """g = 2 + 0.5 x 1; then 0 + 0.5 x 0.75."""
    assert moved(Sgd(momentum=0, weight_decay=0.5), [2, 0]) == pytest.approx([0.75, 0.7125])


def test_adams_first_step_is_the_rate_whatever_the_gradient():
    for gradient in (1e-3, 5.0, -70.0):
        assert moved(Adam(), [gradient])[0] == pytest.approx(1 - math.copysign(0.1, gradient), abs=1e-5)


def test_adam_by_hand():
    """m = 1, v = 2 after the first step of 2; b1 = b2 = 0.5: M = 2, V = 4, a step of 1.

    Then, of 0: m = 0.5, v = 1, M = 0.5 / 0.75, V = 1 / 0.75: a step of (2/3) / sqrt(4/3).
    """
    found = moved(Adam((0.5, 0.5), 0), [2, 0])
    assert found == pytest.approx([0.9, 0.9 - 0.1 * (2 / 3) / math.sqrt(4 / 3)])


def test_adamw_by_hand():
    """The decay is 0.1 x 0.5 x 1, beside a step of 0.1."""
    assert moved(Adam(eps=0, weight_decay=0.5), [3])[0] == pytest.approx(1 - 0.05 - 0.1)
    # Inside the gradient it would change nothing about the first step.
    assert moved(Adam(eps=0, weight_decay=0.5, decoupled=False), [3])[0] == pytest.approx(1 - 0.1)


def sgd_in_words(gradients, rate, momentum, nesterov, decay):
    weight, velocity, places = 1.0, 0.0, []
    for gradient in gradients:
        pushed = gradient + decay * weight
        velocity = momentum * velocity + pushed
        weight = weight - rate * (pushed + momentum * velocity if nesterov else velocity)
        places.append(weight)
    return places


def adam_in_words(gradients, rate, betas, eps, decay, decoupled):
    weight, mean, square, places = 1.0, 0.0, 0.0, []
    for step, gradient in enumerate(gradients, 1):
        pushed = gradient if decoupled else gradient + decay * weight
        mean = betas[0] * mean + (1 - betas[0]) * pushed
        square = betas[1] * square + (1 - betas[1]) * pushed**2
        unbiased = mean / (1 - betas[0] ** step), square / (1 - betas[1] ** step)
        before = weight
        weight = before - rate * unbiased[0] / (math.sqrt(unbiased[1]) + eps)
        weight -= rate * decay * before if decoupled else 0
        places.append(weight)
    return places


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("decay", [0, 0.03])
def test_sgd_is_the_recurrence(nesterov: bool, decay: float):
    gradients = np.random.default_rng(0).standard_normal(50).tolist()
    found = moved(Sgd(0.9, nesterov=nesterov, weight_decay=decay), gradients, 0.05)
    assert found == pytest.approx(sgd_in_words(gradients, 0.05, 0.9, nesterov, decay), rel=1e-12)


@pytest.mark.parametrize("decoupled", [False, True])
@pytest.mark.parametrize("decay", [0, 0.03])
def test_adam_is_the_recurrence(decoupled: bool, decay: float):
    gradients = np.random.default_rng(1).standard_normal(50).tolist()
    found = moved(Adam((0.8, 0.99), 1e-6, weight_decay=decay, decoupled=decoupled), gradients, 0.05)
    wanted = adam_in_words(gradients, 0.05, (0.8, 0.99), 1e-6, decay, decoupled)
    assert found == pytest.approx(wanted, rel=1e-11)


@pytest.mark.parametrize("optimiser", [Sgd(0, weight_decay=0.5), Adam(weight_decay=0.5)])
def test_biases_and_norms_do_not_decay(optimiser: Optimiser):
    bias, kernel = ("norm", "weight"), ("conv", "weight")
    weights = {bias: np.ones(3), kernel: np.ones((2, 2))}
    still = {key: np.zeros_like(array) for key, array in weights.items()}
    optimiser.step(weights, still, 0.1)
    assert weights[bias].tolist() == [1, 1, 1]
    assert (weights[kernel] < 1).all()


@pytest.mark.parametrize("optimiser", [Sgd(0.9, nesterov=True, weight_decay=0.1), Adam(weight_decay=0.1)])
def test_weights_change_in_place_in_their_own_type_and_gradients_stay(optimiser: Optimiser):
    weights: dict[Key, Array] = {KEY: np.ones((2, 2), np.float32)}
    array, gradient = weights[KEY], np.full((2, 2), 0.5, np.float32)
    optimiser.step(weights, {KEY: gradient}, 0.1)
    assert weights[KEY] is array
    assert (array != 1).all()
    assert (gradient == 0.5).all()
    assert {state.dtype for state in optimiser.state.values()} == {np.dtype(np.float32)}


def test_a_weight_without_a_gradient_stays():
    weights = {KEY: np.ones((1, 1)), ("norm", "running_mean"): np.ones(1)}
    Sgd().step(weights, {KEY: np.ones((1, 1))}, 0.1)
    assert weights["norm", "running_mean"].tolist() == [1]
