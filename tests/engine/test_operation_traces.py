"""What holds for the traces of every registered operation, over drawn calls and cells."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.operation import Operation
from engine.registry import all_operations
from tests.engine.against import is_exact, tolerance
from tests.engine.draws import PICTURES, Drawn, Taste, drawings
from tests.engine.oracles import ORACLES
from tests.engine.sums import check_adds_up, exact

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


@everyone
def test_a_trace_adds_up(operation: Operation):
    rng = np.random.default_rng(1)
    for drawn in drawings(operation, 300, PICTURES, seed=8):
        at = tuple(int(rng.integers(size)) for size in drawn.call.layout.output)
        check_trace(drawn, (at[0], at[1], at[2]))


def check_trace(drawn: Drawn, at: tuple[int, int, int]) -> None:
    """Assert that the trace of one cell is the map's value, bit for bit, and adds up as printed."""
    [(_, maps)] = drawn.call.maps([at[0]])
    number = maps[0, at[1], at[2]]
    trace = drawn.call.trace(at)
    assert trace.value.dtype == number.dtype
    assert trace.value.tobytes() == number.tobytes()
    reply = trace.data()
    json.dumps(reply, allow_nan=False)
    assert (reply["operation"], reply["cell"]) == (drawn.operation.name, list(at))
    assert reply["value"] == float(number)
    check_adds_up(reply)
    cell = ORACLES[drawn.operation.name](drawn.arrays, drawn.params)[at[0]][at[1]][at[2]]
    residual = abs(exact(reply["printed"]["residual"]))
    # Printed are the shortest decimals that read back, and products with 12 digits of the largest.
    digits = 10**7 if any(array.dtype.itemsize < 8 for array in drawn.arrays.values()) else 10**11
    assert residual <= Fraction(tolerance(cell, maps)) + Fraction(cell.magnitude) / digits
    if reply["reduction"] != "sum" or (is_exact(drawn, maps) and reply["divisor"] is None):
        assert residual == 0


@everyone
def test_a_trace_reads_what_the_oracle_and_the_index_table_say(operation: Operation):
    rng = np.random.default_rng(2)
    for drawn in drawings(operation, 200, PICTURES, seed=9):
        m, y, x = (int(rng.integers(size)) for size in drawn.call.layout.output)
        reply = drawn.call.trace((m, y, x)).data()
        expected = ORACLES[operation.name](drawn.arrays, drawn.params)[m][y][x]
        rows, columns = drawn.call.layout.axes
        assert len(reply["terms"]) == len(expected.terms)
        for term, true in zip(reply["terms"], expected.terms, strict=True):
            source = term["input"]
            assert source == (None if true.source is None else list(true.source))
            assert term["kernel"] == list(true.kernel)
            assert term["weight"] == true.weight
            _, i, j = term["kernel"]
            read = (rows.index[y, i], columns.index[x, j])
            assert (source is None) == (-1 in read)
            if source is not None:
                assert tuple(source[1:]) == read
                assert term["value"] == float(drawn.arrays["input"][tuple(source)])
            else:
                assert term["value"] in (0, None)


@everyone
def test_a_cell_outside_is_refused(operation: Operation):
    for drawn in drawings(operation, 20, PICTURES, seed=10):
        sizes = drawn.call.layout.output
        for axis, name in enumerate(("map", "row", "column")):
            for place in (-1, sizes[axis]):
                cell = [0, 0, 0]
                cell[axis] = place
                with pytest.raises(ShapeError, match=f"{name} is {place}; it must be 0 to") as caught:
                    drawn.call.trace((cell[0], cell[1], cell[2]))
                assert caught.value.field == "cell"
                assert caught.value.values["max"] == sizes[axis] - 1


@everyone
def test_traces_of_what_is_not_finite_can_be_sent(operation: Operation):
    for drawn in drawings(operation, 60, Taste(types=("float32",), batches=((),)), seed=14):
        for bad in (np.nan, np.inf, -np.inf):
            call = drawn.bound(input=np.full(drawn.arrays["input"].shape, bad, np.float32))
            reply = call.trace((0, 0, 0)).data()
            json.dumps(reply, allow_nan=False)
            read = [term for term in reply["terms"] if term["input"] is not None]
            assert all(term["value"] is None for term in read)
            assert all(isinstance(text, str) for text in reply["printed"]["products"])
