"""Threads for computing: the event loop never waits for arithmetic."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Args = TypeVarTuple("Args")


class Pool:
    """A bounded set of threads shared by all requests."""

    def __init__(self, threads: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="compute")

    async def run(self, function: Callable[[*Args], T], *args: *Args) -> T:
        """Return ``function(*args)``, computed in a thread."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(
            self._executor, lambda: context.run(function, *args)
        )

    def close(self) -> None:
        """Let the threads end once their present work is done."""
        self._executor.shutdown(wait=False, cancel_futures=True)
