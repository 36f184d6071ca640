"""Networks know the engine, NumPy and the standard library; operations do not know networks."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[3] / "engine"


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


def test_networks_import_the_engine_numpy_and_the_standard_library():
    files = sorted((ENGINE / "network").glob("*.py"))
    assert len(files) > 10
    tops = {name.partition(".")[0] for path in files for name in imported(path)}
    assert tops <= {"engine", "numpy", *sys.stdlib_module_names}
    assert not tops & {"pickle", "shelve", "marshal", "socket", "subprocess", "http"}


def test_networks_know_operations_by_registry_alone():
    for path in (ENGINE / "network").glob("*.py"):
        assert not [name for name in imported(path) if name.startswith("engine.operations")]


def test_only_architectures_and_training_know_networks():
    above = {ENGINE / name for name in ("network", "architectures", "training")}
    others = [path for path in ENGINE.rglob("*.py") if not above & set(path.parents)]
    assert len(others) > 20
    assert not [path for path in others for name in imported(path) if name.startswith("engine.network")]
