"""Which axes a layer reads its sources along."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.declaration.operation import Operation
from engine.network import Network, reach
from tests.engine.network.nets import alone, changes, positive

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
