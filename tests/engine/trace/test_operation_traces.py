"""What holds for the traces of every registered operation, over drawn calls and cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from engine.declaration.layout import CELL_NAMES
from engine.declaration.operation import Operation
from engine.errors import ShapeError
from engine.registry import all_operations
from engine.trace.trace import Trace
from tests.engine.against import is_exact, tolerance
from tests.engine.draws import PICTURES, REAL, Drawn, Taste, drawings
from tests.engine.oracles.windows import CELLS
from tests.engine.sums import check_adds_up, exact

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
windowed = pytest.mark.parametrize(
    "operation", [one for one in all_operations() if one.name in CELLS], ids=lambda operation: operation.name
)
REAL_PICTURES = replace(REAL, batches=((),), single=True)


def drawn_cells(operation: Operation, number: int, seed: int, taste: Taste = PICTURES):
    """Drawn calls with a cell of each."""
    rng = np.random.default_rng(seed)
    for drawn in drawings(operation, number, taste, seed):
        if drawn.call.run().size:
            yield drawn, tuple(int(rng.integers(size)) for size in drawn.call.layout.output)


@everyone
def test_a_trace_adds_up(operation: Operation):
    for drawn, at in drawn_cells(operation, 140, seed=8):
        output = drawn.call.run()
        trace = drawn.call.trace(at)
        if not np.isfinite(output[at]):
            json.dumps(trace.data(), allow_nan=False)
            continue
        check_is_the_maps_own(drawn, at, trace)
        reply = trace.data()
        json.dumps(reply, allow_nan=False)
        assert (reply["operation"], reply["cell"]) == (operation.name, list(at))
        assert reply["value"] == float(trace.value)
        check_adds_up(reply)
        check_residual(drawn, at, reply, output)


def check_is_the_maps_own(drawn: Drawn, at: tuple[int, ...], trace: Trace) -> None:
    """Assert that the value is the map's, bit for bit."""
    sizes = drawn.call.layout.maps
    place = int(np.ravel_multi_index(at, drawn.call.layout.output)) if at else 0
    number, row, column = np.unravel_index(place, sizes)
    [(_, maps)] = drawn.call.maps([int(number)])
    value = maps[0, row, column]
    assert trace.value.dtype == value.dtype
    assert trace.value.tobytes() == value.tobytes()


def check_residual(drawn: Drawn, at: tuple[int, ...], reply: Mapping[str, Any], output: np.ndarray) -> None:
    """Assert that what rounding left over is small, and nothing where nothing was rounded."""
    residual = abs(exact(reply["printed"]["residual"]))
    # Printed are the shortest decimals that read back, and products with 12 digits of the largest.
    digits = 10**7 if any(array.dtype.itemsize < 8 for array in drawn.arrays.values()) else 10**11
    if drawn.operation.name in CELLS:
        cell = CELLS[drawn.operation.name](drawn.arrays, drawn.params).at(at)
        assert residual <= Fraction(tolerance(cell, output)) + Fraction(cell.magnitude) / digits
    else:
        products = sum(abs(exact(p)) for p in reply["printed"]["products"] if "Inf" not in p)
        size = products / abs(exact(reply["printed"]["divisor"] or "1"))
        size += abs(exact(reply["printed"]["bias"] or "0"))
        assert Fraction(residual) <= Fraction(size) / 10**5
    printed = (*reply["printed"]["products"], *(reply["printed"]["weights"] or ()))
    whole = drawn.operation.linear and is_exact(drawn, output) and not any("." in text for text in printed)
    if reply["reduction"] != "sum" or (whole and reply["divisor"] is None):
        assert residual == 0


@everyone
def test_a_trace_reads_cells_that_are_there(operation: Operation):
    """Each term stands in an input, holds what stands there, and lies where the index table says."""
    for drawn, at in drawn_cells(operation, 100, seed=19):
        reply = drawn.call.trace(at).data()
        axes = drawn.call.layout.axes
        for term in reply["terms"]:
            array, source = drawn.arrays[term["of"]], term["input"]
            if source is None:
                continue
            assert len(source) == array.ndim
            assert all(0 <= place < size for place, size in zip(source, array.shape, strict=True))
            assert term["value"] == float(array[tuple(source)])
            if axes and term["of"] == "input":
                for axis, place, cell in zip(axes, source[-len(axes) :], at[-len(axes) :], strict=True):
                    assert place in axis.index[cell]


@windowed
def test_a_trace_reads_what_the_oracle_and_the_index_table_say(operation: Operation):
    for drawn, at in drawn_cells(operation, 120, seed=9):
        reply = drawn.call.trace(at).data()
        expected = CELLS[operation.name](drawn.arrays, drawn.params).at(at)
        axes = drawn.call.layout.axes
        assert len(reply["terms"]) == len(expected.terms)
        for term, true in zip(reply["terms"], expected.terms, strict=True):
            source = term["input"]
            assert source == (None if true.source is None else list(true.source))
            assert term["kernel"] == list(true.kernel)
            assert term["weight"] == true.weight
            read = [
                axis.index[cell, place]
                for axis, cell, place in zip(axes, at[1:], term["kernel"][1:], strict=True)
            ]
            assert (source is None) == (-1 in read)
            if source is not None:
                assert source[1:] == read
            else:
                assert term["value"] in (0, None)


@everyone
def test_a_trace_names_every_cell_that_matters(operation: Operation):
    """Where the gradient of one cell is not 0, the trace has a term, or an operand that explains it."""
    for drawn, at in drawn_cells(operation, 120, 20, REAL_PICTURES):
        trace = drawn.call.trace(at)
        if not operation.linear and any(step.operand is not None for step in trace.steps):
            continue
        one_hot = np.zeros(drawn.call.layout.output)
        one_hot[at] = 1
        gradients = drawn.call.backward(one_hot)
        of = ["input"] * len(trace.sources) if trace.of is None else trace.of
        for declared in operation.inputs:
            if declared.kind != "maps" or declared.name not in gradients:
                continue
            read = {
                tuple(s) for s, name in zip(trace.sources.tolist(), of, strict=True) if name == declared.name
            }
            moved = {tuple(place) for place in np.argwhere(gradients[declared.name] != 0).tolist()}
            assert moved <= read, f"{sorted(moved - read)} of {declared.name}"


@everyone
def test_a_cell_outside_is_refused(operation: Operation):
    for drawn, at in drawn_cells(operation, 20, seed=10):
        sizes = drawn.call.layout.output
        names = CELL_NAMES.get(len(sizes), ("place",) * len(sizes))
        for axis, name in enumerate(names):
            for place in (-1, sizes[axis]):
                cell = (*at[:axis], place, *at[axis + 1 :])
                with pytest.raises(ShapeError, match=f"{name} is {place}; it must be 0 to") as caught:
                    drawn.call.trace(cell)
                assert caught.value.field == "cell"
                assert caught.value.values["max"] == sizes[axis] - 1
        for cell in ((*at, 0), at[:-1]):
            if len(cell) != len(sizes):
                with pytest.raises(ShapeError) as caught:
                    drawn.call.trace(cell)
                assert (caught.value.code, caught.value.field) == ("cell_rank", "cell")


@everyone
def test_traces_of_what_is_not_finite_can_be_sent(operation: Operation):
    taste = Taste(types=("float32",), batches=((),), single=True)
    for drawn, at in drawn_cells(operation, 60, 14, taste):
        for bad in (np.nan, np.inf, -np.inf):
            call = drawn.bound(input=np.full(drawn.arrays["input"].shape, bad, np.float32))
            reply = call.trace(at).data()
            json.dumps(reply, allow_nan=False)
            read = [term for term in reply["terms"] if term["input"] is not None and term["of"] == "input"]
            assert all(term["value"] is None for term in read)
            assert all(isinstance(text, str) for text in reply["printed"]["products"])
