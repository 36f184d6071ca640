"""How large a request may be: of the engine alone by its memory, of a service in every way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import LimitError
from engine.texts import Text

NO_LIMIT = 2**62
NEEDED = Text("The memory needed, in bytes,", "所需内存（字节）")
_EXCEEDED = Text(
    "{what} is {asked}; the limit ({limit}) is {max}.", "{what}为 {asked}；上限（{limit}）为 {max}。"
)
_LESS = Text(
    "Make the input or the output smaller: a smaller picture, fewer maps, less padding or a longer stride.",
    "请缩小输入或输出：更小的图片、更少的输出图、更少的填充或更大的步幅。",
)
_SMALLER = {
    "cells": _LESS,
    "bytes": _LESS,
    "channels": Text(
        "It is the service's own limit (CONVSCOPE_MAX_CHANNELS).",
        "这是服务自身的上限（CONVSCOPE_MAX_CHANNELS）。",
    ),
}
_CELLS_ON = {
    "stride": Text("Take a smaller picture, or fewer maps.", "请换更小的图片，或减少输出图。"),
    "padding": Text(
        "Take a smaller picture, fewer maps, or a longer stride.", "请换更小的图片、减少输出图，或加大步幅。"
    ),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper ends of what may be asked, in the units named.

    ``kernel``, ``stride``, ``dilation``, ``padding``: cells per axis (padding: per
    side); ``channels``: channels of input or output; ``cells``: output cells in
    all; ``bytes``: memory one request may take; ``table``: entries of the index table
    that a report gives for one axis; ``axes``: the number of an axis; ``seed``: of drawn numbers.
    """

    kernel: int = 31
    stride: int = 16
    dilation: int = 16
    padding: int = 512
    channels: int = 4096
    cells: int = 16_000_000
    bytes: int = 512 * 2**20
    table: int = 1_000_000
    axes: int = 4
    seed: int = 2**31 - 1

    def upper(self, name: str) -> int:
        """Return the limit called ``name``."""
        return getattr(self, name)

    def check(self, name: str, asked: int, what: Text, field: str | None = None, **values: str) -> None:
        """Raise LimitError if ``asked`` exceeds the limit called ``name``.

        ``what`` names it, as the opening of a sentence; ``values`` are for its own places.
        """
        allowed = self.upper(name)
        if asked > allowed:
            raise LimitError(
                f"limit_{name}",
                _EXCEEDED.put(what=what),
                field=field,
                values={"asked": asked, "max": allowed, "limit": name, **values},
                advice=_SMALLER.get(name),
                advice_on=_CELLS_ON if name == "cells" else None,
            )


UNLIMITED = Limits(*[NO_LIMIT] * 10)
IN_PYTHON = replace(UNLIMITED, bytes=16 * 2**30)
"""What a call from Python may take unless it says otherwise: any sizes, in 16 GiB of memory."""
