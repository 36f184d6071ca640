"""Arrays kept while there is room."""

import numpy as np

from server.images.cache import ENTRY_BYTES, LevelsCache


class TestCache:
    @staticmethod
    def levels(count):
        return np.zeros((1, 1, count), np.uint8)

    @staticmethod
    def cache(entries, each):
        return LevelsCache(entries * (each + ENTRY_BYTES))

    def test_what_is_kept_is_not_made_again(self):
        cache = self.cache(1, 10)
        first = cache.get("a", lambda: self.levels(10))
        assert cache.get("a", lambda: self.levels(20)) is first

    def test_least_recently_used_goes_first(self):
        cache = self.cache(2, 50)
        kept = {key: cache.get(key, lambda: self.levels(50)) for key in "ab"}
        cache.get("a", lambda: self.levels(50))
        cache.get("c", lambda: self.levels(50))
        assert cache.nbytes == 2 * (50 + ENTRY_BYTES)
        assert cache.get("a", lambda: self.levels(50)) is kept["a"]
        assert cache.get("b", lambda: self.levels(50)) is not kept["b"]

    def test_more_than_it_holds_is_made_but_not_kept(self):
        cache = self.cache(1, 100)
        assert cache.get("a", lambda: self.levels(101)).size == 101
        assert cache.nbytes == 0

    def test_many_small_ones_do_not_grow_beyond_all_bounds(self):
        cache = LevelsCache(100 * ENTRY_BYTES)
        for key in range(1000):
            cache.get(key, lambda: self.levels(1))
        first = cache.get(0, lambda: self.levels(2))
        assert first.size == 2
