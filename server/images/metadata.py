"""What is taken from a file's metadata, which is its orientation alone.

EXIF is read here rather than by Pillow, whose reader warns and raises in a dozen ways at
mutated data; this one says "upright" of whatever it cannot read.
"""

from __future__ import annotations

import struct

import numpy as np

from server.images.picture import Levels

_ORIENTATION = 0x0112
_SHORT = 3
_EXIF = b"Exif\x00\x00"
_SOI = b"\xff\xd8"


def orientation_of(exif: object) -> int:
    """Return the EXIF orientation, 1 to 8, that ``exif`` (an EXIF block) tells; 1 if none.

    Source: CIPA DC-008 (Exif 3.0), 4.6.2 and the TIFF 6.0 directory it stands in.
    """
    if not isinstance(exif, bytes):
        return 1
    tiff = exif.removeprefix(_EXIF)
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == _ORIENTATION:
                return value if kind == _SHORT and 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def without_metadata(jpeg: bytes) -> tuple[bytes, int]:
    """Return a JPEG file without its metadata segments, and the orientation they told.

    Only the segments that change how pixels are decoded stay: JFIF (APP0) and Adobe
    (APP14). What follows a byte that is no marker is left as it is, for the decoder to
    judge.
    """
    kept = [_SOI]
    orientation, found = 1, False
    at = 2
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg):
        marker = jpeg[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in (0x00, 0x01, 0xDA) or 0xD0 <= marker <= 0xD9:
            break
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        segment = jpeg[at + 4 : end]
        if marker == 0xE1 and segment.startswith(_EXIF) and not found:
            orientation, found = orientation_of(segment), True
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]]), orientation


def upright(levels: Levels, orientation: int) -> Levels:
    """Return ``levels`` (H, W) or (H, W, 3) as they are to be seen; 5 to 8 swap H and W."""
    if orientation in (5, 6, 7, 8):
        levels = levels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        levels = levels[::-1]
    if orientation in (2, 3, 6, 7):
        levels = levels[:, ::-1]
    return np.ascontiguousarray(levels)
