"""Numbers out of JSON, as arrays the engine takes."""

from __future__ import annotations

import numpy as np

from engine.arrays import Array, as_numbers
from engine.texts import Text
from server.errors import ApiError


def numbers(given: object, field: str) -> Array:
    """Return nested lists as whole numbers, or as float32.

    Raises:
        ConvscopeError: if they are ragged or not numbers.
        ApiError: if a number is beyond float32.
    """
    array = as_numbers(given, field)
    if array.dtype != np.float64:
        return array
    with np.errstate(over="ignore"):
        single = array.astype(np.float32)
    if not np.isfinite(single).all():
        raise ApiError(
            422,
            "not_finite",
            Text(
                "{name} must hold numbers within float32: from -3.4e38 to 3.4e38.",
                "{name} 的数值须在 float32 范围内：−3.4e38 到 3.4e38。",
            ),
            field,
            {"name": field},
        )
    return single
