"""JSON made piece by piece, so that the event loop has its turns meanwhile.

NumPy and json keep the interpreter for the whole of one call: a million numbers at once would
stop every other request for a second. A few thousand take a millisecond or two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

import numpy as np

from engine.arrays import Array

AT_ONCE = 2048
"""Numbers, or so, that are made into text without a pause."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def json_text(value: object) -> bytes:
    """Return JSON-ready data as text in UTF-8; its long lists and objects in pieces."""
    return b"".join(piece.encode() for piece in _pieces(value))


def array_pieces(array: Array) -> list[bytes]:
    """Return an array as nested lists, to be joined; what is not finite is null."""
    return [piece.encode() for piece in _rows(array)]


def _pieces(value: object) -> Iterator[str]:
    if _weight(value) <= AT_ONCE:
        yield _encode(value)
    elif isinstance(value, Mapping):
        mark = "{"
        for name, item in cast("Mapping[str, object]", value).items():
            yield f"{mark}{_encode(name)}:"
            yield from _pieces(item)
            mark = ","
        yield "}"
    else:
        items = cast("list[object]", value)
        each = max(map(_weight, items[:1]), default=1)
        step = AT_ONCE // each
        mark = "["
        for first in range(0, len(items), max(step, 1)):
            yield mark
            if step > 1:
                yield _encode(items[first : first + step])[1:-1]
            else:
                yield from _pieces(items[first])
            mark = ","
        yield "]"


def _weight(value: object) -> int:
    """Return about how many numbers ``value`` holds; the items of a list are taken to be alike."""
    if isinstance(value, Mapping):
        return 1 + sum(map(_weight, cast("Mapping[str, object]", value).values()))
    if isinstance(value, list):
        items = cast("list[object]", value)
        return 1 + len(items) * _weight(items[0]) if items else 1
    return 1


def _rows(array: Array) -> Iterator[str]:
    if array.size <= AT_ONCE:
        yield _encode(_values(array))
        return
    step = AT_ONCE * len(array) // array.size
    mark = "["
    for first in range(0, len(array), max(step, 1)):
        yield mark
        if step > 1:
            yield _encode(_values(array[first : first + step]))[1:-1]
        else:
            yield from _rows(array[first])
        mark = ","
    yield "]"


def _values(array: Array) -> object:
    finite = np.isfinite(array)
    if finite.all():
        return array.tolist()
    holed = array.astype(object)
    holed[~finite] = None
    return holed.tolist()
