"""How a guard says no: with the envelope where one can be sent, and with a bare close where none can."""

from __future__ import annotations

import asyncio
import json

from starlette.types import Message

from engine.texts import Text
from server.errors import ApiError
from server.guard.refuse import refuse

ERROR = ApiError(403, "foreign_origin", Text("Not from there.", "不可从那里访问。"), "origin")


def sent(scope: dict[str, object]) -> list[Message]:
    """What is sent to a caller of this scope."""
    messages: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nothing is read of what is refused")

    async def send(message: Message) -> None:
        messages.append(message)

    asyncio.run(refuse(ERROR, {"headers": [], **scope}, receive, send))
    return messages


def envelope(messages: list[Message]) -> dict[str, object]:
    return json.loads(b"".join(message.get("body", b"") for message in messages))["error"]


def test_over_http_it_is_the_error_envelope():
    messages = sent({"type": "http", "method": "GET"})
    assert (messages[0]["type"], messages[0]["status"]) == ("http.response.start", 403)
    assert envelope(messages)["code"] == "foreign_origin"


def test_in_place_of_a_handshake_it_is_the_same_where_the_server_can_send_it():
    messages = sent({"type": "websocket", "extensions": {"websocket.http.response": {}}})
    assert messages[0]["type"] == "websocket.http.response.start"
    assert envelope(messages)["field"] == "origin"


def test_elsewhere_the_socket_is_closed_before_it_is_accepted():
    for extensions in ({}, {"extensions": None}, {"extensions": {"tls": {}}}):
        [message] = sent({"type": "websocket", **extensions})
        assert message == {"type": "websocket.close", "code": 1008, "reason": "foreign_origin"}
