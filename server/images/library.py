"""Every picture the service can be asked for, by id: the samples and what was uploaded."""

from __future__ import annotations

from typing_extensions import TypedDict

from server.errors import ApiError
from server.images.cache import LevelsCache
from server.images.decode import decode
from server.images.folder import FolderStore
from server.images.picture import Levels, Picture
from server.images.pixels import DEFAULT_SIZE, check_choice, pixels
from server.images.samples import sample_picture, samples
from server.images.store import MemoryStore, Store
from server.settings import Settings, SettingsError


class ImageInfo(TypedDict):
    """What is told of a picture: channels is 1 for grey, 3 for RGB."""

    id: str
    width: int
    height: int
    channels: int
    frames: int


class SampleInfo(ImageInfo):
    """The same of a sample, with its title in each language and whom to thank."""

    title: dict[str, str]
    credit: str


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
        return _info(image_id, self.picture(image_id))

    def samples(self) -> list[SampleInfo]:
        """Return what is told of the samples, in the order of the gallery."""
        return [
            {**self.info(name), "title": row["title"], "credit": row["credit"]}
            for name, row in samples().items()
        ]

    def is_sample(self, image_id: str) -> bool:
        """Tell whether this id names a photo that comes with the service."""
        return image_id in samples()

    def picture(self, image_id: str, field: str = "image") -> Picture:
        """Return the picture with this id.

        Args:
            image_id: id of an uploaded picture, or name of a sample.
            field: what the caller calls it, for the error.

        Raises:
            ApiError: 404 ``unknown_image``.
        """
        if self.is_sample(image_id):
            return sample_picture(image_id)
        picture = self._store.get(image_id)
        if picture is None:
            hours = self._settings.store_age / 3600
            raise ApiError(
                404,
                "unknown_image",
                "No picture has this id. Uploaded pictures are kept for "
                f"{hours:,.3g} hours at most; this one may have expired: upload it again.",
                field,
                {"hours": hours},
            )
        return picture

    def pixels(
        self,
        image_id: str,
        size: int | None = None,
        color: str = "rgb",
        frame: int = 0,
        prefix: str = "",
    ) -> Levels:
        """Return a picture's levels as an operation takes them: see ``pixels.pixels``.

        The last results are kept, for a slider asks for the same input again and again.

        Args:
            image_id: id of an uploaded picture, or name of a sample.
            size: cells on the long side at most; None means 320.
            color: "rgb" or "grey".
            frame: which frame, from 0.
            prefix: what stands before the fields' names in errors, such as "input.".

        Returns:
            Read-only uint8 array (C, H, W).

        Raises:
            ApiError: 404 ``unknown_image``, or 422 with the field and what is allowed.
        """
        picture = self.picture(image_id, f"{prefix}image")
        size = DEFAULT_SIZE if size is None else size
        check_choice(picture, size, color, frame, self._settings.max_size, prefix)
        size = min(size, max(picture.width, picture.height))
        key = (image_id, size, color, frame)
        return self._cache.get(key, lambda: pixels(picture, size, color, frame))


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


def _info(image_id: str, picture: Picture) -> ImageInfo:
    return {
        "id": image_id,
        "width": picture.width,
        "height": picture.height,
        "channels": picture.channels,
        "frames": len(picture.frames),
    }
