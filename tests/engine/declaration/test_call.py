"""A call: its maps in runs are the whole, whoever asks, and a batch has no single cell."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from engine.declaration.call import Call
from engine.declaration.operation import Operation
from engine.errors import ShapeError
from engine.registry import all_operations
from tests.engine.against import is_exact
from tests.engine.draws import PICTURES, Taste, drawings

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


@everyone
def test_a_batch_has_no_single_cell(operation: Operation):
    """Maps and traces are of one picture; a batch is refused, not read along the wrong axis."""
    for drawn in drawings(operation, 20, Taste(batches=((1,), (2,))), seed=6):
        if drawn.call.layout.spatial is None:
            continue
        for ask in (lambda call=drawn.call: call.trace((0, 0, 0)), lambda call=drawn.call: list(call.maps())):
            with pytest.raises(ShapeError) as caught:
                ask()
            assert caught.value.field == "input"


@everyone
@pytest.mark.parametrize("at_once", [1, 40, 2**18])
def test_maps_in_runs_equal_the_whole(operation: Operation, at_once: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.modules[Call.__module__], "_CELLS_AT_ONCE", at_once)
    rng = np.random.default_rng(0)
    for drawn in drawings(operation, 100, PICTURES, seed=7):
        output = drawn.call.run()
        runs = list(drawn.call.maps())
        assert [number for run, _ in runs for number in run] == list(range(drawn.call.layout.maps[0]))
        if output.size == 0:
            continue
        alone = np.concatenate([maps for _, maps in runs])
        output = output.reshape(drawn.call.layout.maps)
        assert alone.dtype == output.dtype
        assert alone.shape == output.shape
        if is_exact(drawn, output):
            np.testing.assert_array_equal(alone, output)
        else:
            close = 1e-4 if output.dtype == np.float32 else 1e-11
            np.testing.assert_allclose(
                alone, output, rtol=close, atol=close * float(np.abs(output).max(initial=0))
            )
        wanted = rng.integers(0, len(output), 3).tolist()
        for number, (run, maps) in zip(wanted, drawn.call.maps(wanted), strict=True):
            assert run == range(number, number + 1)
            assert maps.tobytes() == alone[run.start : run.stop].tobytes(), "not the bits others get"
