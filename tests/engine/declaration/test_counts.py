"""What calls cost: expressions that come to their own numbers, and words for all that they count."""

from __future__ import annotations

import json
import re
from itertools import product as every
from pathlib import Path

import pytest

import engine
from engine.analysis.report import shape_report
from engine.declaration.counts import NOTHING, product, total
from engine.declaration.layout import bytes_moved
from engine.declaration.operation import Operation
from engine.formula import Expression, symbol
from engine.limits import UNLIMITED
from engine.registry import all_operations
from tests.engine.draws import ANY, PICTURES, drawings

EVERY = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
MESSAGES = Path(__file__).parents[3] / "static/messages"


def counts_of(call) -> dict[str, Expression]:
    shapes = {name: array.shape for name, array in call.inputs.items()}
    return {**call.layout.counts()._asdict(), "bytes_moved": bytes_moved(shapes, call.layout)}


def words_of(count: Expression) -> set[str]:
    return set(re.findall("[a-z_]+", count.symbols))


@EVERY
def test_what_is_written_comes_to_the_number(operation):
    for drawn in drawings(operation, 60, ANY, seed=71):
        layout, counts = drawn.call.layout, counts_of(drawn.call)
        for name, count in counts.items():
            assert eval(count.python) == eval(count.text) == count.value, (name, count.symbols)
        for name in ("parameters", "macs", "additions"):
            assert getattr(layout, name) == counts[name].value
        shapes = {name: array.shape for name, array in drawn.arrays.items()}
        asked, _, sized = operation.plan(shapes, drawn.params)
        if type(operation).bound is Operation.bound:
            assert sized.counts() == layout.counts()
        told = shape_report(operation, shapes, asked, UNLIMITED)
        assert told["counts"].keys() == counts.keys()
        assert {name: told[name] for name in counts} == {name: value(told["counts"][name]) for name in counts}


def value(data) -> int:
    """Work out what a page is told."""
    if "op" not in data:
        return data.get("value", data.get("number"))
    first, *others = map(value, data["args"])
    for other in others:
        first = {"*": first * other, "+": first + other, "-": first - other}[data["op"]]
    return first


@EVERY
def test_counts_are_what_a_loop_counts(operation):
    """Of sums over windows: a product for each term of each cell, and for pooling an addition fewer."""
    if operation.name.rstrip("123d") not in (
        "conv",
        "max_pool",
        "avg_pool",
        "global_max_pool",
        "global_avg_pool",
    ):
        return
    for drawn in drawings(operation, 30, PICTURES, seed=72):
        call = drawn.call
        terms = [len(call.trace(cell).values) for cell in every(*map(range, call.layout.output))]
        if "weight" in call.inputs:
            assert call.layout.macs == sum(terms)
            assert call.layout.additions == ("bias" in call.inputs) * len(terms)
            if operation.is_full(call.inputs["weight"].shape):
                biases = call.layout.output[0] if "bias" in call.inputs else 0
                assert call.layout.parameters == call.inputs["weight"].size + biases
        else:
            assert call.layout.additions == sum(terms) - len(terms)


def test_the_page_has_words_for_all_that_is_counted():
    counted = {
        word
        for operation in all_operations()
        for drawn in drawings(operation, 60, ANY, seed=73)
        for count in counts_of(drawn.call).values()
        for word in words_of(count)
    }
    for catalogue in MESSAGES.glob("*.json"):
        known = {key[6:] for key in json.loads(catalogue.read_text()) if key.startswith("count.")}
        assert known == counted | {"bytes"}, catalogue.name


def test_a_convolution_says_what_it_counts():
    shapes = {"input": (2, 6, 8, 9), "weight": (4, 3, 3, 2), "bias": (4,)}
    counts = engine.conv2d.plan(shapes, {"groups": 2})[2].counts()
    assert counts.parameters.symbols == "maps * group_channels * weights * weights + biases"
    assert counts.parameters.python == "4 * 3 * 3 * 2 + 4"
    assert counts.macs.symbols == "pictures * maps * cells * cells * group_channels * weights * weights"
    assert counts.macs.python == "2 * 4 * 6 * 8 * 3 * 3 * 2"
    assert counts.additions.symbols == "pictures * maps * cells * cells"


def test_products_and_sums_leave_out_what_says_nothing():
    assert product(maps=3, cells=(2, 0)) == NOTHING == total() == product(0, maps=3)
    assert product() == Expression("number", number=1)
    assert product(1, maps=3) == symbol("maps", 3) == total(symbol("maps", 3), NOTHING)
    assert product(total(symbol("a", 1), symbol("b", 2)), 2, maps=3).text == "3 * (1 + 2) * 2"
