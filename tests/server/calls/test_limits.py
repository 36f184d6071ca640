"""The limits of a call as JSON: what many sides say alike stands there once."""

from __future__ import annotations

import json
from typing import Any

from engine.analysis.ranges import ranges
from engine.limits import Limits
from engine.registry import operation as by_name
from server.calls.limits import limits_json

FOUND = ranges(
    by_name("conv2d"),
    {"input": (4, 9, 9), "weight": (4, 2, 3, 3)},
    by_name("conv2d").plan({"input": (4, 9, 9), "weight": (4, 2, 3, 3)}, {"groups": 2})[0],
    Limits(),
)
TOLD = json.loads(f"{{{limits_json(FOUND)}}}")


def spelt(part: Any) -> Any:
    """A part of what is told, with the texts in their places again."""
    if isinstance(part, list):
        return [spelt(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: TOLD["texts"][value] if name in ("text", "advice") and isinstance(value, int) else spelt(value)
        for name, value in part.items()
    }


def test_nothing_is_lost():
    assert spelt(TOLD["limits"]) == json.loads(json.dumps(FOUND))


def test_no_text_stands_there_twice():
    texts = [json.dumps(text) for text in TOLD["texts"]]
    assert len(set(texts)) == len(texts) > 3
    ends = [side[end] for side in TOLD["limits"]["padding"] for end in ("min_reason", "max_reason")]
    assert len({end["text"] for end in ends if end and "text" in end}) < len(ends) == 8
