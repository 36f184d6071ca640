"""Step names and formulas of traces are mathematics and words: the words have their Chinese beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest

from engine.declaration.operation import Operation
from engine.functions.function import X, word
from engine.functions.primitives import EXP, LARGEST
from engine.functions.spelling import said
from engine.registry import all_operations
from engine.texts import Text
from engine.trace.data import TraceData
from tests.engine.draws import PICTURES, drawings

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+−]?\d+)?")
SYMBOLS = {"x", "p", "q", "pi", "k", "alpha"}
FUNCTIONS = {"max", "min", "exp", "log", "ln", "tanh", "erf", "sqrt", "softmax"}


def traces(operation: Operation) -> Iterator[TraceData]:
    rng = np.random.default_rng(11)
    for drawn in drawings(operation, 80, PICTURES, 11):
        if drawn.call.run().size:
            cell = tuple(int(rng.integers(size)) for size in drawn.call.layout.output)
            yield drawn.call.trace(cell).data()


def english_words(line: str) -> set[str]:
    """The words in a line that are neither symbols nor functions before their brackets."""
    words = {(word, bracket) for word, bracket in re.findall(r"([a-z]+)(\(?)", NUMBER.sub("#", line))}
    return {word for word, bracket in words if word not in SYMBOLS and not (word in FUNCTIONS and bracket)}


def test_mathematics_is_told_from_words():
    names = ("max(0, x) + 0.1 min(0, x)", "x^-0.75", "1 - p", "exp(-x)")
    assert not any(english_words(name) for name in names)
    assert all(english_words(name) for name in ("mean", "x - max", "x if x > 2 else 1", "sqrt(variance)"))
    assert not english_words(said(EXP(X - LARGEST)).zh)
    assert english_words(said(EXP(X - word("untold"))).zh) == {"untold"}


@pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
def test_every_word_is_said_in_chinese(operation: Operation):
    for trace in traces(operation):
        said: list[tuple[str, dict[str, str]]] = [(step["name"], step["text"]) for step in trace["steps"]]
        if trace["each"] is not None:
            assert trace["each_text"] is not None
            said.append((trace["each"], trace["each_text"]))
        for name, text in said:
            assert text["en"] == name.replace("-", "−")
            assert english_words(text["zh"]) == set(), text
            assert bool(re.search(r"[一-鿿ε]", text["zh"])) == bool(english_words(name)) or name in (
                "k",
                "alpha",
            )
            assert sorted(NUMBER.findall(text["zh"])) == sorted(NUMBER.findall(text["en"])), "numbers stay"


@pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
def test_functions_are_filled_in_with_the_number_before(operation: Operation):
    for trace in traces(operation):
        printed = trace["printed"]
        before = printed["before"] or printed["quotient"] or printed["sum"]
        for step, line in zip(trace["steps"], printed["steps"], strict=True):
            filled = line["filled"]
            assert (filled is None) == (step["kind"] != "apply")
            if filled is not None:
                assert not re.search(r"\bx\b(?!\[)", filled["en"] + filled["zh"])
                if re.search(r"\bx\b(?!\[)", step["name"]):
                    shown = before.replace("Infinity", "∞").replace("-", "−")
                    assert shown in filled["en"]
                    assert shown in filled["zh"]
            before = line["result"]


def test_a_text_is_a_name_too():
    assert said(Text("sum of q (x - max)", "q 之和")) == Text("sum of q (x − max)", "q 之和")
