"""Archives that anybody may have written: sizes first, then numbers."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LimitError
from engine.limits import IN_PYTHON, Limits
from engine.network import BadFile, load, save
from tests.engine.network.nets import branching


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    save(branching(), tmp_path / "net")
    return tmp_path / "net"


def rewrite(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path.with_suffix(".npz"), "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path.with_suffix(".npz")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def npy(array: np.ndarray, *, pickled: bool = False) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, allow_pickle=pickled)
    return file.getvalue()


def refused(path: Path, said: str, limits: Limits = IN_PYTHON) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        load(path, limits=limits)
    assert str(caught.value).startswith(path.name)
    assert len(str(caught.value)) < 400
    assert str(path.parent) not in str(caught.value)


def test_a_file_that_is_no_archive(stored: Path):
    stored.with_suffix(".npz").write_bytes(b"PK\x03\x04 but not more")
    refused(stored, "it is damaged")
    stored.with_suffix(".npz").write_bytes(npy(np.zeros(3)))
    refused(stored, "it is damaged")


def test_nothing_is_ever_unpickled(stored: Path):
    class Trap:
        def __reduce__(self):
            return (Path(stored.parent / "sprung").touch, ())

    held = members(stored)
    name = next(iter(held))
    rewrite(stored, {**held, name: npy(np.array([Trap()], object), pickled=True)})
    refused(stored, "does not hold numbers|it is damaged")
    rewrite(stored, {**held, name: pickle.dumps(Trap())})
    refused(stored, "it is damaged")
    assert not (stored.parent / "sprung").exists()


@pytest.mark.parametrize("kind", ["U3", "M8[s]", "c16", "?", "V8", "g"])
def test_arrays_that_are_not_numbers(stored: Path, kind: str):
    held = members(stored)
    rewrite(stored, {**held, "stem/bias.npy": npy(np.zeros(4, kind))})
    refused(stored, "'stem/bias.npy' does not hold numbers")


def header(text: str) -> bytes:
    content = text.encode("latin-1")
    return b"\x93NUMPY\x01\x00" + len(content).to_bytes(2, "little") + content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUMPY\x03\x00" + bytes(10),
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -4), }") + bytes(16),
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }") + bytes(16),
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }") + bytes(16),
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (4.0,), }") + bytes(16),
        header("{'descr': '<f4', 'fortran_order': False, 'shape': " + "(" * 900 + ", }") + bytes(16),
        header("{[]: 1}"),
        header("__import__('os').system('true')"),
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }" + " " * 20_000) + bytes(16),
    ],
)
def test_arrays_with_a_false_header(stored: Path, content: bytes):
    rewrite(stored, {**members(stored), "stem/bias.npy": content})
    refused(stored, r"it is damaged|does not have the size|numbers")


def test_sizes_are_refused_before_they_are_allocated(stored: Path):
    """An archive of some kilobytes that would unfold to gigabytes; and one that lies about it."""
    size = 2**26
    head = header(f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({size // 4},), }}")
    held = members(stored)
    with zipfile.ZipFile(stored.with_suffix(".npz"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            if name != "stem/bias.npy":
                archive.writestr(name, content)
        with archive.open("stem/bias.npy", "w") as member:
            member.write(head)
            for _ in range(size // 2**20):
                member.write(bytes(2**20))
    assert stored.with_suffix(".npz").stat().st_size < 2**20
    with pytest.raises(LimitError, match=r"arrays of net\.npz need, in bytes, is 67,"):
        load(stored, limits=Limits(bytes=2**20))
    rewrite(stored, {**held, "stem/bias.npy": head + bytes(16)})
    refused(stored, "does not have the size that it states", Limits(bytes=2**20))


def test_members_that_do_not_belong(stored: Path):
    held = members(stored)
    rewrite(stored, {**held, "readme.txt": b"hello"})
    refused(stored, "which is not an array")
    rewrite(stored, {**held, "../../evil.npy": npy(np.zeros(1))})
    refused(stored, "it also has ../../evil")
    rewrite(stored, held, zipfile.ZIP_LZMA)
    refused(stored, "packed in a way")
    rewrite(stored, dict(list(held.items())[1:]))
    refused(stored, "it lacks stem/weight")
    with zipfile.ZipFile(stored.with_suffix(".npz"), "a") as archive:
        archive.writestr("stem/weight.npy", held["stem/weight.npy"])
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("stem/bias.npy", held["stem/bias.npy"])
    refused(stored, "twice")
