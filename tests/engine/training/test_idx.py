"""IDX files: read as written, or refused in words that name the file."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from engine.network import BadFile
from engine.training import read_fashion_mnist, read_idx
from engine.training.idx import TEST, TRAINING, holds

PICTURES = np.arange(5 * 3 * 4, dtype=np.uint8).reshape(5, 3, 4)
LABELS = np.array([0, 9, 3, 3, 1], np.uint8)


def idx(array: np.ndarray) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def write(folder: Path, pictures: bytes, labels: bytes, *, packed: bool = True) -> Path:
    for name, content in zip(TEST, (pictures, labels), strict=True):
        path = folder / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(content) if packed else content)
    return folder


@pytest.mark.parametrize("packed", [True, False])
def test_what_was_written_is_read(tmp_path: Path, packed: bool):
    write(tmp_path, idx(PICTURES), idx(LABELS), packed=packed)
    found = read_fashion_mnist(tmp_path, TEST)
    np.testing.assert_array_equal(found.pictures, PICTURES)
    np.testing.assert_array_equal(found.labels, LABELS)
    assert found.pictures.dtype == np.uint8
    assert holds(tmp_path, [TEST])
    assert not holds(tmp_path)
    assert not holds(tmp_path, [TRAINING])


def test_packed_files_come_first(tmp_path: Path):
    write(tmp_path, idx(PICTURES), idx(LABELS))
    write(tmp_path, b"nonsense", b"nonsense", packed=False)
    assert len(read_fashion_mnist(tmp_path, TEST).labels) == 5


def refused(folder: Path) -> str:
    with pytest.raises(BadFile) as caught:
        read_fashion_mnist(folder, TEST)
    return caught.value.message


def test_a_missing_file_is_named(tmp_path: Path):
    assert refused(tmp_path) == (
        "t10k-images-idx3-ubyte.gz cannot be loaded: it cannot be read (No such file or directory)."
    )


@pytest.mark.parametrize("part", [0, 1, 10, 30, -9, -1])
def test_a_file_that_breaks_off_is_named(tmp_path: Path, part: int):
    write(tmp_path, idx(PICTURES), idx(LABELS))
    path = tmp_path / f"{TEST.pictures}.gz"
    path.write_bytes(path.read_bytes()[:part])
    assert refused(tmp_path).startswith("t10k-images-idx3-ubyte.gz cannot be loaded: it is ")


def test_flipped_bits_are_found(tmp_path: Path):
    write(tmp_path, idx(PICTURES), idx(LABELS))
    path = tmp_path / f"{TEST.labels}.gz"
    sound = path.read_bytes()
    for place in range(10, len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :])
        assert refused(tmp_path).startswith("t10k-labels-idx1-ubyte.gz cannot be loaded: it is ")


@pytest.mark.parametrize(
    ("pictures", "sentence"),
    [
        (b"", "it is not an IDX file of bytes with 3 axes"),
        (idx(LABELS), "it is not an IDX file of bytes with 3 axes"),
        (b"\x00\x00\x0d\x03" + idx(PICTURES)[4:], "it is not an IDX file of bytes with 3 axes"),
        (idx(PICTURES)[:-1], "it is damaged: it should hold 60 bytes after its header, and holds 59"),
        (idx(PICTURES) + b"!", "it is damaged: it should hold 60 bytes after its header, and holds more"),
        (b"\x00\x00\x08\x03" + b"\xff" * 12, "bytes; at most 1,073,741,824 are read"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_is_not_what_it_says_is_refused(
    tmp_path: Path, pictures: bytes, sentence: str, packed: bool
):
    write(tmp_path, pictures, idx(LABELS), packed=packed)
    name = "t10k-images-idx3-ubyte" + (".gz" if packed else "")
    message = refused(tmp_path)
    assert message.startswith(f"{name} cannot be loaded: ")
    assert sentence in message


def test_labels_must_fit_the_pictures(tmp_path: Path):
    write(tmp_path, idx(PICTURES), idx(LABELS[:4]))
    assert refused(tmp_path) == "t10k-labels-idx1-ubyte.gz cannot be loaded: it has 4 labels for 5 pictures."
    write(tmp_path, idx(PICTURES), idx(LABELS + 1))
    assert "it has a label 10; they go from 0 to 9" in refused(tmp_path)


def test_a_folder_is_no_file(tmp_path: Path):
    (tmp_path / "folder.gz").mkdir()
    with pytest.raises(BadFile, match="folder.gz cannot be loaded: it cannot be read"):
        read_idx(tmp_path / "folder.gz", 1)
