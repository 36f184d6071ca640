"""Arrays kept for the next time they are asked for, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from server.images.picture import Levels

ENTRY_BYTES = 1000
"""What keeping an array takes beside its levels; of small crops there are very many."""


class LevelsCache:
    """The most recently used arrays. Safe to use from several threads.

    Args:
        most_bytes: bytes kept at most; 0 keeps none.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Levels] = OrderedDict()

    @property
    def nbytes(self) -> int:
        """Bytes of what is kept."""
        return self._bytes

    def get(self, key: Hashable, make: Callable[[], Levels]) -> Levels:
        """Return what is kept under ``key``, or else what ``make`` makes, kept from now on.

        Two threads that ask at once may both make it; neither waits for the other.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        if _bytes(made) <= self._most_bytes:
            with self._lock:
                self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Levels) -> None:
        old = self._kept.pop(key, None)
        self._bytes += _bytes(made) - (_bytes(old) if old is not None else 0)
        self._kept[key] = made
        while self._bytes > self._most_bytes:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _bytes(dropped)


def _bytes(levels: Levels) -> int:
    return levels.nbytes + ENTRY_BYTES
