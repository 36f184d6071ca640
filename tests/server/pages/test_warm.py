"""Warming asks for every page of the list and what it links to; what the first visitor needs comes first."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from server.pages.pages import Page, Site
from server.pages.warm import warm

SITE = Site((Page("a", "", "a.title", "a.for"), Page("b", "b", "b.title", "b.for")), Path(), Path())


def asked(*, failing: str = "") -> list[str]:
    """What the service is asked for, by method, path and query."""
    heard: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"].decode()
        heard.append(f"{scope['method']} {scope['path']}{'?' * bool(query)}{query}")
        if scope["path"] == failing:
            raise RuntimeError("not there")
        name = scope["path"].lstrip("/") or "a"
        page = f'<script src="static/{name}.js?linked"></script><a href="docs"></a><link href="api/samples">'
        body = page if len(name) == 1 else ""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body.encode()})

    asyncio.run(warm(app, SITE))
    return heard


def test_the_first_page_and_its_map_come_before_the_others():
    first = ["GET /", "GET /static/a.js?linked", "GET /api/samples", "POST /api/run"]
    assert asked() == [*first, "GET /b", "GET /static/b.js?linked", "GET /api/samples"]


def test_what_fails_is_logged_and_keeps_nobody_from_serving(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        assert asked(failing="/api/run")[-1] == "POST /api/run"
    assert "could not be warmed up" in caplog.text
