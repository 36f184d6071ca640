"""Every text of the page and every refusal stands in both languages."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.refusals import places

ROOT = Path(__file__).parents[1]
CATALOGUES = {
    language: json.loads((ROOT / "static" / "messages" / f"{language}.json").read_text("utf-8"))
    for language in ("en", "zh")
}
SOURCES = sorted([*(ROOT / "engine").rglob("*.py"), *(ROOT / "server").rglob("*.py")])


def texts():
    """Yield (English, Chinese, place in the code) of every text that is written out."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Text":
                continue
            written = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if len(written) == 2:
                yield str(written[0]), str(written[1]), f"{path.name}:{node.lineno}"


def test_both_catalogues_have_the_same_keys():
    assert set(CATALOGUES["en"]) == set(CATALOGUES["zh"])


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_message_is_empty_and_placeholders_agree(language):
    for key, message in CATALOGUES[language].items():
        assert message.strip(), key
        assert places(message) == places(CATALOGUES["en"][key]), key


def test_both_languages_of_a_text_have_the_same_places():
    found = list(texts())
    assert len(found) > 300
    for english, chinese, where in found:
        assert english.strip(), where
        assert chinese.strip(), where
        assert places(english) == places(chinese), where


def test_a_refusal_is_said_where_it_is_raised_and_nowhere_else():
    assert not [key for key in CATALOGUES["en"] if re.match(r"error\.|advice\.", key)]
    sentences = {english for english, _, _ in texts() if len(english) > 12}
    assert not sentences & {text for key, text in CATALOGUES["en"].items() if key.startswith("problem.")}
