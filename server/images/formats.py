"""The five file formats taken, told apart by their first bytes and never by a name."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TypeAlias

from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

Size: TypeAlias = "tuple[int, int]"

ACCEPTED = "PNG, JPEG, WebP, GIF and BMP"

# The classes themselves and not Image.open, which would try other openers, turn some
# JPEGs into several pictures (MPO), and only warn of what is too large.
OPENERS: Mapping[str, Callable[[BytesIO], ImageFile]] = {
    "png": PngImageFile,
    "jpeg": JpegImageFile,
    "webp": WebPImageFile,
    "gif": GifImageFile,
    "bmp": BmpImageFile,
}


def format_of(data: bytes) -> str | None:
    """Return the key into OPENERS that ``data`` belongs to, or None."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "bmp" if data.startswith(b"BM") else None


def announced_size(name: str, data: bytes, frames: int) -> Size | None:
    """Return (width, height) where Pillow fills memory before it can be asked for it.

    That is WebP, whose decoder takes the canvas when it is made, and GIF, whose frames may
    be larger than the screen it announces; None for the other formats.

    Args:
        name: key into OPENERS.
        data: the file.
        frames: how many frames of an animation will be looked at.

    Raises:
        struct.error, IndexError, ValueError: the header is cut short or wrong.
    """
    if name == "webp":
        return _webp_canvas(data)
    return _gif_canvas(data, frames) if name == "gif" else None


def _webp_canvas(data: bytes) -> Size:
    """Source: RFC 9649, section 2 (containers), and RFC 6386, section 9.1."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        wide, high = data[24:27], data[27:30]
        if len(high) < 3:
            raise ValueError("cut short")
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8L" and data[20:21] == b"\x2f":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    raise ValueError("not a WebP header")


def _gif_canvas(data: bytes, frames: int) -> Size:
    """Source: GIF89a specification, sections 17 to 26."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _palette_bytes(flags)
    while frames and at < len(data) and data[at] != 0x3B:
        if data[at] == 0x21:
            at = _after_blocks(data, at + 2)
        elif data[at] == 0x2C:
            x, y, w, h, flags = struct.unpack_from("<HHHHB", data, at + 1)
            width, height = max(width, x + w), max(height, y + h)
            at = _after_blocks(data, at + 11 + _palette_bytes(flags))
            frames -= 1
        else:
            at += 1
    return width, height


def _palette_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
