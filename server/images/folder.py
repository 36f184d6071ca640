"""A store of pictures in a folder: survives a restart, may be shared by several workers.

One ``ID.npy`` per picture, (frames, H, W) or (frames, H, W, 3). Its modification time says
when it was uploaded, its access time (set here, never left to the file system) when it was
last used.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from server.errors import STORAGE_FULL, ApiError
from server.images.picture import Levels, Picture
from server.images.store import check_fits

_NAME = re.compile(r"[0-9a-f]{32}")
_PART = ".part"
_FULL = (errno.ENOSPC, errno.EDQUOT)
# A part this old was left behind by a process that died while it wrote.
_PART_SECONDS = 3600.0
_HEADER_BYTES = 128


class _Entry(NamedTuple):
    path: Path
    bytes: int
    born: float
    used: float


class FolderStore:
    """A Store whose pictures are files.

    Args:
        folder: where they are; made, readable by this user alone, if need be.
        most_bytes: bytes of files kept at most.
        most_seconds: seconds since its upload after which a picture is forgotten.
        clock: seconds since the epoch.

    Raises:
        OSError: the folder cannot be made or written to.
    """

    def __init__(
        self,
        folder: Path,
        most_bytes: int,
        most_seconds: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "pictures cannot be kept here", str(folder))
        self._folder = folder
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._clock = clock
        self._lock = threading.Lock()
        for part in folder.glob(f"*{_PART}"):
            with contextlib.suppress(OSError):
                if part.stat().st_mtime < clock() - _PART_SECONDS:
                    part.unlink()

    def put(self, picture: Picture) -> str:
        """Keep ``picture`` and return its id."""
        check_fits(picture, self._most_bytes)
        picture_id = picture.digest()
        path = self._path(picture_id)
        with self._lock:
            self._make_room(picture.nbytes + _HEADER_BYTES, path)
            try:
                self._stamp(path, born=self._clock())
            except FileNotFoundError:
                self._write(path, picture)
                self._stamp(path, born=self._clock())
        return picture_id

    def get(self, picture_id: str) -> Picture | None:
        """Return the picture with this id, or None; its levels are read as they are needed."""
        if not _NAME.fullmatch(picture_id):
            return None
        path = self._path(picture_id)
        with self._lock:
            try:
                born = path.stat().st_mtime
                if born <= self._clock() - self._most_seconds:
                    path.unlink()
                    return None
                stack: Levels = np.load(path, mmap_mode="r", allow_pickle=False)
                self._stamp(path, born=born)
                return Picture(tuple(stack))
            except FileNotFoundError:
                return None
            except ValueError:  # not what was written: as good as lost
                path.unlink(missing_ok=True)
                return None

    def _path(self, picture_id: str) -> Path:
        return self._folder / f"{picture_id}.npy"

    def _stamp(self, path: Path, born: float) -> None:
        os.utime(path, (self._clock(), born))

    def _entries(self) -> list[_Entry]:
        entries: list[_Entry] = []
        for path in self._folder.glob("*.npy"):
            with contextlib.suppress(FileNotFoundError):  # another worker was quicker
                if _NAME.fullmatch(path.stem):
                    stat = path.stat()
                    entries.append(_Entry(path, stat.st_size, stat.st_mtime, stat.st_atime))
        return sorted(entries, key=lambda entry: entry.used)

    def _make_room(self, wanted: int, coming: Path) -> None:
        oldest = self._clock() - self._most_seconds
        others = [entry for entry in self._entries() if entry.path != coming]
        held = sum(entry.bytes for entry in others)
        for entry in others:
            if entry.born <= oldest or held + wanted > self._most_bytes:
                entry.path.unlink(missing_ok=True)
                held -= entry.bytes

    def _write(self, path: Path, picture: Picture) -> None:
        """Write ``picture`` whole or not at all: others see no half of it, nor does a crash."""
        part: Path | None = None
        try:
            handle, name = tempfile.mkstemp(suffix=_PART, dir=self._folder)
            part = Path(name)
            with os.fdopen(handle, "wb") as file:
                _save(file, picture)
            part.replace(path)
        except OSError as error:
            if part is not None:
                part.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise ApiError(507, *STORAGE_FULL) from error
            raise


def _save(file: IO[bytes], picture: Picture) -> None:
    # Not np.save: its error for a full disk does not say that the disk is full.
    shape = (len(picture.frames), *picture.frames[0].shape)
    header = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)
    for frame in picture.frames:
        file.write(np.ascontiguousarray(frame).data)
