"""Messages of the pages that the server writes itself, from the page's own catalogues."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

from server.assets import STATIC

LANGUAGES = ("en", "zh")
LOCALES = {"en": "en", "zh": "zh-Hans"}


@cache
def catalogue(language: str, static: Path = STATIC) -> dict[str, str]:
    """Return all messages of a language by their keys."""
    text = (static / "messages" / f"{language}.json").read_text("utf-8")
    return cast("dict[str, str]", json.loads(text))


def language_of(asked: str | None, accepted: str | None) -> str:
    """Return the language asked for by name, else the first one accepted that there is."""
    preferred: Sequence[str] = [asked or "", *(accepted or "").split(",")]
    for tag in preferred:
        language = tag.split(";")[0].strip().lower().split("-")[0]
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
