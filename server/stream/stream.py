"""WS /api/stream: wishes in, shapes, frames and traces out.

One task only reads, so that a newer wish is seen while an older one is computed. An
answer is a generator of messages; each step runs in a thread, and between two steps a
stale wish is dropped.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from engine.texts import Text
from server.errors import ApiError, Json, envelope_of
from server.pool import Pool
from server.stream.kinds import KINDS, Asked, Services
from server.stream.slots import Slots, Ticket
from server.wire.stream_answer import Message, text
from server.wire.strict_json import parse_object
from server.wire.wishes import StreamCancel, read

_CANCEL = "cancel"
_BINARY_REFUSED = 1003
_TRY_AGAIN = 1013
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stream:
    """What answers a connection, and its limits."""

    services: Services
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

        async def fulfil(ticket: Ticket[Asked]) -> None:
            await self._fulfil(socket, ticket)

        slots: Slots[Asked] = Slots(fulfil)
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

    async def _take(self, socket: WebSocket, slots: Slots[Asked], said: str) -> None:
        number: Json = None
        try:
            data = parse_object(said, self.max_values)
            number = data.get("id") if isinstance(data.get("id"), int) else None
            if data.get("type") == _CANCEL:
                slots.cancel(read(StreamCancel, data).slot)
                return
            asked = _asked(data)
            slot = asked.wish.slot
            if slot not in slots and len(slots) >= self.max_slots:
                raise ApiError(
                    422,
                    "limit_slots",
                    Text(
                        "There are {asked} slots already; the limit ({limit}) is {max}.",
                        "已有 {asked} 个槽位；上限（{limit}）为 {max}。",
                    ),
                    "slot",
                    {"asked": len(slots), "max": self.max_slots, "limit": "max_slots"},
                )
        except Exception as error:  # noqa: BLE001 (whatever is sent, the connection goes on)
            await _send(socket, _error(number, error))
            return
        slots.put(slot, asked)

    async def _fulfil(self, socket: WebSocket, ticket: Ticket[Asked]) -> None:
        steps = self._answer(ticket.wish)
        try:
            while not ticket.stale:
                messages = await self.pool.run(next, steps, None)
                if messages is None or ticket.stale:
                    return
                for message in messages:
                    await _send(socket, message)
        except Exception as error:  # noqa: BLE001 (told to the client, and logged if unforeseen)
            if not ticket.stale:
                await _send(socket, _error(ticket.wish.wish.id, error))

    def _answer(self, asked: Asked) -> Iterator[Sequence[Message]]:
        """Yield the messages that answer a wish, step by step, and "done" with the last."""
        began = time.perf_counter()
        last = yield from asked.answer(self.services)
        elapsed = round((time.perf_counter() - began) * 1000, 2)
        yield *last, text(asked.wish.id, "done", json.dumps({"ms": elapsed}))


def _asked(data: dict[str, Json]) -> Asked:
    kind = KINDS.get(str(data.get("type")))
    if kind is None:
        names = [*KINDS, _CANCEL]
        raise ApiError(
            422,
            "type",
            Text("type must be one of {names}.", "type 须为 {names} 之一。"),
            "type",
            {"names": names},
        )
    return kind(data)


def _error(number: Json, error: Exception) -> str:
    status, body = envelope_of(error)
    if status >= 500:
        _log.error("A wish failed", exc_info=error)
    return json.dumps({"id": number, "type": "error", **body}, ensure_ascii=False)


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
