"""What every request passes before it reaches a route: pure ASGI, one idea per file."""

from __future__ import annotations

from starlette.applications import Starlette

from server.guard.bodies import BodyGuard, Cap
from server.guard.headers import ReplyHeaders
from server.guard.hosts import HostGuard
from server.guard.origins import OriginGuard
from server.settings import Settings

__all__ = ["guarded"]

UPLOADS = "/api/images"


def guarded(app: Starlette, settings: Settings) -> None:
    """Put the guards around ``app``; refusals carry the same headers as all other replies."""
    # Framing of a multipart body takes a little beside the file itself.
    uploads = Cap("max_upload_bytes", settings.max_upload_bytes, slack=65_536)
    # The one added last is the outermost.
    app.add_middleware(
        BodyGuard,
        cap=Cap("max_body_bytes", settings.max_body_bytes),
        by_path={UPLOADS: uploads},
        seconds=settings.body_timeout,
    )
    app.add_middleware(OriginGuard, allowed=settings.allowed_origins)
    app.add_middleware(HostGuard, allowed=settings.allowed_hosts)
    app.add_middleware(ReplyHeaders)
