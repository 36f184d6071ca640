"""Fresh weights, drawn from a seed."""

from __future__ import annotations

import numpy as np
import pytest

from engine.network import Layer, Network, initialise
from tests.engine.network.nets import conv, dense


def test_fresh_weights_are_he_normal_and_seeded():
    network = Network.sequence([conv("conv", 64, 5), Layer("flatten"), dense("dense", 50)], (32, 12, 12))
    initialise(network, 7)
    first = dict(network.weights)
    initialise(network, 7)
    assert all(np.array_equal(first[key], network.weights[key]) for key in first)
    initialise(network, 8)
    assert not np.array_equal(first["conv", "weight"], network.weights["conv", "weight"])
    assert {array.dtype for array in first.values()} == {np.dtype(np.float32)}
    for key, fan_in in ((("conv", "weight"), 32 * 25), (("dense", "weight"), 64 * 64)):
        assert first[key].mean() == pytest.approx(0, abs=1e-3)
        assert first[key].std() == pytest.approx(np.sqrt(2 / fan_in), rel=0.02)
    assert not first["conv", "bias"].any()
