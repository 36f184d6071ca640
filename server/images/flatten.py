"""From whatever mode Pillow decodes to: opaque levels 0..255, grey or RGB, on white."""

from __future__ import annotations

from typing import cast

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile

from server.images.picture import Levels

_GREY = ("1", "L", "LA", "La")
_ALPHA = ("LA", "La", "RGBA", "RGBa", "PA")
# Converted piece by piece, a large picture needs its result and little more.
_STRIP_PIXELS = 1 << 20
# Pillow stretches 2- and 4-bit grey to 0..255 but leaves the transparent level as it stands in the file.
_STRETCH = {"L;2": 85, "L;4": 17, "1": 255}


def flatten(image: ImageFile) -> Levels:
    """Return the frame that ``image`` stands at, as uint8 (H, W) if grey, else (H, W, 3).

    Grey of 16 bits is scaled, 65535 to 255; CMYK is converted as Pillow does; whatever is
    transparent shows white.
    """
    raw_mode = _raw_mode(image)
    stretch = _STRETCH.get(raw_mode, 1)
    image.load()
    clear = _clear_colour(image, stretch)
    if image.mode.startswith("I;16"):
        return _from_16_bits(image, clear)
    # Grey of 16 bits with transparency comes from Pillow as RGBA.
    grey = image.mode in _GREY or raw_mode == "LA;16B"
    shape = (image.height, image.width) if grey else (image.height, image.width, 3)
    levels = np.empty(shape, np.uint8)
    step = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, step):
        bottom = min(top + step, image.height)
        strip = image.crop((0, top, image.width, bottom))
        levels[top:bottom] = _opaque(strip, clear, grey=grey)
    return levels


def to_rgb(levels: Levels) -> Levels:
    """Return grey levels (H, W) as three equal channels (H, W, 3); RGB as it is."""
    return levels if levels.ndim == 3 else np.repeat(levels[:, :, np.newaxis], 3, axis=2)


def _opaque(strip: Image.Image, clear: object, *, grey: bool) -> Levels:
    if clear is not None:
        strip.info["transparency"] = clear
    if strip.mode in _ALPHA or clear is not None:
        seen = strip.convert("RGBA")
        strip = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    return np.asarray(strip.convert("L" if grey else "RGB"))


def _from_16_bits(image: ImageFile, clear: object) -> Levels:
    levels = np.empty((image.height, image.width), np.uint8)
    step = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, step):
        bottom = min(top + step, image.height)
        strip = np.asarray(image.crop((0, top, image.width, bottom))).astype(np.uint32)
        levels[top:bottom] = (strip * 255 + 32767) // 65535
        if isinstance(clear, int):
            levels[top:bottom][strip == clear] = 255
    return levels


def _raw_mode(image: ImageFile) -> str:
    args = image.tile[0].args if image.tile else None
    return args if isinstance(args, str) else str(args[0]) if args else ""


def _clear_colour(image: ImageFile, stretch: int) -> object:
    """Return the level, colour or palette entries that count as transparent, if any."""
    clear = cast("object", image.info.get("transparency"))
    if isinstance(clear, int) and image.mode in ("1", "L"):
        # Of 16-bit files Pillow keeps the high byte of the pixels, but all of this number.
        return min(clear * stretch, 255)
    if isinstance(clear, tuple):
        parts = cast("tuple[int, ...]", clear)
        return tuple(part >> 8 for part in parts) if max(parts) > 255 else parts
    return clear
