"""What operations say of themselves is so: each flag is proved, or disproved, by what the operation does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from engine.declaration.operation import Operation
from engine.families.elementwise import Elementwise
from engine.registry import all_operations
from tests.engine.draws import REAL, Drawn, drawings, sized, usual_params

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
ONE_PICTURE = replace(REAL, batches=((),), single=True)


def always(operation: Operation, holds: Callable[[Drawn], bool]) -> bool:
    """Whether something holds for all of many drawn calls."""
    return all(holds(drawn) for drawn in drawings(operation, 120, ONE_PICTURE, seed=31))


def is_one_function_of_each_cell(drawn: Drawn) -> bool:
    """Whether a cell changes its own alone, and cells that change places take their results with them."""
    cells, rng = drawn.arrays["input"], np.random.default_rng(0)
    before = drawn.call.run()
    if before.shape != cells.shape:
        return False
    at = tuple(int(rng.integers(size)) for size in cells.shape)
    other = cells.copy()
    other[at] += 1
    changed = drawn.bound(input=other).run() != before
    changed[at] = False
    order = rng.permutation(cells.size)
    moved = drawn.bound(input=cells.ravel()[order].reshape(cells.shape)).run()
    return not changed.any() and np.allclose(moved.ravel(), before.ravel()[order], rtol=1e-12, atol=0)


@everyone
def test_what_is_elementwise_is_one_function_of_every_cell(operation: Operation):
    def holds(drawn: Drawn) -> bool:
        # Where numbers are drawn for each cell there is a function for each.
        drawn_anew = isinstance(operation, Elementwise) and not operation.has_curve(drawn.call.params)
        return drawn_anew or is_one_function_of_each_cell(drawn)

    assert always(operation, holds) == operation.elementwise


@everyone
def test_what_shares_adds_up_to_one(operation: Operation):
    def holds(drawn: Drawn) -> bool:
        output = drawn.call.run()
        sums = [output.sum(axis) for axis in range(output.ndim)]
        return bool(np.all(output >= 0)) and any(np.allclose(found, 1, rtol=1e-12) for found in sums)

    assert always(operation, holds) == operation.shares


@everyone
def test_what_spreads_lays_windows_side_by_side_that_others_gather(operation: Operation):
    names = {parameter.name for parameter in operation.parameters}
    if not {"kernel_size", "stride"} <= names:
        assert not operation.spreads
        return
    assert operation.dims is not None
    shape = (1, *(6,) * operation.dims)
    params = (usual_params(operation, shape) or {}) | {"kernel_size": 2, "stride": 2}
    layout = sized(operation, shape, params).layout
    assert layout.output[1:] == (12 if operation.spreads else 3,) * operation.dims
    for axis in layout.axes:
        reads = (axis.index >= 0).sum(axis=1)
        each = {True: (1, 2), False: (2, 1)}[operation.spreads]
        assert (set(reads), set(axis.coverage)) == ({each[0]}, {each[1]})


@everyone
def test_the_short_name_is_one_word_and_its_name_unless_it_says_another(operation: Operation):
    short = str(operation.traits()["short"])
    assert short == (operation.short or operation.name)
    assert short.isascii()
    assert " " not in short
