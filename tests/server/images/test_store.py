"""Uploaded pictures are kept by content, within bounds, in memory and in a folder alike."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from server.errors import ApiError
from server.images.folder import FolderStore
from server.images.picture import Picture
from server.images.store import MemoryStore

UNKNOWN = "0" * 32


def picture(level, side=10):
    return Picture((np.full((side, side), level, np.uint8),))


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = time.time()

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory", "folder"])
def make(request, tmp_path, clock):
    def build(most_bytes=1000, most_seconds=60.0):
        if request.param == "memory":
            return MemoryStore(most_bytes, most_seconds, clock)
        return FolderStore(tmp_path / "data", most_bytes, most_seconds, clock)

    return build


def test_what_is_put_is_given_back(make):
    store = make()
    film = Picture(tuple(np.full((3, 4, 3), k, np.uint8) for k in range(2)))
    back = store.get(store.put(film))
    assert (back.width, back.height, back.channels, len(back.frames)) == (4, 3, 3, 2)
    for kept, given in zip(back.frames, film.frames, strict=True):
        np.testing.assert_array_equal(kept, given)
        assert not kept.flags.writeable


def test_id_is_the_content(make):
    store = make()
    assert store.put(picture(1)) == store.put(picture(1)) != store.put(picture(2))
    flat = Picture((np.zeros((2, 6), np.uint8),))
    assert store.put(flat) != store.put(Picture((np.zeros((3, 4), np.uint8),)))
    assert len(store.put(flat)) == 32


@pytest.mark.parametrize("name", [UNKNOWN, "", "../secret", "coffee", "0" * 31, "\x00", "a" * 5000])
def test_unknown_ids_are_none(make, name):
    assert make().get(name) is None


def test_the_least_recently_used_makes_room(make, clock):
    store = make(most_bytes=3 * 250, most_seconds=1000)
    ids = []
    for level in range(3):
        ids.append(store.put(picture(level)))
        clock.now += 1
    assert store.get(ids[0]) is not None
    clock.now += 1
    for level in range(3, 8):
        ids.append(store.put(picture(level)))
        clock.now += 1
        assert store.get(ids[0]) is not None
        clock.now += 1
    assert store.get(ids[1]) is None
    assert store.get(ids[-1]) is not None


def test_age_counts_from_the_upload_and_is_renewed_by_another(make, clock):
    store = make(most_seconds=60)
    first, second = store.put(picture(1)), store.put(picture(2))
    clock.now += 40
    assert store.get(first) is not None
    store.put(picture(2))
    clock.now += 30
    assert store.get(first) is None
    assert store.get(second) is not None


def test_a_picture_larger_than_the_store_is_413_and_loses_nothing(make):
    store = make()
    kept = store.put(picture(1))
    with pytest.raises(ApiError) as caught:
        store.put(picture(1, side=100))
    assert caught.value.status_code == 413
    assert "store_bytes" in caught.value.message
    assert store.get(kept) is not None


def test_many_threads_at_once(make):
    store = make(most_bytes=5000)

    def work(first):
        for level in range(first, first + 40):
            store.get(store.put(picture(level % 7)))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
