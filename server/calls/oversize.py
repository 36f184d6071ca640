"""What to make smaller, where a call is larger than the limits in force."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from engine.arrays import Shape
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError, LimitError
from engine.limits import Limits
from engine.texts import Text, fill

_MIB = 2**20
_IN_MIB = Text(
    " ({asked_mib} MiB; {max_mib} MiB are allowed).", "（{asked_mib} MiB，最多允许 {max_mib} MiB）。"
)
_SMALL = 16
"""An input this many times smaller than the limit is not what is too much."""


def advise(
    error: ConvscopeError,
    operation: Operation,
    shapes: Mapping[str, Shape],
    params: Mapping[str, object],
    limits: Limits,
) -> None:
    """Let ``error`` name the input or the parameters, where it can be known which of them is too much.

    Memory is told in MiB too. Errors that are of no limit, or name a field already, stay as they are.
    """
    if not isinstance(error, LimitError):
        return
    if error.field is None:
        error.field = _culprit(error, operation, shapes, params, limits)
    if error.code == "limit_bytes":
        asked, most = (round(int(str(error.values[name])) / _MIB, 1) for name in ("asked", "max"))
        error.values |= {"asked_mib": asked, "max_mib": most}
        error.text = Text(
            error.text.en.removesuffix(".") + _IN_MIB.en, error.text.zh.removesuffix("。") + _IN_MIB.zh
        )
    smaller = f"make {error.field or 'the input or the output'} smaller"
    if error.field == "params":
        smaller = "let params ask for a smaller output"
    # A page has the error's advice for this, which names what stands on it.
    error.message = f"{fill(error.text.en, error.values).removesuffix('.')}; {smaller}."


def _culprit(
    error: LimitError,
    operation: Operation,
    shapes: Mapping[str, Shape],
    params: Mapping[str, object],
    limits: Limits,
) -> str | None:
    """Return the first input's name if it is too large by itself or with every parameter left out."""
    first = operation.inputs[0].name
    own = {
        "cells": prod(shapes[first]),
        "bytes": 4 * prod(shapes[first]),
        "table": max(shapes[first], default=0),
    }
    name = error.code.removeprefix("limit_")
    if own.get(name, 0) > limits.upper(name):
        return first
    if not params:
        return first if set(shapes) == {first} else None
    if name == "table":
        return "params"
    try:
        operation.plan(shapes, {}, limits)
    except LimitError:
        return first if set(shapes) == {first} else None
    except ConvscopeError:  # some parameter has no default
        return "params" if own.get(name, 0) * _SMALL < limits.upper(name) else None
    return "params"
