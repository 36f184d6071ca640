"""Pictures kept in a folder: over a restart, whatever lies there."""

import os

import numpy as np
import pytest

from server.errors import ApiError
from server.images.folder import FolderStore
from server.images.picture import Picture


def picture(level, side=10):
    return Picture((np.full((side, side), level, np.uint8),))


class TestFolder:
    def test_survives_a_restart(self, tmp_path):
        put = FolderStore(tmp_path, 1000, 60).put(picture(7))
        back = FolderStore(tmp_path, 1000, 60).get(put)
        assert back is not None
        assert back.frames[0][0, 0] == 7

    def test_is_readable_by_its_user_alone(self, tmp_path):
        FolderStore(tmp_path / "new", 1000, 60).put(picture(7))
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "new").iterdir())

    def test_bytes_on_disk_stay_within_the_bound(self, tmp_path):
        store = FolderStore(tmp_path, 1000, 60)
        for level in range(20):
            store.put(picture(level))
        assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 1000

    def test_a_full_disk_is_507_and_leaves_nothing(self, tmp_path, monkeypatch):
        store = FolderStore(tmp_path, 100_000, 60)
        kept = store.put(picture(1))

        def full(handle, mode):
            os.close(handle)
            return open("/dev/full", mode)  # noqa: PTH123 (as os.fdopen does)

        with monkeypatch.context() as patched:
            patched.setattr("server.images.folder.os.fdopen", full)
            with pytest.raises(ApiError) as caught:
                store.put(picture(2, side=200))
        assert (caught.value.status_code, caught.value.code) == (507, "storage_full")
        assert [file.stem for file in tmp_path.iterdir()] == [kept]
        assert store.get(kept) is not None

    def test_a_damaged_file_is_as_good_as_none(self, tmp_path):
        store = FolderStore(tmp_path, 1000, 60)
        put = store.put(picture(1))
        file = tmp_path / f"{put}.npy"
        file.write_bytes(file.read_bytes()[:-5])
        assert store.get(put) is None
        assert not file.exists()
        assert store.get(store.put(picture(1))) is not None

    def test_leaves_strangers_files_alone_and_clears_its_own_leftovers(self, tmp_path):
        stranger, part = tmp_path / "notes.npy", tmp_path / "left.part"
        for file in (stranger, part):
            file.write_bytes(b"x" * 5000)
            os.utime(file, (0, 0))
        FolderStore(tmp_path, 1000, 60).put(picture(1))
        assert stranger.exists()
        assert not part.exists()

    def test_a_folder_that_cannot_be_made_is_told_at_once(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(OSError, match="file"):
            FolderStore(tmp_path / "file" / "data", 1000, 60)
