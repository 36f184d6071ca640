"""The limits of a call as JSON: the many sides and axes that say the same say it once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.analysis.ranges import Choices, Range, Reason
from server.wire.json_text import json_text


def limits_json(found: Mapping[str, list[Range] | Choices]) -> str:
    """Return ``"limits":…,"texts":[…]``, to stand in an object.

    ``text`` and ``advice`` of a reason are places in ``texts``, since a slider's every move brings them.
    """
    texts: list[object] = []
    limits = {name: _limit(limit, texts) for name, limit in found.items()}
    return f'"limits":{json_text(limits).decode()},"texts":{json_text(texts).decode()}'


def _limit(limit: list[Range] | Choices, texts: list[object]) -> object:
    if not isinstance(limit, list):
        return {**limit, "reasons": {word: _reason(why, texts) for word, why in limit["reasons"].items()}}
    ends = ("min_reason", "max_reason")
    return [{**each, **{end: _reason(each[end], texts) for end in ends}} for each in limit]


def _reason(reason: Reason | None, texts: list[object]) -> object:
    if reason is None:
        return None
    return {**reason, **dict(_placed(reason, texts))}


def _placed(reason: Reason, texts: list[object]) -> Iterator[tuple[str, int]]:
    for part in ("text", "advice"):
        said = reason.get(part)
        if said is not None:
            if said not in texts:
                texts.append(said)
            yield part, texts.index(said)
