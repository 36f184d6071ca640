"""The one law by which a picture becomes an input: reduced, and grey or in colour.

The long side is reduced to ``size`` cells by Pillow's bilinear filter, to whole levels
0..255. It only ever reduces: a picture that is smaller stays as it is.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from server.errors import ApiError
from server.images.flatten import to_rgb
from server.images.picture import Levels, Picture

COLORS = ("rgb", "grey")
DEFAULT_SIZE = 320
MAX_SIZE = 4096


def reduced_size(width: int, height: int, size: int) -> tuple[int, int]:
    """Return (width, height) in cells of a picture whose long side shall be ``size`` at most."""
    longest = max(width, height)
    if size >= longest:
        return width, height
    return max(1, round(width * size / longest)), max(1, round(height * size / longest))


def check_choice(
    picture: Picture, size: int, color: str, frame: int, max_size: int = MAX_SIZE, prefix: str = ""
) -> None:
    """Refuse what ``pixels`` cannot be asked of ``picture``.

    Args:
        picture: whose pixels are wanted.
        size: the long side in cells.
        color: "rgb" or "grey".
        frame: which frame, from 0.
        max_size: the largest ``size``.
        prefix: what stands before the field's name in the error, such as "input.".

    Raises:
        ApiError: 422, with the field and what is allowed.
    """
    if not 1 <= size <= max_size:
        raise _outside(prefix + "size", size, 1, max_size, "cells on the long side")
    if color not in COLORS:
        message = f"{prefix}color must be one of: {', '.join(COLORS)}."
        raise ApiError(422, "unknown_choice", message, prefix + "color", {"choices": COLORS})
    last = len(picture.frames) - 1
    if not 0 <= frame <= last:
        raise _outside(prefix + "frame", frame, 0, last, "counted from 0")


def pixels(picture: Picture, size: int = DEFAULT_SIZE, color: str = "rgb", frame: int = 0) -> Levels:
    """Return levels 0..255 of ``picture``, channels first, read-only.

    Args:
        picture: the source.
        size: cells on the long side, at most; the other side keeps the aspect, rounded, and
            at least one cell.
        color: "rgb" gives three channels (equal ones if the picture is grey), "grey" one,
            Pillow's L = (299 R + 587 G + 114 B) / 1000.
        frame: which frame of an animation, from 0.

    Returns:
        uint8 array (C, H, W), C being 3 or 1.

    Raises:
        ApiError: 422, as ``check_choice`` does.
    """
    check_choice(picture, size, color, frame)
    image = Image.fromarray(picture.frames[frame])
    if color == "grey":
        image = image.convert("L")
    wanted = reduced_size(picture.width, picture.height, size)
    if wanted != image.size:
        image = image.resize(wanted, Image.Resampling.BILINEAR)
    levels = np.asarray(image)
    levels = np.moveaxis(to_rgb(levels), 2, 0) if color == "rgb" else levels[np.newaxis]
    result = np.ascontiguousarray(levels)
    result.setflags(write=False)
    return result


def to_png(levels: Levels) -> bytes:
    """Return a PNG file of ``levels`` (1, H, W) or (3, H, W)."""
    image = Image.fromarray(levels[0] if len(levels) == 1 else np.moveaxis(levels, 0, 2))
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def to_npy(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> bytes:
    """Return ``array`` as a NumPy .npy file, shape and kind kept."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _outside(field: str, value: int, low: int, high: int, what: str) -> ApiError:
    message = f"{field} is {value:,}; it must be from {low:,} to {high:,} ({what})."
    return ApiError(422, "out_of_range", message, field, {"value": value, "min": low, "max": high})
