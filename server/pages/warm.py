"""What the first visitor will ask for is asked for once when the service starts, so that nobody waits for it.

The templates are read, the pages are linked, the registry described, the threads started, the first map
computed: a second of work, and what the first page needs comes before the rest. The socket listens
already; whoever comes meanwhile is answered meanwhile.
"""

from __future__ import annotations

import json
import logging
import re

from starlette.types import ASGIApp, Message

from server.pages.pages import Page, Site

_LOCAL = re.compile(r'(?:src|href)="((?:static|api)/[^"]+)"')
_FIRST_MAP = {"operation": "conv2d", "weights": "sobel-x", "input": {"image": "coffee"}, "format": "npy"}


async def warm(app: ASGIApp, site: Site) -> None:
    """Ask ``app`` for the first page, what it links to, and a map; then for the other pages likewise."""
    try:
        first, *others = site.pages
        await _open(app, first)
        await _ask(app, "POST", "api/run", json.dumps(_FIRST_MAP).encode())
        for page in others:
            await _open(app, page)
    except Exception:
        logging.getLogger(__name__).warning("The service could not be warmed up.", exc_info=True)


async def _open(app: ASGIApp, page: Page) -> None:
    text = await _ask(app, "GET", page.path)
    for path in _LOCAL.findall(text.decode()):
        await _ask(app, "GET", path)


async def _ask(app: ASGIApp, method: str, address: str, body: bytes = b"") -> bytes:
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": f"/{path}",
        "raw_path": f"/{path}".encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"accept-encoding", b"gzip"),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
    }
    answer: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(answer)
