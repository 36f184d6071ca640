"""The registry: every operation, found by looking into engine/operations.

What an operation is, is loaded with the first that is asked for: ``import engine`` alone costs nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from engine.refusals import unknown
from engine.texts import Text

if TYPE_CHECKING:
    from engine.declaration import Operation


@cache
def _registry() -> dict[str, Operation]:
    from engine.declaration import Operation  # noqa: PLC0415 (see above)

    package = importlib.import_module("engine.operations")
    found: dict[str, Operation] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__, f"{package.__name__}.")):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, Operation):
                found[thing.name] = thing
    return found


def all_operations() -> list[Operation]:
    """Return all operations, family by family: on pictures, signals, volumes; what is basic first."""
    return sorted(_registry().values(), key=_place)


def _place(operation: Operation) -> tuple[int, bool, int, bool]:
    dims = 2 if operation.dims is None else operation.dims
    return operation.family.place, dims != 2, dims, not operation.basic


def operation(name: str) -> Operation:
    """Return the operation called ``name``.

    Raises:
        UnknownName: if there is none; the message lists those there are.
    """
    found = _registry().get(name)
    if found is None:
        raise unknown("unknown_operation", Text("operation", "运算"), name, list(_registry()), "operation")
    return found


@contextmanager
def registered(extra: Operation) -> Generator[Operation, None, None]:
    """Have one more operation while the context lasts, as if its file lay among the others."""
    known = _registry()
    before = dict(known)
    known[extra.name] = extra
    try:
        yield extra
    finally:
        known.clear()
        known.update(before)
