"""CSV made piece by piece, as JSON is: see ``server.wire.json_text``.

A line holds a row of a map, an empty line stands between two maps. A number is the shortest text that
gives it back in its own type, a whole number its digits alone; what is not finite is ``nan``, ``inf``
or ``-inf``, which NumPy, pandas, R and ``float`` read (were it left out, a row of one cell would be
an empty line).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.arrays import Array
from server.wire.json_text import AT_ONCE

_IN_DIGITS = 1e16
"""From here on whole numbers too have an exponent, as NumPy and Python write them."""


def csv_text(maps: Array) -> bytes:
    """Return maps (k, H, W) as rows of numbers."""
    return b"".join(piece.encode() for piece in _pieces(maps))


def _pieces(maps: Array) -> Iterator[str]:
    if maps.size == 0:
        return
    width = maps.shape[2]
    step = max(AT_ONCE // width, 1)
    for number, one in enumerate(maps):
        if number:
            yield "\n"
        for first in range(0, len(one), step):
            rows = one[first : first + step]
            texts = [text for part in _parts(rows.ravel()) for text in _texts(part)]
            yield "".join(
                ",".join(texts[begin : begin + width]) + "\n" for begin in range(0, len(texts), width)
            )


def _parts(numbers: Array) -> Iterator[Array]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]


def _texts(numbers: Array) -> list[str]:
    if numbers.dtype.kind in "iu":
        return [str(number) for number in numbers.tolist()]
    with np.errstate(invalid="ignore"):
        whole = (np.rint(numbers) == numbers) & (np.abs(numbers) < _IN_DIGITS)
    digits = [str(number) for number in numbers[whole].astype(np.int64).tolist()]
    if len(digits) == len(numbers):
        return digits
    texts: list[str] = numbers.astype("U32").tolist()
    for place, text in zip(np.flatnonzero(whole).tolist(), digits, strict=True):
        texts[place] = text
    return texts
