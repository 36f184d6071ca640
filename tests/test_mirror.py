"""Tests mirror the code: a module with logic of its own has a test that bears its name.

Logic of its own is that functions of the module, those of classes among them, hold at least three
statements that are no docstring; what is less is data, texts, declarations, or one call passed on.
``engine/windows/window.py`` has ``tests/engine/windows/test_window.py``, and a test that bears a name has
something to bear it for.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LEAST = 3
"""Statements in functions; with fewer there is nothing to be wrong that its users' tests do not meet."""
EXCEPTIONS: dict[str, str] = {}
"""Modules without a test of their name, and why. The list may only shrink."""


def statements(text: str) -> int:
    """How many statements stand in the functions of a module, docstrings and inner definitions apart."""
    functions = (
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return sum(_counted(part) for function in functions for part in function.body)


def _counted(statement: ast.stmt) -> int:
    """How many statements this one is, but for functions in it, which are counted by themselves."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return 0
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return 0
    inner = (part for part in ast.iter_child_nodes(statement))
    return 1 + sum(_below(part) for part in inner)


def _below(node: ast.AST) -> int:
    if isinstance(node, ast.stmt):
        return _counted(node)
    return sum(_below(part) for part in ast.iter_child_nodes(node))


def modules() -> list[Path]:
    """Every module of the engine and the service with logic of its own."""
    found = (path for house in ("engine", "server") for path in sorted((ROOT / house).rglob("*.py")))
    return [
        path.relative_to(ROOT)
        for path in found
        if not path.stem.startswith("__") and statements(path.read_text("utf-8")) >= LEAST
    ]


MODULES = modules()


def test_of(module: Path) -> Path:
    """Where the test of a module lies."""
    return ROOT / "tests" / module.with_name(f"test_{module.name}")


test_of.__test__ = False  # pyright: ignore[reportFunctionMemberAccess]
