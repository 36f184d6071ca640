"""How large a request's body may be, and how long it may take to come."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import ApiError
from server.guard.refuse import refuse
from server.uploads import too_large

# A body that comes at this pace is never too slow, however large; one sent a byte at a
# time is dropped when its seconds are over.
_BYTES_PER_SECOND = 16_384


class BodyGuard:
    """Answers 413 to a body that is too large, announced or counted, and 408 to a slow one.

    Args:
        app: what is guarded.
        most_bytes: the limit, called ``max_body_bytes`` in the settings.
        by_path: other limits by path: bytes, and the setting's name.
        seconds: time for a body to come, beside what its size takes at 16 KiB a second.
    """

    def __init__(
        self,
        app: ASGIApp,
        most_bytes: int,
        by_path: Mapping[str, tuple[int, str]] | None = None,
        seconds: float = 15.0,
    ) -> None:
        self._app = app
        self._default = (most_bytes, "max_body_bytes")
        self._by_path = dict(by_path or {})
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted and timed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most_bytes, limit = self._by_path.get(scope["path"], self._default)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and (len(announced) > 18 or int(announced) > most_bytes):
            await refuse(too_large(most_bytes, limit), scope, receive, send)
            return
        await self._app(scope, _counted(receive, most_bytes, limit, self._seconds), send)


def _counted(receive: Receive, most_bytes: int, limit: str, seconds: float) -> Receive:
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
        if taken > most_bytes:
            raise too_large(most_bytes, limit)
        return message

    return counted


def _too_slow(seconds: float) -> ApiError:
    message = f"The body came too slowly; the limit (body_timeout) is {seconds:g} seconds."
    values = {"max": math.ceil(seconds), "limit": "body_timeout"}
    return ApiError(408, "too_slow", message, None, values, {"Connection": "close"})
