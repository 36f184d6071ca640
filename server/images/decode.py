"""From an uploaded file to levels: bounded before anything is unfolded, and upright.

Everything here runs in a worker thread, never on the event loop.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL.ImageFile import ImageFile

from engine.texts import Text
from server.errors import ApiError
from server.images.flatten import flatten, to_rgb
from server.images.formats import ACCEPTED, OPENERS, announced_size, format_of
from server.images.metadata import orientation_of, upright, without_metadata
from server.images.picture import Levels, Picture

# What Pillow warns of (sizes, odd chunks) is checked here or does not matter.
warnings.filterwarnings("ignore", module=r"PIL\.")


def decode(data: bytes, max_pixels: int = 40_000_000, max_frames: int = 64) -> Picture:
    """Return the picture that a PNG, JPEG, WebP, GIF or BMP file holds.

    EXIF orientation is applied, all metadata dropped, transparency laid on white. Grey
    files give one channel, all others three; 16-bit levels are scaled to 0..255. Of an
    animation the first ``max_frames`` frames are kept, fewer if together they would hold
    more than ``max_pixels`` pixels, but at least the first.

    Args:
        data: the file's bytes.
        max_pixels: most pixels, width times height, that one frame may have.
        max_frames: most frames kept.

    Raises:
        ApiError: 415 ``unsupported_format``; 422 ``too_many_pixels`` before any pixel is
            decoded; 422 ``corrupt_image`` for whatever else cannot be decoded.
    """
    name = format_of(data)
    if name is None:
        raise ApiError(
            415,
            "unsupported_format",
            Text(
                "The file is not a picture of a format taken here; these are: {accepted}.",
                "不支持这种文件；可用的图片格式：{accepted}。",
            ),
            "file",
            {"accepted": ACCEPTED},
        )
    try:
        return _decode(name, data, max_pixels, max_frames)
    except (ApiError, MemoryError):
        raise
    except Exception as error:  # Pillow raises two dozen kinds at broken files
        raise ApiError(
            422,
            "corrupt_image",
            Text(
                "The picture is damaged or cut short; send a complete file.",
                "图片已损坏或不完整；请使用完整的文件。",
            ),
            "file",
        ) from error


def _decode(name: str, data: bytes, max_pixels: int, max_frames: int) -> Picture:
    orientation = 1
    if name == "jpeg":
        data, orientation = without_metadata(data)
    size = announced_size(name, data, max_frames)
    if size is not None:
        _check_size(size, max_pixels)
    with OPENERS[name](BytesIO(data)) as image:
        _check_size(image.size, max_pixels)
        kept = min(max_frames, max(1, max_pixels // (image.width * image.height)))
        frames = _frames(image, kept)
        if name in ("png", "webp"):
            orientation = orientation_of(image.info.get("exif"))
    return Picture(tuple(upright(frame, orientation) for frame in frames))


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise ValueError("no pixels")
    pixels = width * height
    if pixels > max_pixels:
        raise ApiError(
            422,
            "too_many_pixels",
            Text(
                "The picture has {width} x {height} = {pixels} pixels; the limit ({limit}) is {max}.",
                "图片有 {width} × {height} = {pixels} 像素；上限（{limit}）为 {max}。",
            ),
            "file",
            {"width": width, "height": height, "pixels": pixels, "max": max_pixels, "limit": "max_pixels"},
        )


def _frames(image: ImageFile, most: int) -> list[Levels]:
    """Return up to ``most`` frames, alike in shape: (H, W) if all are grey, else (H, W, 3)."""
    frames: list[Levels] = []
    for index in range(most):
        try:
            image.seek(index)
        except EOFError:
            break
        frames.append(flatten(image))
    height, width = frames[0].shape[:2]
    # A GIF's later frames may reach beyond its first; what a browser shows is the first's area.
    frames = [frame[:height, :width] for frame in frames]
    if len({frame.ndim for frame in frames}) > 1:
        frames = [to_rgb(frame) for frame in frames]
    return frames
