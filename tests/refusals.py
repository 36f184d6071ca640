"""What holds for every refusal that is sent: small, in both languages, no place left open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"\{(\w+)\}")


def places(text: str) -> set[str]:
    """The places of a text."""
    return set(_PLACE.findall(text))


def check_texts(error: Mapping[str, Any]) -> None:
    """A refusal says the same in English and Chinese, what to change too, and has a value for each place."""
    assert {"code", "message", "field", "values", "text"} <= set(error)
    assert set(error) <= {"code", "message", "field", "values", "text", "advice"}
    for text in (error["text"], error.get("advice", {"en": "-", "zh": "－"})):
        assert set(text) == {"en", "zh"}
        assert places(text["en"]) == places(text["zh"]), text
        assert places(text["en"]) <= set(error["values"]), (text, error["values"])
        assert text["en"].isascii() or "←" in text["en"] or text["en"] == error["message"], text
        assert re.search(r"[\u3000-\u9fff\uff00-\uffef]", text["zh"]), text
