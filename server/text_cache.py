"""Texts that were made lately, so that what is asked again and again is made once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Texts:
    """A store of texts bounded by their length in all; safe to use from several threads.

    Args:
        most: characters kept at most; a text longer than a quarter of it is not kept at all.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._length = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the text kept under ``key``, or the new one that ``make`` gives."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        text = make()
        if 4 * len(text) <= self._most:
            with self._lock:
                self._length += len(text) - len(self._kept.pop(key, ""))
                self._kept[key] = text
                while self._length > self._most:
                    self._length -= len(self._kept.popitem(last=False)[1])
        return text
