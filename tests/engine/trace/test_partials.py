"""The sum of a trace, channel by channel: what is printed adds up to the whole, and nothing is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.declaration.operation import Operation
from engine.registry import all_operations, operation
from engine.trace.trace import Trace
from tests.engine.draws import PICTURES, drawings
from tests.engine.sums import add, exact

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


@everyone
def test_partials_add_up(operation: Operation):
    rng = np.random.default_rng(3)
    for drawn in drawings(operation, 40, PICTURES, 3):
        if drawn.call.run().size:
            trace = drawn.call.trace(tuple(int(rng.integers(size)) for size in drawn.call.layout.output))
            check_partials(trace, trace.data())


def check_partials(trace: Trace, reply: Any) -> None:
    """Assert that the parts hold all terms in order, each of one channel, and add up exactly."""
    parts, terms, printed = reply["partials"], reply["terms"], reply["printed"]
    starts = [part["start"] for part in parts]
    ends = [part["start"] + part["count"] for part in parts]
    assert starts == [0, *ends[:-1]][: len(parts)]
    assert (ends or [0])[-1] == len(terms)
    of_each = [{channel_of(term) for term in terms[a:b]} for a, b in zip(starts, ends, strict=True)]
    assert all(len(channels) == 1 for channels in of_each)
    assert len(set().union(*of_each)) == len(parts), "a channel's terms follow one another"
    if trace.reduction != "sum":
        assert printed["partials"] is None
        return
    assert len(printed["partials"]) == len(parts)
    if not np.isfinite(float(printed["sum"])):
        return
    assert exact(printed["sum"]) == add(*map(exact, printed["partials"]))
    for part, text in zip(parts, printed["partials"], strict=True):
        products = printed["products"][part["start"] : part["start"] + part["count"]]
        assert exact(text) == add(*map(exact, products))
        assert part["sum"] == pytest.approx(float(text), rel=1e-6, abs=1e-6 * max_of(products))


def channel_of(term: Any) -> tuple[object, ...]:
    """Return what terms of one channel share: the input, and where their kernel entry's matrix is."""
    lead = max(len(term["kernel"]) - 2, int(len(term["kernel"]) > 1))
    return term["of"], *term["kernel"][:lead]


def max_of(texts: list[str]) -> float:
    """Return the largest size among the numbers."""
    return max((abs(float(text)) for text in texts), default=0)


def test_three_channels_of_a_convolution():
    picture = np.array([[[1, 2]], [[3, 4]], [[5, 7]]])
    reply = operation("conv2d").bind({"input": picture, "weight": [[-1, 1]]}).trace((0, 0, 0)).data()
    assert reply["partials"] == [
        {"start": 0, "count": 2, "sum": 1.0},
        {"start": 2, "count": 2, "sum": 1.0},
        {"start": 4, "count": 2, "sum": 2.0},
    ]
    assert reply["printed"]["partials"] == ["1", "1", "2"]
    assert reply["printed"]["sum"] == "4"


def test_a_part_that_is_not_finite_is_null():
    picture = np.array([[[3e38]], [[1]]], np.float32)
    weight = np.array([[[[np.inf]], [[2]]]], np.float32)
    reply = operation("conv2d").bind({"input": picture, "weight": weight}).trace((0, 0, 0)).data()
    assert [part["sum"] for part in reply["partials"]] == [None, 2.0]
    assert reply["printed"]["partials"] == ["Infinity", "2"]


def test_planes_and_inputs_are_told_apart():
    volume = np.arange(2 * 3 * 2 * 2).reshape(2, 3, 2, 2)
    reply = (
        operation("conv3d").bind({"input": volume, "weight": np.ones((2, 2, 2))}).trace((0, 0, 0, 0)).data()
    )
    assert [(part["start"], part["count"]) for part in reply["partials"]] == [(0, 4), (4, 4), (8, 4), (12, 4)]
    added = operation("add").bind({"input": np.ones((1, 2, 2)), "other": np.ones((1, 2, 2))})
    assert [part["sum"] for part in added.trace((0, 1, 1)).data()["partials"]] == [1.0, 1.0]
