"""Layers in an order in which they can run."""

from __future__ import annotations

import numpy as np

from engine.network import Network, predict, summary
from tests.engine.network.nets import inception, relu


def test_layers_may_come_in_any_order_and_keep_it_where_they_can():
    network = Network([relu("last", "middle"), relu("middle", "first"), relu("first", "input")], (1, 2, 2))
    assert [layer.name for layer in network.layers] == ["first", "middle", "last"]
    assert network.output == "last"
    names = ["1x1", "reduce3", "3x3", "reduce5", "5x5", "pool", "pool 1x1", "joined"]
    assert [layer.name for layer in inception().layers] == names


def test_a_thousand_layers_are_built_and_counted():
    network = Network.sequence(["relu"] * 1000, (1, 4, 4))
    assert len(summary(network).layers) == 1000
    assert predict(network, np.ones((1, 4, 4), np.float32)).sum() == 16
