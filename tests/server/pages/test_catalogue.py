"""Which language a page is written in: the one asked for by name, else one that the browser prefers."""

from __future__ import annotations

import pytest

from server.pages.catalogue import LANGUAGES, LOCALES, catalogue, language_of


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, None, "en"),
        ("zh", "en-GB", "zh"),
        ("ZH-Hans", None, "zh"),
        ("fr", "de;q=0.9, zh-CN;q=0.8, en", "zh"),
        ("", "EN-us, zh", "en"),
        ("../zh", "*", "en"),
    ],
)
def test_language(asked: str | None, accepted: str | None, language: str):
    assert language_of(asked, accepted) == language


def test_every_language_has_a_catalogue_and_a_locale():
    assert set(LOCALES) == set(LANGUAGES)
    assert len({catalogue(language)["docs.title"] for language in LANGUAGES}) == len(LANGUAGES)
