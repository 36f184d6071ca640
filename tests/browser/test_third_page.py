"""A page of twenty lines has what all have: language, theme, link, notices; it says when nobody answers."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Pace, serving
from tests.browser.lab import Lab
from tests.third_page import MESSAGES, with_third_page

pytestmark = pytest.mark.browser


def words(page: Page, key: str, language: int) -> None:
    """The page says this, in this language."""
    expect(page.locator("[data-chapter=words] .words")).to_have_text(MESSAGES[key][language])


def test_a_third_page(browser: Browser, tmp_path: Path, pace: Pace):
    site = with_third_page(tmp_path)
    asked: dict[str, object] = {"permissions": ["clipboard-read", "clipboard-write"]}
    lab = Lab(pace.new_page(browser, asked), "", pace.patience)
    lab.expected = ["WebSocket connection", "ERR_CONNECTION"]
    page = lab.page
    with serving(site=site) as address:
        page.goto(f"{address}third#mood=merry&what=1")
        words(page, "third.merry", 0)
        expect(page).to_have_title(MESSAGES["third.title"][0])
        expect(lab.get("notices")).to_contain_text("what=1")
        expect(page.locator("nav.pages [aria-current=page]")).to_have_text("Third")

        lab.get("lang").select_option("zh")
        words(page, "third.merry", 1)
        expect(page).to_have_title(MESSAGES["third.title"][1])
        expect(page.locator("[data-chapter=words] h2")).to_have_text(MESSAGES["chapter.words"][1])

        lab.get("theme").select_option("dark")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        door = page.locator("nav.pages [data-door=network]")
        expect(door).to_have_attribute("href", "network#lang=zh&theme=dark")

        lab.get("copy-link").click()
        expect(lab.get("link-said")).not_to_be_empty()
        link = page.evaluate("navigator.clipboard.readText()")
        assert link == f"{address}third#mood=merry&lang=zh&theme=dark"
        assert page.url == link
        assert not lab.get("away").is_visible()

    expect(lab.get("away")).to_have_text(re.compile("服务器"))
    expect(lab.get("away")).to_be_visible()
    words(page, "third.merry", 1)
    with serving(site=site, port=urlsplit(address).port or 0):
        expect(lab.get("away")).to_be_hidden()
        # The link opens what was seen.
        page.goto("about:blank")
        page.goto(link)
        words(page, "third.merry", 1)
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.context.close()
    assert lab.complaints() == []
