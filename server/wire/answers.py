"""Outputs as a caller may have them: JSON, CSV, .npy or PNG."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TypeAlias

from PIL import Image

from engine.arrays import Array
from engine.texts import Text
from server.errors import ApiError
from server.images.pixels import to_npy
from server.wire.csv_text import csv_text
from server.wire.frames import levels
from server.wire.json_text import array_pieces, json_text

Outputs: TypeAlias = Mapping[str, Array]
Encode = Callable[[str, Outputs], bytes]


def as_json(operation: str, outputs: Outputs) -> bytes:
    """Return shape and values of each output, and of the first by itself; what is not finite is null."""
    found = {
        name: [b'"shape":', json_text(list(array.shape)), b',"values":', *array_pieces(array)]
        for name, array in outputs.items()
    }
    pieces = [b'{"operation":', json_text(operation), b",", *next(iter(found.values())), b',"outputs":']
    mark = b"{"
    for name, members in found.items():
        pieces += [mark, json_text(name), b":{", *members, b"}"]
        mark = b","
    return b"".join([*pieces, b"}}"])  # once: each copy of so much holds everybody up


def as_csv(operation: str, outputs: Outputs) -> bytes:
    """Return the maps (k, H, W) as rows of numbers, an empty line between two maps."""
    return csv_text(_first(outputs))


def as_npy(operation: str, outputs: Outputs) -> bytes:
    """Return the first output as a .npy file."""
    return to_npy(_first(outputs))


def as_png(operation: str, outputs: Outputs) -> bytes:
    """Return the maps (k, H, W) below one another in grey, each from its least value to its greatest.

    Raises:
        ApiError: there is nothing to show.
    """
    maps = _first(outputs)
    if maps.size == 0:
        raise ApiError(
            422,
            "empty",
            Text(
                "A PNG shows at least one cell; {operation} gives none here.",
                "PNG 至少显示一格；{operation} 在这里没有可显示的格。",
            ),
            "format",
            {"operation": operation},
        )
    buffer = io.BytesIO()
    Image.fromarray(levels(maps).reshape(-1, maps.shape[-1])).save(buffer, "PNG")
    return buffer.getvalue()


def _first(outputs: Outputs) -> Array:
    return next(iter(outputs.values()))


ANSWERS: dict[str, tuple[str, Encode]] = {
    "json": ("application/json", as_json),
    "csv": ("text/csv", as_csv),
    "npy": ("application/octet-stream", as_npy),
    "png": ("image/png", as_png),
}
