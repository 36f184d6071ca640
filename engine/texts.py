"""Texts that people read, in every language the page speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

_PLACE = re.compile(r"\{(\w+)\}")


class Text(NamedTuple):
    """One text in English and Simplified Chinese; ``{name}`` is a place for a value."""

    en: str
    zh: str

    def data(self) -> dict[str, str]:
        """Return the text by language code."""
        return self._asdict()

    def put(self, **parts: Text | str) -> Text:
        """Return this text with other texts in some of its places, each in its language."""
        both = {name: (part, part) if isinstance(part, str) else part for name, part in parts.items()}
        en, zh = ({name: part[language] for name, part in both.items()} for language in (0, 1))
        return Text(_put(self.en, en), _put(self.zh, zh))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return ``text`` with the values in their places, as people read them; a place without one stays."""
    return _put(text, {name: printed(value) for name, value in values.items()})


def printed(value: object) -> str:
    """Return a value as a sentence prints it.

    >>> printed(16_000_000), printed(0.5), printed([3, 4]), printed(["zeros", "reflect"])
    ('16,000,000', '0.5', '[3, 4]', 'zeros, reflect')
    """
    if isinstance(value, str):  # what a caller wrote is shown without its control characters
        return value if value.isprintable() else repr(value)[1:-1]
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.8g}"
    if isinstance(value, (list, tuple)):
        items = cast("Sequence[object]", value)
        words = ", ".join(item if isinstance(item, str) else str(item) for item in items)
        return words if items and isinstance(items[0], str) else f"[{words}]"
    return str(value)


def _put(text: str, parts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: parts.get(place[1], place[0]), text)


CELLS = Text("cells", "格")
