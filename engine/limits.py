"""How large a request may be: of the engine alone by its memory, of a service in every way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import LimitError

NO_LIMIT = 2**62


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

    def check(self, name: str, asked: int, what: str, field: str | None = None) -> None:
        """Raise LimitError if ``asked`` exceeds the limit called ``name``."""
        allowed = self.upper(name)
        if asked > allowed:
            raise LimitError(
                f"limit_{name}",
                f"{what} is {asked:,}; the limit ({name}) is {allowed:,}.",
                field=field,
                values={"asked": asked, "max": allowed, "limit": name},
            )


UNLIMITED = Limits(*[NO_LIMIT] * 10)
IN_PYTHON = replace(UNLIMITED, bytes=16 * 2**30)
"""What a call from Python may take unless it says otherwise: any sizes, in 16 GiB of memory."""
