"""How a guard says no, over HTTP and before a WebSocket is accepted."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from server.errors import ApiError, error_response


async def refuse(error: ApiError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the error envelope; a WebSocket is closed before it is accepted.

    Servers that cannot send an envelope in place of the handshake answer a bare 403.
    """
    extensions: object = scope.get("extensions") or {}
    if scope["type"] == "websocket" and "websocket.http.response" not in str(extensions):
        await send({"type": "websocket.close", "code": 1008, "reason": error.code})
        return
    await error_response(error)(scope, receive, send)
