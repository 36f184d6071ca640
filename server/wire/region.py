"""A part of a map, as a wish names it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.texts import Text
from server.errors import ApiError


def cells_of(region: Sequence[int], rows: int, columns: int) -> tuple[slice, slice]:
    """Return the rows and columns of ``region``, [y, x, height, width], in a map of so many.

    Raises:
        ApiError: it is empty, or reaches beyond the map.
    """
    y, x, height, width = region
    if height < 1 or width < 1 or y + height > rows or x + width > columns:
        raise ApiError(
            422,
            "region",
            Text(
                "region must be [y, x, height, width] of at least one cell within {height} x {width}.",
                "区域（region）须为 [y, x, 高, 宽]，在 {height} × {width} 格之内，且至少包含一格。",
            ),
            "region",
            {"height": rows, "width": columns},
        )
    return slice(y, y + height), slice(x, x + width)
