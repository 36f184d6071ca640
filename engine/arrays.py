"""What counts as a number here, and which types hold whole numbers exactly."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import ParameterError
from engine.texts import Text

Number: TypeAlias = "np.integer | np.floating"
Array: TypeAlias = "NDArray[Number]"
Float: TypeAlias = "NDArray[np.floating]"
Indices: TypeAlias = "NDArray[np.intp]"
Shape: TypeAlias = "tuple[int, ...]"

EXACT_IN_SINGLE = 2**24
"""Up to here float32 holds every whole number."""
_FEW, _PART = 2**10, 2**18


def as_numbers(given: object, name: str) -> Array:
    """Return ``given`` as an array of integers, float32 or float64.

    Raises:
        ParameterError: if it is ragged, or anything but real numbers.
    """
    try:
        array = np.asarray(given)
    except (ValueError, OverflowError):
        array = np.empty(0, object)
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    if array.dtype == np.bool_:
        array = array.astype(np.uint8)
    if array.dtype.kind not in "iuf" or array.dtype.itemsize > 8:
        raise ParameterError(
            "not_numbers",
            Text(
                "{name} must be real numbers in a regular grid: every row as long as the first.",
                "{name} 须为排成规则网格的实数：每行与第一行一样长。",
            ),
            field=name,
            values={"name": name},
        )
    return array


def is_whole(array: Array) -> bool:
    """Tell whether every entry is an integer (and so finite)."""
    if array.dtype.kind in "iu":
        return True
    cells = array.reshape(-1)
    first = 0
    with np.errstate(invalid="ignore"):
        # Most arrays of other numbers show it at once, so the first part is a small one.
        for past in (_FEW, *range(_PART, cells.size, _PART), cells.size):
            part = cells[first:past]
            if not (np.all(np.rint(part) == part) and np.all(np.isfinite(part))):
                return False
            first = past
    return True


def largest(array: Array) -> float:
    """Return the largest magnitude, 0 for an empty array."""
    if array.size == 0:
        return 0.0
    return max(abs(float(array.max())), abs(float(array.min())))


def float_for(array: Array, terms: int = 1) -> np.dtype[np.floating]:
    """Return the float type that holds sums of up to ``terms`` of these numbers.

    Floats keep their type; whole numbers take float32 if it holds every sum exactly, else float64.
    """
    if array.dtype.kind == "f":
        return np.dtype(np.float64 if array.dtype == np.float64 else np.float32)
    most = np.iinfo(array.dtype.name).max if array.dtype.itemsize == 1 else largest(array)
    return np.dtype(np.float32 if most * terms <= EXACT_IN_SINGLE else np.float64)
