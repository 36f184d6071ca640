"""Step names and formulas of traces are English words and mathematics: the words have a Chinese message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.declaration.operation import Operation
from engine.registry import all_operations
from tests.engine.draws import PICTURES, drawings

MESSAGES = Path(__file__).parents[3] / "static" / "messages"
CATALOGUES = {name: json.loads((MESSAGES / f"{name}.json").read_text("utf-8")) for name in ("en", "zh")}
NUMBER = re.compile(r"(?:(?<=> )-)?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
"""As static/views/sum/words.js takes numbers out of a name."""
SYMBOLS = {"x", "p", "q", "pi"}
FUNCTIONS = {"max", "min", "exp", "log", "ln", "tanh", "erf", "sqrt", "softmax"}


def spoken(operation: Operation) -> Iterator[str]:
    """Yield what traces of drawn calls call their steps and what they do to each term."""
    rng = np.random.default_rng(11)
    for drawn in drawings(operation, 80, PICTURES, 11):
        if drawn.call.run().size:
            trace = drawn.call.trace(tuple(int(rng.integers(size)) for size in drawn.call.layout.output))
            yield from (step.name for step in trace.steps)
            if trace.each:
                yield trace.each


def is_mathematics(name: str) -> bool:
    """Whether there is no word in it, but symbols and functions before their brackets."""
    words = {(word, bracket) for word, bracket in re.findall(r"([a-z]+)(\(?)", NUMBER.sub("#", name))}
    return all(word in SYMBOLS or (word in FUNCTIONS and bracket) for word, bracket in words)


def test_mathematics_is_told_from_words():
    names = ("max(0, x) + 0.1 min(0, x)", "x^-0.75", "1 - p", "exp(-x)")
    assert all(is_mathematics(name) for name in names)
    assert not any(
        is_mathematics(name) for name in ("mean", "x - max", "x if x > 2 else 1", "sqrt(variance)")
    )


@pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
def test_every_word_has_a_message(operation: Operation):
    keys = {f"step.{NUMBER.sub('#', name)}" for name in set(spoken(operation)) if not is_mathematics(name)}
    for catalogue in CATALOGUES.values():
        assert keys <= catalogue.keys()
    for key in keys:
        assert re.search(r"[一-鿿]", CATALOGUES["zh"][key]), key
        assert NUMBER.sub("#", key) == key
        assert CATALOGUES["zh"][key].count("{") == key.count("#"), "its numbers stand in it too"
