"""The list of pages is all there is to say of one: a third is served, named and translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.pages.pages import SITE
from server.settings import Settings
from tests.third_page import MESSAGES, SCRIPT, TEMPLATE, with_third_page


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("site")
    settings = Settings(allowed_hosts=("testserver",))
    with TestClient(create_app(settings, site=with_third_page(folder))) as client:
        yield client


def test_a_page_is_twenty_lines():
    assert (SCRIPT + TEMPLATE).count("\n") <= 20


def test_a_third_page_is_served_with_all_that_it_links_to(third):
    text = third.get("/third").text
    assert "<title>Convscope: a third page</title>" in text
    found = re.findall(r'(?:src|href)="(static/[^"]+)"', text)
    assert found == ["static/early.js?linked", "static/style/third.css?linked", "static/third.js?linked"]
    for path in found:
        assert third.get(f"/{path}").status_code == 200


@pytest.mark.parametrize("path", [page.path for page in SITE.pages])
def test_every_page_names_it(third, path):
    text = third.get(f"/{path}").text
    assert '<a href="third" data-door="third" data-t="pages.third">Third</a>' in text


def test_it_is_named_in_the_language_of_the_reference(third):
    text = third.get("/docs?lang=zh").text
    assert (
        f'<a href="third#lang=zh" data-door="third" data-t="pages.third">{MESSAGES["pages.third"][1]}' in text
    )
    assert third.get("/static/messages/zh.json").json()["third.calm"] == MESSAGES["third.calm"][1]


def test_the_pages_that_ship_know_nothing_of_it(client):
    assert client.get("/third").status_code == 404
    assert "third" not in client.get("/").text
