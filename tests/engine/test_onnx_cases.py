"""The onnx package's own cases of single nodes: all are run, or named with the reason why not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.onnx_cases.__main__ import table
from tests.engine.onnx_cases.adapter import ADAPTERS, run
from tests.engine.onnx_cases.cases import MODULES, cases
from tests.engine.onnx_cases.left_out import LEFT_OUT, OUTPUTS_LEFT_OUT

ROUNDED = {"test_averagepool_2d_ceil_last_window_starts_on_pad"}
"""Written to four digits; onnx's own tolerance is 1e-3 for all cases."""


@pytest.mark.parametrize("operator", sorted(MODULES))
def test_every_case_of_an_operator_comes_out_right(operator: str):
    ran = 0
    for case in cases().values():
        if case.operator != operator or case.name in LEFT_OUT:
            continue
        given = run(case)
        expected = case.outputs[:1] if operator in OUTPUTS_LEFT_OUT else case.outputs
        assert len(given) >= len(expected), case.name
        for output, right in zip(given, expected, strict=False):
            assert output.shape == right.shape, case.name
            np.testing.assert_allclose(
                output.astype(np.float64),
                right.astype(np.float64),
                rtol=1e-3 if case.name in ROUNDED else 1e-4,
                atol=1e-6,
                err_msg=case.name,
            )
        ran += 1
    assert ran, "none was run"


def test_every_case_is_run_or_named():
    known = cases()
    assert set(LEFT_OUT) <= set(known), "a name that is no case"
    assert all(len(reason) > 10 for reason in (*LEFT_OUT.values(), *OUTPUTS_LEFT_OUT.values()))
    assert {case.operator for case in known.values()} == set(MODULES) == set(ADAPTERS)
    assert len(known) >= 250
    assert len(LEFT_OUT) < len(known) / 6, "what is left out should be the smaller part"


def test_the_counts_can_be_printed():
    [header, *rows, total] = table().splitlines()
    assert header.split() == ["operator", "run", "left", "out"]
    assert [row.split()[0] for row in rows] == sorted(MODULES)
    assert sum(map(int, total.split()[1:])) == len(cases())
