"""IDX files, in which MNIST and its kin come: a magic number, the sizes, the bytes.

Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits"; Xiao, Rasul, Vollgraf,
"Fashion-MNIST", 2017 (arXiv 1708.07747), which keeps its format and its file names.
"""

from __future__ import annotations

import gzip
import os
import struct
import zlib
from collections.abc import Iterable
from math import prod
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, cast

import numpy as np

from engine.arrays import Array, Shape
from engine.network import BadFile
from engine.network.archive import bad_file
from engine.training.data import Examples

_BYTES = 8
"""The code of unsigned bytes, the one kind of number read here."""
_MOST = 2**30
_CLASSES = 10


class Files(NamedTuple):
    """The names of pictures and labels, with .gz or without."""

    pictures: str
    labels: str


TRAINING = Files("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
TEST = Files("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def read_fashion_mnist(folder: str | os.PathLike[str], files: Files) -> Examples:
    """Return the training or the test pictures, (N, 28, 28) of 0..255, and their classes (N) of 0..9.

    Raises:
        BadFile: a file that is missing, damaged, or does not fit the other; the message names it.
    """
    pictures_path, labels_path = (_found(Path(folder), name) for name in files)
    pictures, labels = read_idx(pictures_path, 3), read_idx(labels_path, 1)
    if len(labels) != len(pictures):
        raise bad_file(labels_path, f"it has {len(labels):,} labels for {len(pictures):,} pictures")
    if labels.size and int(labels.max()) >= _CLASSES:
        raise bad_file(labels_path, f"it has a label {int(labels.max())}; they go from 0 to {_CLASSES - 1}")
    return Examples(pictures, labels)


def holds(folder: str | os.PathLike[str], files: Iterable[Files] = (TRAINING, TEST)) -> bool:
    """Tell whether all the files are in ``folder``, sound or not."""
    return all(any(path.is_file() for path in _paths(Path(folder), n)) for names in files for n in names)


def read_idx(path: str | os.PathLike[str], axes: int) -> Array:
    """Return the bytes of an IDX file (gzip or plain) of so many axes, as uint8.

    Raises:
        BadFile: if it is missing, damaged or of another kind; nothing larger than it says is read.
    """
    place = Path(path)
    try:
        with gzip.open(place) if place.suffix == ".gz" else place.open("rb") as file:
            return _read(cast("BinaryIO", file), place, axes)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        _refuse(place, "it is damaged: its gzip data breaks off or does not add up")
    except OSError as error:
        _refuse(place, f"it cannot be read ({error.strerror or 'no reason given'})")


def _read(file: BinaryIO, path: Path, axes: int) -> Array:
    head = file.read(4 + 4 * axes)
    if len(head) < 4 + 4 * axes or head[:4] != bytes([0, 0, _BYTES, axes]):
        _refuse(path, f"it is not an IDX file of bytes with {axes} {'axis' if axes == 1 else 'axes'}")
    shape: Shape = struct.unpack(f">{axes}I", head[4:])
    wanted = prod(shape)
    if wanted > _MOST:
        _refuse(path, f"it says that it holds {wanted:,} bytes; at most {_MOST:,} are read")
    content = file.read(wanted + 1)
    if len(content) != wanted:
        many = "more" if len(content) > wanted else f"{len(content):,}"
        _refuse(path, f"it is damaged: it should hold {wanted:,} bytes after its header, and holds {many}")
    return np.frombuffer(content, np.uint8).reshape(shape)


def _paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.gz", folder / name


def _found(folder: Path, name: str) -> Path:
    packed, plain = _paths(folder, name)
    return plain if plain.is_file() and not packed.is_file() else packed


def _refuse(path: Path, why: str) -> NoReturn:
    error: BadFile = bad_file(path, why)
    raise error from None
