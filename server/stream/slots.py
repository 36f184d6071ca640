"""Slots: the newest wish wins, nothing queues.

A slot holds at most one wish that runs and one that waits, the newest. What was
superseded stops at its next step and is never heard of again. A slot is there as long
as it has work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Ticket(Generic[T]):
    """A wish in a slot; ``stale`` once a newer one has come."""

    wish: T
    stale: bool = False


@dataclass
class _Slot(Generic[T]):
    newest: Ticket[T] | None = None
    task: asyncio.Task[None] | None = None


@dataclass
class Slots(Generic[T]):
    """The slots of one connection, each with a task of its own while it has work."""

    fulfil: Callable[[Ticket[T]], Awaitable[None]]
    _slots: dict[str, _Slot[T]] = field(default_factory=dict[str, _Slot[T]])

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, name: str) -> bool:
        return name in self._slots

    def put(self, name: str, wish: T) -> None:
        """Make ``wish`` the newest of the slot called ``name``."""
        slot = self._slots.setdefault(name, _Slot())
        if slot.newest is not None:
            slot.newest.stale = True
        slot.newest = Ticket(wish)
        if slot.task is None or slot.task.done():
            slot.task = asyncio.create_task(self._work(name, slot))

    def cancel(self, name: str) -> None:
        """Forget what the slot holds."""
        slot = self._slots.get(name)
        if slot is not None and slot.newest is not None:
            slot.newest.stale = True

    async def _work(self, name: str, slot: _Slot[T]) -> None:
        done: Ticket[T] | None = None
        while slot.newest is not None and slot.newest is not done:
            done = slot.newest
            if not done.stale:
                await self.fulfil(done)
        del self._slots[name]

    async def close(self) -> None:
        """Stop everything, and wait until it has stopped."""
        tasks = [slot.task for slot in self._slots.values() if slot.task is not None]
        for slot in self._slots.values():
            if slot.newest is not None:
                slot.newest.stale = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
