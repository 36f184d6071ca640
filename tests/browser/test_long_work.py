"""What takes long says so and can be called off; nothing that was seen is lost by it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from playwright.sync_api import expect

import engine
from server.calls.calls import Calls
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser


@pytest.fixture
def gate(monkeypatch):
    """Maps come only once it is open."""
    opened = threading.Event()
    maps = Calls.maps

    def held(self, wish):
        for each in maps(self, wish):
            opened.wait(20)
            yield each

    monkeypatch.setattr(Calls, "maps", held)
    yield opened
    opened.set()


def test_long_work_is_announced_and_called_off(open_lab, gate):
    gate.set()
    lab = open_lab("size=64&open=-")
    photo, before = lab.pixels(size=64), lab.bitmap()
    assert lab.get("progress").is_hidden()
    gate.clear()
    lab.get("param-stride").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(lab.get("progress")).to_be_visible()
    assert "Computing" in lab.text("progress")
    np.testing.assert_array_equal(lab.bitmap(), before)
    lab.get("cancel").click()
    expect(lab.get("progress")).to_be_hidden()
    gate.set()
    lab.rest()
    np.testing.assert_array_equal(lab.bitmap(), before)
    expect(lab.page.locator("#stage")).to_have_attribute("data-stale", "")
    lab.get("param-stride").focus()
    lab.page.keyboard.press("ArrowRight")
    lab.rest()
    assert_shows(lab, engine.conv2d(photo, SOBEL, stride=3)[0])
    expect(lab.page.locator("#stage")).not_to_have_attribute("data-stale", "")
