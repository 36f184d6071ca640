"""Threads for computing: results and errors come back, and so does what belongs to the request."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from server.pool import Pool

REQUEST: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="none")


def test_it_computes_elsewhere_what_is_asked_here():
    async def ask() -> tuple[int, str, str]:
        REQUEST.set("mine")
        return await pool.run(lambda a, b: (a + b, REQUEST.get(), threading.current_thread().name), 2, 3)

    pool = Pool(1)
    total, request, thread = asyncio.run(ask())
    pool.close()
    assert (total, request) == (5, "mine")
    assert thread.startswith("compute")


def test_errors_are_the_callers():
    pool = Pool(1)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(pool.run(lambda: 1 // 0))
    pool.close()


def test_the_loop_goes_on_meanwhile_and_no_more_threads_run_than_allowed():
    running, most, go = 0, 0, threading.Event()
    lock, two = threading.Lock(), threading.Event()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if most == 2:
                two.set()
        go.wait(30)
        with lock:
            running -= 1

    async def ask() -> None:
        tasks = [asyncio.create_task(pool.run(work)) for _ in range(6)]
        assert await asyncio.to_thread(two.wait, 30)
        go.set()
        await asyncio.gather(*tasks)

    pool = Pool(2)
    asyncio.run(ask())
    pool.close()
    assert most == 2
