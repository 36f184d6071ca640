"""The one law by which a picture becomes an input: cropped, grey or in colour, reduced, edited.

The long side is reduced to ``size`` cells by Pillow's bilinear filter, to whole levels
0..255. It only ever reduces: a picture that is smaller stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from server.images.choice import Choice, Edit
from server.images.flatten import to_rgb
from server.images.picture import Frames, Levels


def pixels(picture: Frames, choice: Choice) -> Levels:
    """Return levels 0..255 of ``picture``, channels first, read-only; nothing is edited yet.

    "rgb" gives three channels (equal ones if the picture is grey), "grey" one, Pillow's
    L = (299 R + 587 G + 114 B) / 1000. The shorter side keeps the aspect, rounded, and at
    least one cell.

    Args:
        picture: the source.
        choice: what of it; it has been checked.

    Returns:
        uint8 array (C, H, W), C being 3 or 1.
    """
    levels = picture.frame(choice.frame)
    if choice.crop is not None:
        y, x, height, width = choice.crop
        levels = levels[y : y + height, x : x + width]
    image = Image.fromarray(levels)
    if choice.color == "grey":
        image = image.convert("L")
    rows, columns = choice.cells(picture)
    if (columns, rows) != image.size:
        image = image.resize((columns, rows), Image.Resampling.BILINEAR)
    levels = np.asarray(image)
    levels = np.moveaxis(to_rgb(levels), 2, 0) if choice.color == "rgb" else levels[np.newaxis]
    result = np.ascontiguousarray(levels)
    result.setflags(write=False)
    return result


def edited(levels: Levels, edits: Sequence[Edit]) -> Levels:
    """Return ``levels`` (C, H, W), read-only, with cells set in every channel; a later edit holds."""
    if not edits:
        return levels
    rows, columns, set_to = np.array(edits).T
    levels = levels.copy()
    levels[:, rows, columns] = set_to
    levels.setflags(write=False)
    return levels


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
