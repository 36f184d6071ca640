"""What training renews beside gradients."""

from __future__ import annotations

import numpy as np

from engine.network import Layer, Network, activations, initialise, predict, renew
from tests.engine.network.nets import NORM


def test_running_statistics_move_along():
    network = Network([Layer("batch_norm", {"momentum": 1.0}, "norm", weights=NORM)], (3, 4, 4))
    initialise(network, 0)
    batch = np.random.default_rng(0).normal(5, 2, (8, 3, 4, 4))
    renew(activations(network, batch))
    assert not network.weights["norm", "running_mean"].any()
    kept = activations(network, batch, training=True)
    np.testing.assert_allclose(kept.output.mean(axis=(0, 2, 3)), 0, atol=1e-6)
    renew(kept)
    np.testing.assert_allclose(network.weights["norm", "running_mean"], batch.mean(axis=(0, 2, 3)), rtol=1e-5)
    np.testing.assert_allclose(predict(network, batch).mean(axis=(0, 2, 3)), 0, atol=1e-5)
