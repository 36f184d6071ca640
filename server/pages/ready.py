"""Replies that stay the same: made and compressed once, and not sent again to whoever has them."""

from __future__ import annotations

import gzip
import hashlib

from starlette.datastructures import Headers
from starlette.responses import Response

from server.wire.json_text import json_text


class Ready:
    """A text of the page or of the API, to be sent as often as it is asked for."""

    def __init__(self, body: bytes, media_type: str) -> None:
        self._media_type = media_type
        self._plain = body
        self._small = gzip.compress(body, compresslevel=9, mtime=0)
        self._tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'

    def reply(self, asked: Headers) -> Response:
        """Return it as gzip where that is accepted, or 304 where the caller has it already."""
        headers = {"ETag": self._tag, "Vary": "Accept-Encoding"}
        if self._tag in asked.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" not in asked.get("accept-encoding", ""):
            return Response(self._plain, media_type=self._media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(self._small, media_type=self._media_type, headers=headers)


def ready_json(value: object) -> Ready:
    """Return JSON-ready data, ready to be sent."""
    return Ready(json_text(value), "application/json")
