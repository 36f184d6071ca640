"""What the first visitor will ask for is asked for before: the first page, its parts, a map, the rest."""

from __future__ import annotations

import asyncio
import json
import logging

from starlette.types import Receive, Scope, Send

from server.pages.pages import SITE
from server.pages.warm import warm

PAGE = (
    '<link href="static/style/lab.css?linked"><script src="static/lab.js?linked"></script>'
    '<link rel="preload" href="api/kernels"><a href="network">Network</a><a href="/static/x.js">no</a>'
)
LINKED = ["static/style/lab.css?linked", "static/lab.js?linked", "api/kernels"]


class App:
    """An application that notes what it is asked for."""

    def __init__(self, breaks: str | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []
        self.breaks = breaks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"].decode()
        address = scope["path"].removeprefix("/") + (f"?{query}" if query else "")
        self.asked.append((scope["method"], address))
        if address == self.breaks:
            raise OSError("no such thing")
        self.bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": PAGE.encode()})


def test_what_the_first_page_needs_comes_before_the_rest():
    app = App()
    asyncio.run(warm(app, SITE))
    first, *others = [page.path for page in SITE.pages]
    needed = [("GET", path) for path in (first, *LINKED)]
    rest = [("GET", path) for page in others for path in (page, *LINKED)]
    assert app.asked == [*needed, ("POST", "api/run"), *rest]
    [wish] = filter(None, app.bodies)
    assert json.loads(wish)["operation"] == "conv2d"


def test_the_map_that_is_asked_for_is_given(client):
    app = App()
    asyncio.run(warm(app, SITE))
    [wish] = filter(None, app.bodies)
    assert client.post("/api/run", content=wish).status_code == 200


def test_a_service_that_cannot_be_warmed_is_served_all_the_same(caplog):
    app = App(breaks="api/kernels")
    with caplog.at_level(logging.WARNING):
        asyncio.run(warm(app, SITE))
    assert app.asked[-1] == ("GET", "api/kernels")
    assert "could not be warmed up" in caplog.text
