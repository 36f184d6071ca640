"""Tests mirror the code: a module with logic of its own has a test that bears its name.

Logic of its own is ``LEAST`` statements or more in functions, those of classes among them, docstrings
apart: fewer are one call passed on, and all else is data, texts and declarations.
``engine/windows/window.py`` has ``tests/engine/windows/test_window.py``. There are no exceptions.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LEAST = 3
TEST = re.compile(r"^ *(async )?def test_", re.MULTILINE)
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def statements(text: str) -> int:
    """How many statements the functions of a module hold, each once; a lone text or ... is none."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, _FUNCTION)]
    held = {node for function in functions for node in ast.walk(function) if isinstance(node, ast.stmt)}
    return sum(
        not isinstance(node, _FUNCTION)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in held
    )


@cache
def modules() -> list[Path]:
    """Every module of the engine and the service with logic of its own."""
    found = [path for house in ("engine", "server") for path in sorted((ROOT / house).rglob("*.py"))]
    return [
        path.relative_to(ROOT)
        for path in found
        if not path.stem.startswith("__") and statements(path.read_text("utf-8")) >= LEAST
    ]


def namesake(module: Path) -> Path:
    """Where the test that bears a module's name lies."""
    return ROOT / "tests" / module.with_name(f"test_{module.name}")


def test_every_module_has_a_test_that_bears_its_name():
    found = modules()
    assert len(found) > 100, "the measure sees too little"
    assert [module.as_posix() for module in found if not namesake(module).is_file()] == []


def test_what_bears_a_name_tests_something():
    found = filter(Path.is_file, map(namesake, modules()))
    assert [path for path in found if not TEST.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('"""Data."""\nA = 1\nfor b in (1, 2):\n    A += b', 0),
        ('class A:\n    """A."""\n\n    def f(self) -> int:\n        """Say 1."""\n        return 1', 1),
        ("class A(Protocol):\n    def f(self) -> int: ...", 0),
        ("async def f(a):\n    if a:\n        return 1\n    return 2", 3),
        ("def f():\n    def g():\n        return 1\n\n    return g", 2),
    ],
    ids=["data", "method", "protocol", "branches", "inner"],
)
def test_statements_in_functions_are_counted_once(text: str, count: int):
    assert statements(text) == count
