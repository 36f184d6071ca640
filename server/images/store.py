"""Where uploaded pictures are kept: by content, bounded in bytes and by age.

This one lives in memory; the one in ``folder.py`` survives a restart.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from engine.texts import Text
from server.errors import ApiError
from server.images.picture import Picture


class Store(Protocol):
    """Pictures by the digest of their content. Safe to use from several threads."""

    def put(self, picture: Picture) -> str:
        """Keep ``picture`` and return its id; the least recently used make room for it.

        A picture that is already there starts its age anew.

        Raises:
            ApiError: 413 ``too_large`` if it alone is more than the store may hold; 507
                ``storage_full`` if the disk is full.
        """
        ...

    def get(self, picture_id: str) -> Picture | None:
        """Return the picture with this id, or None if there is none (any more)."""
        ...


class MemoryStore:
    """A Store that lives as long as the process.

    Args:
        most_bytes: bytes of levels kept at most.
        most_seconds: seconds since its upload after which a picture is forgotten.
        clock: seconds that never run backwards.
    """

    def __init__(
        self, most_bytes: int, most_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._clock = clock
        self._lock = threading.Lock()
        # From the least to the most recently used: the picture and when it was put.
        self._kept: OrderedDict[str, tuple[Picture, float]] = OrderedDict()
        self._bytes = 0

    def put(self, picture: Picture) -> str:
        """Keep ``picture`` and return its id."""
        check_fits(picture, self._most_bytes)
        picture_id = picture.digest()
        with self._lock:
            self._forget(picture_id)
            self._forget_expired()
            while self._bytes + picture.nbytes > self._most_bytes:
                self._forget(next(iter(self._kept)))
            self._kept[picture_id] = (picture, self._clock())
            self._bytes += picture.nbytes
        return picture_id

    def get(self, picture_id: str) -> Picture | None:
        """Return the picture with this id, or None."""
        with self._lock:
            self._forget_expired()
            entry = self._kept.get(picture_id)
            if entry is None:
                return None
            self._kept.move_to_end(picture_id)
            return entry[0]

    def _forget_expired(self) -> None:
        oldest = self._clock() - self._most_seconds
        for picture_id in [key for key, (_, born) in self._kept.items() if born <= oldest]:
            self._forget(picture_id)

    def _forget(self, picture_id: str) -> None:
        entry = self._kept.pop(picture_id, None)
        if entry is not None:
            self._bytes -= entry[0].nbytes


def check_fits(picture: Picture, most_bytes: int) -> None:
    """Refuse a picture that is by itself more than a store may hold."""
    if picture.nbytes > most_bytes:
        raise ApiError(
            413,
            "too_large",
            Text(
                "The picture takes {bytes} bytes; the limit ({limit}) is {max}.",
                "图片占 {bytes} 字节；上限（{limit}）为 {max}。",
            ),
            "file",
            {"bytes": picture.nbytes, "max": most_bytes, "limit": "store_bytes"},
        )
