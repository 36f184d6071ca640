"""Slots: the newest wish wins, what was superseded is stale, and an idle slot is gone."""

from __future__ import annotations

import asyncio

from server.stream.slots import Slots, Ticket


class Worker:
    """Fulfils wishes one step at a time, when it is told to."""

    def __init__(self) -> None:
        self.seen: list[Ticket[int]] = []
        self.done: list[int] = []
        self.go = asyncio.Event()
        self.slots = Slots(self.fulfil)

    async def fulfil(self, ticket: Ticket[int]) -> None:
        self.seen.append(ticket)
        await self.go.wait()
        if not ticket.stale:
            self.done.append(ticket.wish)


async def turns(number: int = 20) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def test_only_the_newest_waits():
    async def ask() -> None:
        worker = Worker()
        for wish in range(10):
            worker.slots.put("main", wish)
            await turns()
        assert [ticket.wish for ticket in worker.seen] == [0]
        assert worker.seen[0].stale
        worker.go.set()
        await turns()
        assert [ticket.wish for ticket in worker.seen] == [0, 9]
        assert worker.done == [9]

    asyncio.run(ask())


def test_slots_do_not_disturb_each_other_and_are_gone_when_idle():
    async def ask() -> None:
        worker = Worker()
        worker.slots.put("main", 1)
        worker.slots.put("hover", 2)
        await turns()
        assert len(worker.slots) == 2
        assert "hover" in worker.slots
        worker.go.set()
        await turns()
        assert sorted(worker.done) == [1, 2]
        assert len(worker.slots) == 0

    asyncio.run(ask())


def test_what_is_cancelled_is_stale_and_the_next_wish_is_fulfilled():
    async def ask() -> None:
        worker = Worker()
        worker.slots.cancel("nothing there")
        worker.slots.put("main", 1)
        await turns()
        worker.slots.cancel("main")
        worker.slots.put("main", 2)
        worker.go.set()
        await turns()
        assert worker.done == [2]

    asyncio.run(ask())


def test_closing_ends_all_work_and_waits_for_its_end():
    async def ask() -> None:
        worker = Worker()
        for name in "abc":
            worker.slots.put(name, 1)
        await turns()
        await worker.slots.close()
        assert all(ticket.stale for ticket in worker.seen)
        assert worker.done == []
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(ask())
