"""Which names the service answers to, so that no foreign name can be pointed at it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.texts import Text
from server.errors import ApiError
from server.guard.refuse import refuse
from server.settings import ANY_ADDRESS, bracketed

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>\d{1,5}))?")


class HostGuard:
    """Answers 400 to a Host header that is missing, doubled, malformed or not allowed.

    Args:
        app: what is guarded.
        allowed: names without port, IPv6 in brackets; ANY_ADDRESS allows numeric addresses.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(name.lower().removesuffix(".") for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400."""
        if scope["type"] not in ("http", "websocket") or self._is_allowed(scope):
            await self._app(scope, receive, send)
            return
        error = ApiError(
            400,
            "unknown_host",
            Text(
                "This service does not answer to the host name of the request; the setting "
                "CONVSCOPE_ALLOWED_HOSTS adds names.",
                "该服务不响应请求中的主机名；可用设置 CONVSCOPE_ALLOWED_HOSTS 添加名称。",
            ),
            "Host",
        )
        await refuse(error, scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        given = Headers(scope=scope).getlist("host")
        found = _HOST.fullmatch(given[0]) if len(given) == 1 else None
        if found is None:
            return False
        name = bracketed(found["name"]).removesuffix(".")
        return name in self._allowed or (ANY_ADDRESS in self._allowed and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
