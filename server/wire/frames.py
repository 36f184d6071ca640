"""Binary frames: maps as bytes, with a small JSON header.

Layout: header length (4 bytes, little-endian), header (UTF-8 JSON, padded with spaces
so that the payload starts at a multiple of 4), payload: the maps one after another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array

DType: TypeAlias = Literal["uint8", "float32"]


def encode_frame(header: Mapping[str, object], payload: bytes | memoryview) -> bytes:
    """Return one frame; ``header`` must be JSON-ready."""
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(4 + len(text)) % 4)
    return b"".join((len(text).to_bytes(4, "little"), text, payload))


def map_frame(maps: Array, channels: Sequence[int], dtype: DType = "uint8", **header: object) -> bytes:
    """Return the frame of ``maps``, shape (k, H, W), which are the channels numbered ``channels``."""
    ends = [_ends(one) for one in maps]
    body = levels(maps, ends) if dtype == "uint8" else np.ascontiguousarray(maps, dtype=np.float32)
    return encode_frame(
        {
            **header,
            "channels": list(channels),
            "height": maps.shape[1],
            "width": maps.shape[2],
            "dtype": dtype,
            "min": [low for low, _ in ends],
            "max": [high for _, high in ends],
        },
        body.data,
    )


def level_frame(whole: NDArray[np.uint8], **header: object) -> bytes:
    """Return the frame of whole levels, shape (k, H, W), just as they are: level q is q."""
    count, height, width = whole.shape
    said = {
        **header,
        "channels": list(range(count)),
        "height": height,
        "width": width,
        "dtype": "uint8",
        "min": [0] * count,
        "max": [255] * count,
    }
    return encode_frame(said, whole.data)


def levels(maps: Array, ends: Sequence[tuple[float, float]] | None = None) -> NDArray[np.uint8]:
    """Return maps (k, H, W) as 8-bit levels between each map's own least and greatest value.

    Level q stands for min + q (max - min) / 255; a constant map is all 0. What is not
    finite counts for neither end: NaN and minus infinity become 0, plus infinity 255.
    """
    out = np.empty(maps.shape, np.uint8)
    for place, one in enumerate(maps):
        low, high = _ends(one) if ends is None else ends[place]
        _levels(one, low, high, out[place])
    return out


def _ends(one: Array) -> tuple[float, float]:
    if one.size == 0:
        return 0.0, 0.0
    low, high = float(one.min()), float(one.max())
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    finite = one[np.isfinite(one)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def _levels(one: Array, low: float, high: float, out: NDArray[np.uint8]) -> None:
    if one.dtype == np.uint8 and (low, high) == (0, 255):
        out[...] = one
        return
    span = high - low
    if span == 0 or not np.isfinite(span):
        out[...] = 0
        return
    # float32 where neither its greatest nor its least numbers are near.
    safe = one.dtype == np.float32 and 1e-30 < span < 1e37
    scaled = one.astype(np.float32 if safe else np.float64)
    with np.errstate(invalid="ignore"):
        scaled -= low
        scaled *= 255 / span
        scaled += 0.5
    if not np.isfinite(one).all():
        scaled = np.clip(np.nan_to_num(scaled, nan=0, posinf=255, neginf=0), 0, 255)
    np.copyto(out, scaled, casting="unsafe")
