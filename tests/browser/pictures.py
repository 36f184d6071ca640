"""Files to upload: good ones, and such as must be refused."""

from __future__ import annotations

import io
import random

import numpy as np
from PIL import Image, ImageDraw

ORIENTATION = 0x0112


def photo(width: int = 200, height: int = 120, seed: int = 1) -> Image.Image:
    """Return a picture with edges, slopes and noise, no two sides alike."""
    noise = np.random.default_rng(seed).integers(0, 40, (height, width, 3))
    slope = np.linspace(0, 200, width)[None, :, None] * [1, 0.6, 0.3]
    image = Image.fromarray((noise + slope).astype(np.uint8))
    ImageDraw.Draw(image).ellipse((20, 10, 90, 70), fill=(250, 120, 10))
    return image


def jpeg(orientation: int = 1, **size: int) -> bytes:
    """Return a JPEG whose EXIF says how it has to be turned."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    file = io.BytesIO()
    photo(**size).save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()


def png(**size: int) -> bytes:
    """Return a PNG."""
    file = io.BytesIO()
    photo(**size).save(file, "PNG")
    return file.getvalue()


def gif(frames: int = 3) -> bytes:
    """Return an animation."""
    file = io.BytesIO()
    first, *rest = (photo(60, 40, seed).quantize(32) for seed in range(frames))
    first.save(file, "GIF", save_all=True, append_images=rest, duration=100, optimize=False)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
TRUNCATED = jpeg()[:1500]
TOO_LARGE = png() + random.Random(3).randbytes(20_000_001)
