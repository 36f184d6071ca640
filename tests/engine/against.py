"""Comparing what the engine gives with what the oracles say, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tests.engine.draws import Drawn
from tests.engine.oracles import ORACLES, Cell


def pictures(drawn: Drawn, output: np.ndarray) -> Iterator[tuple[dict[str, np.ndarray], np.ndarray]]:
    """Every picture of the batch: what went in, and what came out."""
    arrays = drawn.arrays
    if arrays["input"].ndim == 3:
        yield arrays, output
        return
    for number, picture in enumerate(arrays["input"]):
        yield {**arrays, "input": picture}, output[number]


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
    whole = is_exact(drawn, output)
    for inputs, maps in pictures(drawn, output):
        cells = ORACLES[drawn.operation.name](inputs, drawn.params)
        assert maps.shape == (len(cells), len(cells[0]), len(cells[0][0]))
        flat = (cell for rows in cells for row in rows for cell in row)
        for value, cell in zip(maps.ravel().tolist(), flat, strict=True):
            check_cell(value, cell, output, whole)
