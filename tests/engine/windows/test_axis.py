"""What follows from an axis's table, whatever law made the table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.formula import Expression, symbol
from engine.windows.axis import AXIS_NAMES, OUTSIDE, SIDES, Axis


@dataclass(frozen=True)
class Listed(Axis):
    """An axis whose table is given."""

    table: tuple[tuple[int, ...], ...]
    size: int
    name: str = "length"
    before: int = 0
    after: int = 0

    @property
    def kernel(self) -> int:
        return len(self.table[0])

    @property
    def output(self) -> int:
        return len(self.table)

    @property
    def index(self) -> np.ndarray:
        return np.array(self.table)

    @property
    def jump(self) -> float:
        return 1.0

    @property
    def law(self) -> Expression:
        return symbol("n", self.size) - 2


AXIS = Listed(((0, 1, OUTSIDE), (1, 3, OUTSIDE), (1, OUTSIDE, OUTSIDE)), 5)


def test_coverage_counts_the_table_and_not_the_padding():
    assert AXIS.coverage.tolist() == [1, 3, 0, 1, 0]
    assert AXIS.unread == [2, 4]


def test_one_output_reads_its_row():
    assert AXIS.reads(1).tolist() == [1, 3, OUTSIDE]


def test_the_formula_states_the_law():
    assert (AXIS.formula.symbols, AXIS.formula.text) == ("o = n - 2", "3 = 5 - 2")
    assert AXIS.text == "5 - 2 = 3"


def test_by_default_nothing_is_wider_than_the_kernel_and_nothing_dropped():
    assert (AXIS.extent, AXIS.dropped, AXIS.weights) == (3, 0, None)


def test_every_axis_of_a_signal_a_picture_and_a_volume_has_two_named_ends():
    assert [len(names) for names in AXIS_NAMES.values()] == list(AXIS_NAMES)
    assert {name for names in AXIS_NAMES.values() for name in names} == set(SIDES)
    assert len({end for ends in SIDES.values() for end in ends}) == 2 * len(SIDES)
