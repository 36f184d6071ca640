"""The server goes away and comes back: it is said, nothing is lost, and the page goes on by itself."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import engine
from tests.browser import pictures
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL
from tests.browser.test_upload import levels, pick

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


class OwnServer:
    """``python -m server`` in a process of its own, on one port."""

    def __init__(self) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server", "--port", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"PYTHONWARNINGS": "default"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with (
                contextlib.suppress(urllib.error.URLError, OSError),
                closing(urllib.request.urlopen(self.address + "livez", timeout=2)),
            ):
                return
            time.sleep(0.1)
        pytest.fail("the service did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    server = OwnServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def test_away_and_back_again(own_server, open_lab):
    lab = open_lab(address=own_server.address)
    lab.expected = ["WebSocket connection", "ERR_CONNECTION_REFUSED", "status of 404", "ERR_CONNECTION_RESET"]
    file = pictures.jpeg(6)
    pick(lab, file, "mine.jpg")
    lab.fill("param-stride-number", "2")
    before = lab.bitmap()
    assert not lab.get("away").is_visible()

    own_server.stop()
    lab.get("away").wait_for(state="visible")
    assert "The server is away" in lab.text("away")
    assert (lab.bitmap() == before).all(), "the last picture stays"
    # One goes on setting things meanwhile.
    lab.get("param-stride").focus()
    lab.page.keyboard.press("ArrowRight")
    lab.get("bias").fill("30")
    assert (lab.bitmap() == before).all()
    assert lab.get("param-stride").input_value() == "3"

    own_server.start()
    lab.get("away").wait_for(state="hidden")
    lab.rest()
    # The new server has never seen the picture; the page has it, and sends it again.
    wanted = engine.conv2d(levels(file), SOBEL, bias=[30], stride=3)[0]
    lab.page.wait_for_function(
        "(width) => window.lab.views.stage.bitmap('output').width === width", arg=wanted.shape[1]
    )
    lab.rest()
    assert_shows(lab, wanted)
    assert (lab.bitmap("input")[..., :3] == np.moveaxis(levels(file), 0, 2)).all()
    assert "p.stride=3" in lab.hash()


def test_a_page_opened_too_early_goes_on_by_itself(own_server, open_lab):
    """The page is there (from a cache, or just loaded), the rest of the service is not, yet."""
    lab = open_lab(address=own_server.address, wait=False)
    lab.rest()
    lab.expected = ["ERR_CONNECTION", "WebSocket connection", "Failed to load resource", "preload"]
    lab.page.route("**/api/*", lambda route: route.abort())
    lab.page.reload()
    lab.page.locator("#waiting").wait_for(state="visible")
    lab.page.unroute("**/api/*")
    lab.rest()
    assert lab.page.locator("#waiting").count() == 0
    assert_shows(lab, engine.conv2d(lab.pixels(), SOBEL)[0])


def test_a_picture_chosen_while_the_server_is_away_is_fetched_when_it_is_back(own_server, open_lab):
    lab = open_lab("size=32&open=code", address=own_server.address)
    lab.expected = ["WebSocket connection", "ERR_CONNECTION", "Failed to load resource"]
    code = lab.get("code-text")
    code.get_by_text("image").first.wait_for()
    own_server.stop()
    lab.get("away").wait_for(state="visible")
    lab.get("sample-cat").click()
    lab.get("code-of").select_option("shape")
    lab.get("refusal").wait_for(state="visible")

    own_server.start()
    lab.get("away").wait_for(state="hidden")
    lab.page.wait_for_function("() => window.lab.session.result.picture.image === 'cat'")
    lab.rest()
    assert_shows(lab, engine.conv2d(lab.pixels("cat", 32), SOBEL)[0])
    assert not lab.get("refusal").is_visible()
    lab.page.wait_for_function(
        "() => document.querySelector('[data-testid=code-text]').textContent.includes('plan(')"
    )
    assert lab.page.locator("[data-chapter=code] [role=alert]:visible").count() == 0
