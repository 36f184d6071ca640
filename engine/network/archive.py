"""Reading arrays from .npz files that anybody may have written: sizes first, then numbers."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from math import prod
from pathlib import Path
from tokenize import TokenError
from typing import IO, NamedTuple

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.texts import Text

_SUFFIX = ".npy"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_KINDS = "fiu"
_MOST_AXES = 8
_PIECE = 2**20
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    LookupError,
    OverflowError,
    struct.error,
    TokenError,
    MemoryError,
)
"""What zipfile, zlib and NumPy raise over files that are not what they say."""

_NEED = Text("The memory that the arrays of {file} need, in bytes,", "{file} 中的数组所需内存（字节）")


class BadFile(ConvscopeError):
    """A file is missing, damaged, or not of the kind that is wanted."""


class _Header(NamedTuple):
    shape: Shape
    column_first: bool
    kind: np.dtype[np.generic]
    length: int
    """Bytes of the file before the numbers."""

    @property
    def size(self) -> int:
        return prod(self.shape) * self.kind.itemsize


def read_arrays(path: Path, names: Iterable[str], limits: Limits) -> dict[str, Array]:
    """Return the arrays called ``names`` from an .npz file that must hold these and no others.

    Each header is read and all sizes are added up before any array is allocated. Nothing is
    ever unpickled; only numbers of at most 8 bytes are read.

    Raises:
        BadFile: if the file is missing or damaged, or holds anything else.
        LimitError: if the arrays would take more memory than ``limits.bytes``.
    """
    wanted = list(names)
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, path, wanted)
            headers = {name: _header(archive, members[name], path) for name in wanted}
            total = sum(header.size for header in headers.values())
            limits.check("bytes", total, _NEED, "path", file=path.name)
            return {name: _array(archive, members[name], headers[name], path) for name in wanted}
    except ConvscopeError:
        raise
    except _DAMAGE as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
        raise bad_file(path, reason) from None


def _members(archive: zipfile.ZipFile, path: Path, wanted: list[str]) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.removesuffix(_SUFFIX)
        if name in found or not info.filename.endswith(_SUFFIX):
            raise bad_file(path, f"it holds {info.filename[:60]!r}, which is not an array, or twice there")
        if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
            raise bad_file(path, f"{info.filename[:60]!r} is packed in a way that is not read here")
        found[name] = info
    missing = [name for name in wanted if name not in found]
    more = [name for name in found if name not in set(wanted)]
    if missing or more:
        said = f"lacks {', '.join(missing[:5])}" if missing else f"also has {', '.join(more[:5])}"
        raise bad_file(path, f"it does not belong to its graph: it {said[:200]}")
    return found


def _header(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> _Header:
    with archive.open(info) as member:
        header = _read_header(member)
        size = header.size + header.length
    if header.kind.kind not in _KINDS or header.kind.itemsize > 8 or len(header.shape) > _MOST_AXES:
        raise bad_file(path, f"{info.filename[:60]!r} does not hold numbers")
    if size != info.file_size:
        raise bad_file(path, f"{info.filename[:60]!r} does not have the size that it states")
    return header


def _read_header(member: IO[bytes]) -> _Header:
    version = np.lib.format.read_magic(member)
    if version == (1, 0):
        return _Header(*np.lib.format.read_array_header_1_0(member), member.tell())
    if version == (2, 0):
        return _Header(*np.lib.format.read_array_header_2_0(member), member.tell())
    raise ValueError(version)


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo, header: _Header, path: Path) -> Array:
    """Return one array, read straight into its memory; its checksum is checked at its end."""
    array = np.empty(header.shape, header.kind, "F" if header.column_first else "C")
    memory = array.reshape(-1, order="A").view(np.uint8)
    with archive.open(info) as member:
        member.read(header.length)
        filled = 0
        while filled < memory.size:
            piece = member.read(_PIECE)
            if not piece or filled + len(piece) > memory.size:
                raise bad_file(path, f"{info.filename[:60]!r} does not end where it should")
            memory[filled : filled + len(piece)] = np.frombuffer(piece, np.uint8)
            filled += len(piece)
        if member.read(1):
            raise bad_file(path, f"{info.filename[:60]!r} does not end where it should")
    return array  # type: ignore[return-value]


def bad_file(path: Path, why: str) -> BadFile:
    """Return the error that says which file cannot be loaded, and why."""
    return BadFile(
        "bad_file",
        Text("{name} cannot be loaded: {why}.", "无法读入 {name}：{why}。"),
        field="path",
        values={"name": path.name, "why": why},
    )
