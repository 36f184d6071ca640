"""Comparing what the engine gives with what the oracles say, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from tests.engine.draws import Drawn
from tests.engine.oracles import ORACLES
from tests.engine.oracles.windows import CELLS, Cell, pictures

SLACK = 200
"""Roundings allowed where an oracle does not say what was added up."""


def tolerance(cell: Cell, output: np.ndarray) -> float:
    """How far rounding may take a sum of these terms."""
    return cell.magnitude * float(np.finfo(output.dtype).eps) * (len(cell.terms) + 3) + 1e-37


def is_exact(drawn: Drawn, output: np.ndarray) -> bool:
    """Whole numbers come out exactly, unless floats were given and their type cannot hold them."""
    room = 2**24 if output.dtype == np.float32 and drawn.arrays["input"].dtype.kind == "f" else 2**53
    return drawn.whole and float(np.abs(output).max(initial=0)) < room


def check_cell(value: float, cell: Cell, output: np.ndarray, whole: bool) -> None:
    """Assert that ``value`` is the cell's: exactly if it is whole, else up to rounding."""
    if whole and cell.divisor == 1 and Fraction(cell.value).denominator == 1:
        assert Fraction(value) == cell.value
    else:
        assert abs(value - float(cell.value)) <= tolerance(cell, output)


def check_against_oracle(drawn: Drawn) -> None:
    """Assert that shape and every cell are what the definition says."""
    output = drawn.call.run()
    assert output.shape == drawn.call.layout.output
    if drawn.operation.name not in CELLS:
        check_outputs(drawn, drawn.call.outputs())
        return
    whole = is_exact(drawn, output)
    axes = drawn.operation.dims or 0
    each = [output] if drawn.arrays["input"].ndim == axes + 1 else list(output)
    for inputs, maps in zip(pictures(drawn.arrays, axes), each, strict=True):
        grid = CELLS[drawn.operation.name](inputs, drawn.params)
        assert maps.shape == grid.shape
        for value, cell in zip(maps.ravel().tolist(), grid.cells, strict=True):
            check_cell(value, cell, output, whole)


def check_outputs(drawn: Drawn, outputs: Mapping[str, np.ndarray]) -> None:
    """Assert that every output that the oracle knows is what it says."""
    if drawn.arrays["input"].size == 0:
        return
    names = [declared.name for declared in drawn.operation.outputs]
    said: Any = ORACLES[drawn.operation.name](drawn.arrays, drawn.params)
    expected = said if isinstance(said, Mapping) else {names[0]: said}
    assert names[0] in expected
    for name, values in expected.items():
        compare(drawn, outputs[name], np.asarray(values, np.float64), name)


def compare(drawn: Drawn, output: np.ndarray, expected: np.ndarray, name: str = "output") -> None:
    """Assert equality: exact where everything is whole, up to rounding elsewhere."""
    assert output.shape == expected.shape, name
    bounds = np.abs(expected[np.isfinite(expected)])
    largest = float(bounds.max(initial=0))
    if output.dtype.kind in "iu" or (is_exact(drawn, output) and bool(np.all(np.rint(expected) == expected))):
        np.testing.assert_array_equal(output, expected, name)
    else:
        eps = float(np.finfo(output.dtype).eps)
        scale = largest + (_products(drawn) if drawn.operation.linear else 0)
        np.testing.assert_allclose(
            output, expected, rtol=SLACK * eps, atol=SLACK * eps * max(scale, 1e-30), err_msg=name
        )


def _products(drawn: Drawn) -> float:
    """As large as a product of the numbers given can be."""
    first, *others = (float(np.abs(a.astype(np.float64)).max(initial=0)) for a in drawn.arrays.values())
    return first * max([1.0, *others])
