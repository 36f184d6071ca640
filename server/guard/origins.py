"""Whose pages may use the service: its own, and those the settings name.

Browsers send Origin with every WebSocket and every request that changes something;
scripts send none, and none is allowed. The browser's own check (CORS) does not cover
WebSockets, which is why this one exists.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.texts import Text
from server.errors import ApiError
from server.guard.refuse import refuse

_SAFE = ("GET", "HEAD", "OPTIONS")
_PAGE_SCHEME = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


class OriginGuard:
    """Answers 403 to a foreign or ``null`` Origin, to a WebSocket before it is accepted.

    Args:
        app: what is guarded.
        allowed: other origins that may use the service, such as ``https://example.org``.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if not self._is_checked(scope) or self._is_allowed(scope):
            await self._app(scope, receive, send)
            return
        error = ApiError(
            403,
            "foreign_origin",
            Text(
                "Pages of other sites may not use this service; the setting "
                "CONVSCOPE_ALLOWED_ORIGINS names those that may.",
                "其他网站的页面不能使用此服务；设置 CONVSCOPE_ALLOWED_ORIGINS 可列出允许的网站。",
            ),
            "Origin",
        )
        await refuse(error, scope, receive, send)

    def _is_checked(self, scope: Scope) -> bool:
        return scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in _SAFE)

    def _is_allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        given = headers.getlist("origin")
        if not given:
            return True
        scheme = _PAGE_SCHEME[scope.get("scheme", "http")]
        own = f"{scheme}://{headers.get('host', '').lower()}"
        own = own.removesuffix(_DEFAULT_PORT[scheme])
        return len(given) == 1 and (given[0] == own or given[0] in self._allowed)
