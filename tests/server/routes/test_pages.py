"""The pages lead to one another, in their language, and the Network page is light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.pages.pages import SITE
from server.settings import Settings

MOST_BYTES = 100_000
"""Of the page's script and style sheet together, as they travel."""
CURRENT = re.compile(r'<a href="([^"]*)" aria-current="page"')
PAGES = {page.path: page.address for page in SITE.pages}


def as_sent(client: TestClient, path: str) -> int:
    with client.stream("GET", path) as reply:
        assert reply.headers["content-encoding"] == "gzip"
        return sum(map(len, reply.iter_raw()))


def test_script_and_sheet_of_the_network_page_travel_in_100_kb(client):
    sizes = {name: as_sent(client, f"/static/{name}?linked") for name in ("network.js", "style/network.css")}
    assert min(sizes.values()) > 5_000
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_the_others_and_says_where_one_is(client, path):
    text = client.get(f"/{path}").text
    nav = text[text.index('<nav class="pages"') :]
    nav = nav[: nav.index("</nav>")]
    assert re.findall(r'<a href="([^"]*)"', nav) == list(PAGES.values())
    assert CURRENT.findall(nav) == [PAGES[path]]


def test_the_reference_names_the_pages_in_its_language_and_takes_it_along(client):
    text = client.get("/docs?lang=zh").text
    assert '<a href="./#lang=zh" data-door="./" data-t="pages.lab">实验室</a>' in text
    assert '<a href="network#lang=zh"' in text
    # A language that was only guessed from the browser is guessed again.
    guessed = client.get("/docs", headers={"accept-language": "zh-CN"}).text
    assert '<a href="./" data-door="./" data-t="pages.lab">实验室</a>' in guessed


def test_a_language_of_an_address_is_not_written_into_the_page(client):
    text = client.get("/docs", params={"lang": '"><script>'}).text
    assert "<script>" not in text
    assert '<a href="./#lang=en"' in text


def test_without_any_network_the_pages_are_still_there(tmp_path: Path):
    settings = Settings(allowed_hosts=("testserver",))
    with TestClient(create_app(settings, tmp_path / "none")) as client:
        assert client.get("/network").status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/api/networks").json() == {"networks": []}
