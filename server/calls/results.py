"""The latest calls and what they gave, so that pointing at a map does not compute it again.

After every run the page asks for a trace, and zoomed in for exact values, of the very
same call. Results are kept by what was wished, the least recently used out first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from engine.analysis.activated import activated
from engine.arrays import Array
from engine.declaration.call import Call

MOST = 1000
"""Results kept at most: of tiny inputs very many would fit, each with a call's own few kilobytes."""


@dataclass(slots=True, eq=False)
class Result:
    """A bound call and the parts of its output that have been computed, as ``Call.maps`` fills them.

    ``drawn`` names the inputs that nobody gave: their shapes follow from the parameters. ``before``
    are the parts of what an activation was given.
    """

    call: Call
    drawn: frozenset[str] = frozenset()
    parts: dict[int, Array] = field(default_factory=dict[int, Array])
    before: dict[int, Array] = field(default_factory=dict[int, Array])

    @property
    def nbytes(self) -> int:
        """Bytes of the inputs and of the parts."""
        arrays = (*self.call.inputs.values(), *list(self.parts.values()), *list(self.before.values()))
        return sum(array.nbytes for array in arrays)

    def activated(self, name: str) -> Result:
        """Return the result of the call with an activation after it, which shares what was computed.

        Raises:
            ParameterError: there is no such elementwise activation.
        """
        return Result(activated(self.call, name, self.parts), self.drawn, before=self.parts)


class Results:
    """A bounded store of results; safe to use from several threads.

    Args:
        most_bytes: bytes of inputs and maps kept at most, over all results but the newest.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Result] = OrderedDict()

    def get(self, key: Hashable | None, bind: Callable[[], Result]) -> Result:
        """Return the result kept under ``key``, or the new one that ``bind`` gives.

        Without a key nothing is kept.
        """
        with self._lock:
            kept = None if key is None else self._kept.get(key)
        result = bind() if kept is None else kept
        if key is not None:
            with self._lock:
                self._kept[key] = result
                self._kept.move_to_end(key)
                self._make_room()
        return result

    def _make_room(self) -> None:
        total = sum(result.nbytes for result in self._kept.values())
        while (total > self._most_bytes and len(self._kept) > 1) or len(self._kept) > MOST:
            _, oldest = self._kept.popitem(last=False)
            total -= oldest.nbytes
