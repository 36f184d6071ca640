"""How large a request's body may be, and how long it may take to come."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.texts import Text
from server.errors import ApiError
from server.guard.refuse import refuse
from server.wire.uploads import too_large

# A body that comes at this pace is never too slow, however large; one sent a byte at a
# time is dropped when its seconds are over.
_BYTES_PER_SECOND = 16_384


class Cap(NamedTuple):
    """A limit on a body: its name in the settings, its bytes, and what is let pass beyond."""

    limit: str
    most_bytes: int
    slack: int = 0

    def refusal(self) -> ApiError:
        """Return the 413 that names the limit."""
        return too_large(self.most_bytes, self.limit)

    def is_passed(self, count: int) -> bool:
        """Tell whether ``count`` bytes are too many."""
        return count > self.most_bytes + self.slack


class BodyGuard:
    """Answers 413 to a body that is too large, announced or counted, and 408 to a slow one.

    Args:
        app: what is guarded.
        cap: how large a body may be.
        by_path: other caps, by path.
        seconds: time for a body to come, beside what its size takes at 16 KiB a second.
    """

    def __init__(
        self,
        app: ASGIApp,
        cap: Cap,
        by_path: Mapping[str, Cap] | None = None,
        seconds: float = 15.0,
    ) -> None:
        self._app = app
        self._cap = cap
        self._by_path = dict(by_path or {})
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted and timed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        cap = self._by_path.get(scope["path"], self._cap)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and (len(announced) > 18 or cap.is_passed(int(announced))):
            await refuse(cap.refusal(), scope, receive, send)
            return
        await self._app(scope, _counted(receive, cap, self._seconds), send)


def _counted(receive: Receive, cap: Cap, seconds: float) -> Receive:
    """Return ``receive`` that raises ApiError once the body is too large or too slow."""
    began = asyncio.get_running_loop().time()
    taken = 0
    ended = False

    async def counted() -> Message:
        nonlocal taken, ended
        if ended:  # what comes now is the client going away, and may take its time
            return await receive()
        try:
            async with asyncio.timeout_at(began + seconds + taken / _BYTES_PER_SECOND):
                message = await receive()
        except TimeoutError:
            ended = True
            raise _too_slow(seconds) from None
        taken += len(message.get("body", b""))
        ended = not message.get("more_body", False)
        if cap.is_passed(taken):
            raise cap.refusal()
        return message

    return counted


def _too_slow(seconds: float) -> ApiError:
    text = Text(
        "The body came too slowly; the limit ({limit}) is {seconds} seconds.",
        "上传太慢，已中止；上限（{limit}）为 {seconds} 秒。",
    )
    values = {"seconds": seconds, "max": math.ceil(seconds), "limit": "body_timeout"}
    return ApiError(408, "too_slow", text, None, values, headers={"Connection": "close"})
