"""Weights as callers write them: numbers, names, or numbers with a divisor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from engine.arrays import Array
from engine.kernels import kernel
from engine.texts import Text
from server.errors import ApiError
from server.wire.numbers import numbers

FIELD = "weights"


def kernel_inputs(weights: object, names_refused: Text | None = None) -> dict[str, object]:
    """Return the engine's inputs ``weight`` and, where there is one, ``divisor``.

    ``weights`` is a nested list; a kernel's name; a list of names and 2-D lists, all of
    one size; or {values: any of these, divisor: one number or one per kernel}.
    ``names_refused`` says why names are not taken, where they are not.

    Raises:
        UnknownName: no kernel bears a name given.
        ApiError: 422, saying what is allowed.
    """
    if isinstance(weights, Mapping):
        given = cast("Mapping[str, object]", weights)
        if "values" not in given or not set(given) <= {"values", "divisor"}:
            raise _refusal(_OBJECT)
        inputs = kernel_inputs(given["values"], names_refused)
        if given.get("divisor") is not None:
            inputs["divisor"] = numbers(given["divisor"], f"{FIELD}.divisor")
        return inputs
    items = cast("list[object]", weights) if isinstance(weights, list) else []
    if names_refused is not None and (isinstance(weights, str) or any(isinstance(i, str) for i in items)):
        raise _refusal(names_refused)
    if isinstance(weights, str):
        named = kernel(weights)
        return _named(named.values, None if named.divisor == 1 else named.divisor)
    if any(isinstance(item, str) for item in items):
        return _mixed(items)
    return {"weight": numbers(cast("object", weights), FIELD)}


def _mixed(items: Sequence[object]) -> dict[str, object]:
    banks: list[Array] = []
    divisors: list[int] = []
    for item in items:
        named = kernel(item) if isinstance(item, str) else None
        banks.append(numbers(item, FIELD) if named is None else named.values)
        divisors.append(1 if named is None else named.divisor)
    if {bank.ndim for bank in banks} != {2} or len({bank.shape for bank in banks}) > 1:
        raise _refusal(_ONE_SIZE)
    return _named(np.stack(banks), None if set(divisors) == {1} else divisors)


def _named(weight: Array, divisor: object) -> dict[str, object]:
    inputs: dict[str, object] = {"weight": weight}
    if divisor is not None:
        inputs["divisor"] = divisor
    return inputs


_WEIGHTS = Text("weights: {allowed}.", "weights：{allowed}。")
_OBJECT = Text(
    "as an object it must have values, and may have divisor, and nothing else",
    "作为对象须有 values，可有 divisor，别无其他",
)
_ONE_SIZE = Text(
    "a list with names in it must hold kernels of one size, each a name or a 2-D list",
    "含有名称的列表中，所有卷积核的大小必须相同，各为名称或二维列表",
)


def _refusal(allowed: Text) -> ApiError:
    return ApiError(422, "weights", _WEIGHTS.put(allowed=allowed), FIELD)
