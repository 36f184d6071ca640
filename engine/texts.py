"""Texts that people read, in every language the page speaks."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One text in English and Simplified Chinese."""

    en: str
    zh: str

    def data(self) -> dict[str, str]:
        """Return the text by language code."""
        return self._asdict()


CELLS = Text("cells", "格")
