"""WS /api/stream: wishes in, shapes, frames and traces out.

One task only reads, so that a newer wish is seen while an older one is computed. An
answer is a generator of messages; each step runs in a thread, and between two steps a
stale wish is dropped.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from server.calls import Calls
from server.errors import ApiError, Json, envelope_of
from server.frames import map_frame
from server.json_text import json_text
from server.pool import Pool
from server.results import Result
from server.slots import Slots, Ticket
from server.strict_json import parse_object
from server.wishes import StreamCancel, StreamRun, StreamTrace, read

Message: TypeAlias = str | bytes
StreamWish: TypeAlias = StreamRun | StreamTrace

_KINDS = {"run": StreamRun, "trace": StreamTrace, "cancel": StreamCancel}
_BINARY_REFUSED = 1003
_TRY_AGAIN = 1013
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stream:
    """The calls that a connection may make, and its limits."""

    calls: Calls
    pool: Pool
    max_slots: int
    max_values: int
    max_sockets: int
    open: set[WebSocket] = field(default_factory=set[WebSocket])

    async def serve(self, socket: WebSocket) -> None:
        """Talk with one client until it leaves."""
        if len(self.open) >= self.max_sockets:
            await socket.close(_TRY_AGAIN, "Too many connections; try again later.")
            return
        await socket.accept()
        self.open.add(socket)

        async def fulfil(ticket: Ticket[StreamWish]) -> None:
            await self._fulfil(socket, ticket)

        slots: Slots[StreamWish] = Slots(fulfil)
        try:
            while True:
                event = await socket.receive()
                if event["type"] == "websocket.disconnect":
                    return
                if event.get("text") is None:
                    await socket.close(_BINARY_REFUSED, "Send JSON as text.")
                    return
                await self._take(socket, slots, event["text"])
        except WebSocketDisconnect:
            return
        finally:
            self.open.discard(socket)
            await slots.close()

    async def _take(self, socket: WebSocket, slots: Slots[StreamWish], text: str) -> None:
        number: Json = None
        try:
            data = parse_object(text, self.max_values)
            number = data.get("id") if isinstance(data.get("id"), int) else None
            wish = read(_kind(data), data)
            if wish.slot not in slots and len(slots) >= self.max_slots:
                raise ApiError(
                    422,
                    "limit_slots",
                    f"There are {len(slots)} slots already; the limit (max_slots) is {self.max_slots}.",
                    "slot",
                    {"max": self.max_slots, "limit": "max_slots"},
                )
        except Exception as error:  # noqa: BLE001 (whatever is sent, the connection goes on)
            await _send(socket, _error(number, error))
            return
        if isinstance(wish, StreamCancel):
            slots.cancel(wish.slot)
        else:
            slots.put(wish.slot, wish)

    async def _fulfil(self, socket: WebSocket, ticket: Ticket[StreamWish]) -> None:
        steps = self.answer(ticket.wish)
        try:
            while not ticket.stale:
                messages = await self.pool.run(next, steps, None)
                if messages is None or ticket.stale:
                    return
                for message in messages:
                    await _send(socket, message)
        except Exception as error:  # noqa: BLE001 (told to the client, and logged if unforeseen)
            if not ticket.stale:
                await _send(socket, _error(ticket.wish.id, error))

    def answer(self, wish: StreamWish) -> Iterator[Sequence[Message]]:
        """Yield the messages that answer ``wish``, step by step; each step may take long.

        What is ready together goes together: each step costs a change of thread.
        """
        began = time.perf_counter()
        if isinstance(wish, StreamTrace):
            trace = json_text(self.calls.trace(wish)).decode()
            last: Sequence[Message] = (_text(wish.id, "trace", trace),)
        else:
            last = yield from self._run(wish)
        elapsed = round((time.perf_counter() - began) * 1000, 2)
        yield *last, _text(wish.id, "done", json.dumps({"ms": elapsed}))

    def _run(self, wish: StreamRun) -> Generator[Sequence[Message], None, Sequence[Message]]:
        """Yield shape and maps; return the limits, which take longer to find than the picture may wait."""
        place: dict[str, object] = {} if wish.region is None else {"region": wish.region}
        told: Result | None = None
        for result, run, maps in self.calls.maps(wish):
            frame = map_frame(maps, run, wish.dtype, id=wish.id, layer="output", **place)
            yield (frame,) if told else (_text(wish.id, "shape", self.calls.report(result.call)), frame)
            told = result
        if told is None or wish.region is not None:
            return ()
        return (_text(wish.id, "limits", f'{{"limits":{self.calls.ranges(told)}}}'),)


def _kind(data: dict[str, Json]) -> type[StreamRun | StreamTrace | StreamCancel]:
    kind = _KINDS.get(str(data.get("type")))
    if kind is None:
        names = ", ".join(_KINDS)
        raise ApiError(422, "type", f"type must be one of {names}.", "type", {"names": list(_KINDS)})
    return kind


def _text(number: int, kind: str, members: str) -> str:
    """Return a message; ``members`` is a JSON object whose members it takes over."""
    return f'{{"id":{number},"type":"{kind}",{members[1:]}'


def _error(number: Json, error: Exception) -> str:
    status, body = envelope_of(error)
    if status >= 500:
        _log.error("A wish failed", exc_info=error)
    return json.dumps({"id": number, "type": "error", **body})


async def _send(socket: WebSocket, message: Message) -> None:
    if socket.client_state is not WebSocketState.CONNECTED:
        return
    try:
        if isinstance(message, str):
            await socket.send_text(message)
        else:
            await socket.send_bytes(message)
    except (WebSocketDisconnect, RuntimeError, OSError):
        _log.debug("A client left before its answer")
