"""Which axes a layer reads its sources along."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.declaration.operation import Operation
from engine.network import Network, forward, reach
from tests.engine.network.nets import alone, filled


def positive(network: Network) -> Network:
    """Weights that cannot cancel each other out."""
    network = filled(network)
    return network.with_weights({key: np.abs(array) + 0.1 for key, array in network.weights.items()})


def changes(network: Network, layer: str) -> np.ndarray:
    """For each place of the picture (H, W), which units of the layer's first map change with it."""
    base = np.random.default_rng(0).uniform(1, 2, network.input_shape)
    places = np.prod(base.shape[1:], dtype=int)
    batch = np.repeat(base[None], places + 1, 0)
    for number, place in enumerate(np.ndindex(*base.shape[1:])):
        batch[(number + 1, slice(None), *place)] += 1
    output = dict(forward(network, batch, wanted=[layer]))[layer]
    moved = np.abs(output[1:] - output[0]) > 1e-9
    moved = moved.any(axis=1) if output.ndim > 2 else moved
    return moved.reshape(*base.shape[1:], *moved.shape[1:])


READERS = [o for o in engine.all_operations() if sum(i.kind in ("maps", "places") for i in o.inputs) == 1]


@pytest.mark.parametrize("operation", READERS, ids=lambda operation: operation.name)
def test_no_operation_reads_more_than_its_axes_say(operation: Operation):
    network = alone(operation)
    if len(network.input_shape) > 3:
        network = Network(network.layers, (2, 4, 4, 4))
    network = positive(network)
    output = network.shape("layer")
    moved = changes(network, "layer")
    units = [()] if len(output) == 1 else [(0,) * (len(output) - 1), tuple(n // 2 for n in output[1:])]
    for unit in units:
        found = reach(network, "layer", (0, *unit))
        seen = np.asarray(moved[(..., *unit)] if unit else moved.any(axis=-1))
        assert not seen[~found].any()
