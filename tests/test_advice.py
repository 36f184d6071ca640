"""Every limit says in both languages why it is there and what to change: found by drawing shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.analysis.ranges import Choices, Range, ranges
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.registry import all_operations
from tests.engine.draws import PICTURES, Shape, drawings

MESSAGES = Path(__file__).parents[1] / "static" / "messages"
CATALOGUES: list[dict[str, str]] = [
    json.loads((MESSAGES / f"{language}.json").read_text("utf-8")) for language in ("en", "zh")
]
NARROW = Limits(kernel=9, stride=7, dilation=5, padding=70, channels=24, cells=3000, seed=20)
LARGE: list[Shape] = [(3, 320, 320), (3, 512)]
LARGE_PARAMS: list[dict[str, Any]] = [
    {},
    {"kernel_size": 3},
    {"kernel_size": 31, "out_channels": 64},
    {"output_size": 100},
]


def reasons(found: Mapping[str, list[Range] | Choices]) -> Iterator[tuple[str, str]]:
    """The parameter and the code of every reason that a shape reply gives."""
    for name, limit in found.items():
        if not isinstance(limit, list):
            yield from ((name, reason["code"]) for reason in limit["reasons"].values())
            continue
        for each in limit:
            yield from ((name, end["code"]) for end in (each["min_reason"], each["max_reason"]) if end)


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
def met() -> dict[str, set[str]]:
    """The codes that were met, each with the parameters that it limits."""
    codes: dict[str, set[str]] = {}
    for operation in all_operations():
        for shapes, params, limits in asked(operation):
            try:
                parsed = operation.plan(shapes, params, limits)[0]
                found = ranges(operation, shapes, parsed, limits)
            except ConvscopeError:
                continue
            for name, code in reasons(found):
                codes.setdefault(code, set()).add(name)
    return codes


def test_every_reason_of_a_limit_comes_with_advice(met: dict[str, set[str]]):
    assert {"range", "kernel_exceeds_input", "empty_window", "groups", "limit_cells"} <= set(met)
    assert len(met) > 20
    for messages in CATALOGUES:
        for code, names in met.items():
            keys = {f"advice.{code}", f"advice.{code}.other"}
            assert keys & set(messages), f"{code}, which limits {sorted(names)}"


def test_advice_is_of_reasons_that_there_are():
    [english, _] = CATALOGUES
    advised = {key.split(".")[1] for key in english if key.startswith("advice.")}
    assert advised <= {key.split(".")[1] for key in english if key.startswith("error.")}
