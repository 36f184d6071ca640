"""Every error that can be said has a sentence in both languages."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CATALOGUES = {
    language: json.loads((ROOT / "static" / "messages" / f"{language}.json").read_text("utf-8"))
    for language in ("en", "zh")
}
ERRORS = {"ConvscopeError", "ParameterError", "ShapeError", "LimitError", "UnknownName", "ApiError"}


def error_codes():
    """Yield (code, place) of every error built with a literal code."""
    for path in sorted([*(ROOT / "engine").rglob("*.py"), *(ROOT / "server").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in ERRORS | {"refuse"}:
                continue
            for argument in node.args[:2]:
                code = argument.value if isinstance(argument, ast.Constant) else None
                if isinstance(code, str) and re.fullmatch(r"[a-z_]+", code):
                    yield code, f"{path.name}:{node.lineno}"
                    break


def test_both_catalogues_have_the_same_keys():
    assert set(CATALOGUES["en"]) == set(CATALOGUES["zh"])


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_message_is_empty_and_placeholders_agree(language):
    for key, message in CATALOGUES[language].items():
        assert message.strip(), key
        names = set(re.findall(r"\{(\w+)\}", message))
        assert names == set(re.findall(r"\{(\w+)\}", CATALOGUES["en"][key])), key


def test_every_error_code_has_a_message():
    codes = dict(error_codes())
    assert len(codes) > 25
    missing = {code: place for code, place in codes.items() if f"error.{code}" not in CATALOGUES["en"]}
    assert not missing
