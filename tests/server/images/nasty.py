"""Files such as strangers send: whole, odd, cut short and hostile. Made here, kept nowhere."""

import io
import struct
import zlib

import numpy as np
from PIL import Image


def photo(width=64, height=48, seed=1):
    """A smooth RGB picture, so that lossy formats keep it nearly as it is."""
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(x / (5 + k) + k) + np.cos(y / (7 - k) + seed) for k in range(3)]
    return Image.fromarray(np.uint8(np.stack(waves, 2) * 60 + 128), "RGB")


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, colour, rows=b"", extra=b""):
    """A PNG from its parts; ``rows`` are the filtered rows, not yet compressed."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def png_rows(levels):
    """Unfiltered rows of a (H, W) or (H, W, C) array in PNG's byte order."""
    big = levels.astype(levels.dtype.newbyteorder(">"))
    return b"".join(b"\x00" + row.tobytes() for row in big)


def png_bomb(side=9459):
    """A PNG of about 10 KB that unfolds to ``side`` x ``side`` pixels of one bit."""
    return png(side, side, 1, 0, b"\x00" * ((side + 7) // 8 + 1) * side)


def exif(orientation, order="<", kind=3):
    """An EXIF block with one entry, the orientation."""
    start = {"<": b"II*\x00", ">": b"MM\x00*"}[order]
    entry = struct.pack(f"{order}HHIHH", 0x0112, kind, 1, orientation, 0)
    return b"Exif\x00\x00" + start + struct.pack(f"{order}IH", 8, 1) + entry + b"\x00" * 4


def with_exif(image, kind, block, **options):
    return saved(image, kind, exif=block, **options)


def gif_block(data):
    return bytes([len(data)]) + data + b"\x00"


def gif_frame(x, y, width, height, dispose=0):
    """A frame whose picture data is only begun."""
    control = b"!\xf9\x04" + bytes([dispose << 2, 0, 0, 0]) + b"\x00"
    return control + b"," + struct.pack("<HHHHB", x, y, width, height, 0) + b"\x02" + gif_block(b"\x44\x01")


def gif(width, height, frames):
    palette = bytes(range(12))
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x81, 0, 0) + palette + frames + b";"


def webp_header(width, height):
    """The beginning of a WebP file that announces this canvas."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bmp_header(width, height):
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + info
