"""Maps as a caller may have them: JSON, .npy or PNG."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import numpy as np
from PIL import Image

from engine.arrays import Array
from server.frames import levels

Encode = Callable[[str, Array], bytes]


def as_json(operation: str, maps: Array) -> bytes:
    """Return shape and values; what is not finite is null."""
    values: object = maps.tolist()
    finite = np.isfinite(maps)
    if not finite.all():
        holed = maps.astype(object)
        holed[~finite] = None
        values = holed.tolist()
    output = {"shape": list(maps.shape), "values": values}
    return json.dumps(
        {"operation": operation, **output, "outputs": {"output": output}}, separators=(",", ":")
    ).encode()


def as_npy(operation: str, maps: Array) -> bytes:
    """Return the maps as a .npy file, shape (k, H, W)."""
    buffer = io.BytesIO()
    np.save(buffer, maps, allow_pickle=False)
    return buffer.getvalue()


def as_png(operation: str, maps: Array) -> bytes:
    """Return the maps below one another in grey, each from its least value to its greatest."""
    buffer = io.BytesIO()
    Image.fromarray(levels(maps).reshape(-1, maps.shape[-1])).save(buffer, "PNG")
    return buffer.getvalue()


ANSWERS: dict[str, tuple[str, Encode]] = {
    "json": ("application/json", as_json),
    "npy": ("application/octet-stream", as_npy),
    "png": ("image/png", as_png),
}
