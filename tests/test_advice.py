"""Every limit says in both languages why it is there and what to change: found by drawing shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from engine.analysis.ranges import Choices, Range, Reason, ranges
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.registry import all_operations
from engine.texts import Text
from tests.engine.draws import PICTURES, Shape, drawings
from tests.refusals import places

NARROW = Limits(kernel=9, stride=7, dilation=5, padding=70, channels=24, cells=3000, seed=20)
LARGE: list[Shape] = [(3, 320, 320), (3, 512)]
LARGE_PARAMS: list[dict[str, Any]] = [
    {},
    {"kernel_size": 3},
    {"kernel_size": 31, "out_channels": 64},
    {"output_size": 100},
]


Met = list[tuple[str, Reason, Text]]


def reasons(
    operation: Operation, found: Mapping[str, list[Range] | Choices]
) -> Iterator[tuple[str, Reason, Text]]:
    """The parameter and each reason that a shape reply gives, with the advice of the declaration."""
    for parameter in operation.parameters:
        limit = found.get(parameter.name, [])
        ends = limit["reasons"].values() if isinstance(limit, dict) else _ends(limit)
        yield from ((parameter.name, reason, parameter.advice) for reason in ends)


def _ends(limits: list[Range]) -> Iterator[Reason]:
    for each in limits:
        yield from (end for end in (each["min_reason"], each["max_reason"]) if end)


def asked(operation: Operation) -> Iterator[tuple[Mapping[str, Shape], dict[str, Any], Limits]]:
    """Shapes and parameters: drawn small ones, and large ones that meet the limits of the service."""
    for drawn in drawings(operation, 20, PICTURES, seed=11):
        shapes = {name: np.shape(array) for name, array in drawn.inputs.items()}
        yield shapes, drawn.params, NARROW
        yield shapes, drawn.params, Limits()
    for shape in LARGE:
        for params in LARGE_PARAMS:
            yield {"input": shape}, params, Limits()


@pytest.fixture(scope="module")
def met() -> Met:
    """The reasons that were met."""
    all_of_them: Met = []
    for operation in all_operations():
        for shapes, params, limits in asked(operation):
            try:
                parsed = operation.plan(shapes, params, limits)[0]
                found = ranges(operation, shapes, parsed, limits)
            except ConvscopeError:
                continue
            all_of_them.extend(reasons(operation, found))
    return all_of_them


def test_every_reason_of_a_limit_comes_with_advice_in_both_languages(met: Met):
    codes = {reason["code"] for _, reason, _ in met}
    assert {"range", "kernel_exceeds_input", "empty_window", "groups", "limit_cells"} <= codes
    assert len(codes) > 20
    for name, reason, declared in met:
        if reason["code"] not in ("range", "padding"):
            assert reason.get("advice"), f"{reason['code']}, which limits {name}"
        for text in (reason.get("text"), reason.get("advice"), declared.data()):
            if text:
                assert places(text["en"]) == places(text["zh"]) <= set(reason["values"]), reason


def test_what_to_change_depends_on_what_one_would_change(met: Met):
    said = {
        (name, reason["code"]): reason.get("advice", declared.data())["en"] for name, reason, declared in met
    }
    assert said["kernel_size", "kernel_exceeds_input"].startswith(
        "For a larger kernel: pad more, dilate less"
    )
    assert said["dilation", "kernel_exceeds_input"].startswith("To dilate more: pad more")
    assert "CONVSCOPE_MAX_STRIDE" in said["stride", "range"]
    assert "CONVSCOPE_MAX_PADDING" in said["padding", "padding"]


def test_a_reason_says_again_what_the_declaration_says_only_where_a_page_needs_it(met: Met):
    declared = [reason for _, reason, _ in met if reason["code"] in ("range", "padding")]
    silent = [reason for reason in declared if "text" not in reason]
    assert len(silent) > len(declared) / 2
