"""Every picture the service can be asked for, by id: the samples and what was uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

from typing_extensions import TypedDict

from engine.texts import Text
from server.errors import ApiError
from server.images.cache import LevelsCache
from server.images.choice import Choice, check_choice, check_size
from server.images.decode import decode
from server.images.folder import FolderStore
from server.images.garments import garments
from server.images.patterns import Drawing, patterns
from server.images.picture import Frames, Levels, Picture
from server.images.pixels import edited, pixels
from server.images.samples import Sample, sample_picture, samples
from server.images.store import MemoryStore, Store
from server.settings import Settings, SettingsError

DRAWN_HERE = "Drawn by Convscope"


class ImageInfo(TypedDict):
    """What is told of a picture: channels is 1 for grey, 3 for RGB.

    A synthetic picture is drawn at any size up to its width and height; its frames are its variants.
    """

    id: str
    width: int
    height: int
    channels: int
    frames: int


class SampleInfo(ImageInfo):
    """The same of a sample, with its title in each language and whom to thank.

    ``set`` is "photos", "patterns" or "fashion-mnist"; ``variant`` says what the frame of a synthetic
    picture means.
    """

    title: dict[str, str]
    credit: str
    set: str
    synthetic: bool
    variant: dict[str, str] | None


class Library:
    """Pictures by id. Decodes and resizes: call it from worker threads.

    Args:
        settings: the limits, and where uploaded pictures are kept.
        store: keeps them; left out, one is opened as the settings say.

    Raises:
        SettingsError: the settings' data folder cannot be written to.
    """

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        self._settings = settings
        self._store = _open_store(settings) if store is None else store
        self._cache = LevelsCache(settings.cache_bytes)

    def add(self, data: bytes) -> ImageInfo:
        """Keep the picture in the file ``data``.

        Raises:
            ApiError: as ``decode`` does, and 413 or 507 if it cannot be kept.
        """
        picture = decode(data, self._settings.max_pixels, self._settings.max_frames)
        return _info(self._store.put(picture), picture)

    def info(self, image_id: str) -> ImageInfo:
        """Return what is told of the picture with this id.

        Raises:
            ApiError: 404 ``unknown_image``.
        """
        return _info(image_id, self.seen(image_id, self._largest(image_id)))

    def samples(self) -> list[SampleInfo]:
        """Return what is told of the samples: photos, then synthetic ones, then clothes to be recognised."""
        drawn: list[SampleInfo] = [
            {
                **self.info(name),
                "title": pattern.title,
                "credit": DRAWN_HERE,
                "set": "patterns",
                "synthetic": True,
                "variant": pattern.variant,
            }
            for name, pattern in patterns().items()
        ]
        clothes = {name: garment.row for name, garment in garments().items()}
        return [*self._kept(samples(), "photos"), *drawn, *self._kept(clothes, "fashion-mnist")]

    def _kept(self, rows: Mapping[str, Sample], kind: str) -> list[SampleInfo]:
        return [
            {
                **self.info(name),
                "title": row["title"],
                "credit": row["credit"],
                "set": kind,
                "synthetic": False,
                "variant": None,
            }
            for name, row in rows.items()
        ]

    def is_sample(self, image_id: str) -> bool:
        """Tell whether this id names a picture that comes with the service."""
        return image_id in samples() or image_id in patterns() or image_id in garments()

    def picture(self, image_id: str, field: str = "image") -> Picture:
        """Return the photo or uploaded picture with this id.

        Args:
            image_id: id of an uploaded picture, or name of a photo.
            field: what the caller calls it, for the error.

        Raises:
            ApiError: 404 ``unknown_image``.
        """
        if image_id in samples():
            return sample_picture(image_id)
        if image_id in garments():
            return garments()[image_id].picture
        picture = self._store.get(image_id)
        if picture is None:
            hours = self._settings.store_age / 3600
            raise ApiError(
                404,
                "unknown_image",
                Text(
                    "No picture has this id. If it was uploaded, the server no longer has this picture: it "
                    "expired after {hours} hours at most; upload it again.",
                    "服务器上已没有这张图片：上传的图片最多保留 {hours} 小时。请重新打开。",
                ),
                field,
                {"hours": hours},
            )
        return picture

    def pixels(self, image_id: str, choice: Choice | None = None, prefix: str = "") -> Levels:
        """Return a picture's levels as an operation takes them: see ``pixels.pixels``.

        The last results are kept, for a slider asks for the same input again and again; edits
        are made anew, for there is seldom the same set of them twice.

        Args:
            image_id: id of an uploaded picture, or name of a sample.
            choice: what of it; left out, all of it at the usual size.
            prefix: what stands before the fields' names in errors, such as "input.".

        Returns:
            Read-only uint8 array (C, H, W).

        Raises:
            ApiError: 404 ``unknown_image``, or 422 with the field and what is allowed.
        """
        choice = choice or Choice()
        picture = self.seen(image_id, choice.size, f"{prefix}image")
        check_size(choice.size, self._largest(image_id), prefix)
        check_choice(picture, choice, prefix)
        plain = choice.plain(picture)
        key = image_id, picture.height, picture.width, plain
        levels = self._cache.get(key, lambda: pixels(picture, plain))
        return edited(levels, choice.edits)

    def seen(self, image_id: str, size: int, field: str = "image") -> Frames:
        """Return the picture with this id, a synthetic one as it is at ``size``.

        Raises:
            ApiError: 404 ``unknown_image``.
        """
        pattern = patterns().get(image_id)
        return self.picture(image_id, field) if pattern is None else Drawing(pattern, size)

    def _largest(self, image_id: str) -> int:
        """Return the largest size that may be asked for; a drawing has as many pixels as it is asked for."""
        most = self._settings.max_size
        return min(most, isqrt(self._settings.max_pixels)) if image_id in patterns() else most


def _open_store(settings: Settings) -> Store:
    if settings.data is None:
        return MemoryStore(settings.store_bytes, settings.store_age)
    try:
        return FolderStore(settings.data, settings.store_bytes, settings.store_age)
    except OSError as error:
        raise SettingsError(
            f"CONVSCOPE_DATA is '{settings.data}'; it must be a folder that can be made and "
            f"written to ({error.strerror})."
        ) from error


def _info(image_id: str, picture: Frames) -> ImageInfo:
    return {
        "id": image_id,
        "width": picture.width,
        "height": picture.height,
        "channels": picture.channels,
        "frames": picture.count,
    }
