"""A real Chromium in front of the whole service, which runs in a thread of this process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.app import create_app
from server.assets import NETWORKS
from server.pages.pages import SITE, Site
from server.settings import Settings
from tests.browser.chromium import QUIET, chromium
from tests.browser.lab import Lab
from tests.browser.network import NetworkPage
from tests.conftest import patience_of

PATIENCE = 15
"""Seconds for anything that has to happen at all; more where all is slowed down."""


@contextmanager
def serving(shipped: Path = NETWORKS, site: Site = SITE, port: int = 0) -> Iterator[str]:
    """Serve as ``python -m server`` does, in a thread, on a free port if none is given; give the address."""
    settings = Settings()
    listener = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        create_app(settings, shipped, site),
        log_level="warning",
        ws_max_size=settings.max_message_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            assert time.monotonic() < deadline, "the service did not start in time"
            time.sleep(0.01)
        yield "http://127.0.0.1:%d/" % listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()
        assert not thread.is_alive(), "the service did not end"


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of the service, with a slash at its end."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, silent about everything but the page."""
    path = chromium()
    if path is None:
        pytest.fail("Chromium is needed: apt-get install chromium-headless-shell fonts-noto-cjk")
    return {"executable_path": path, "args": QUIET}


@dataclass
class Pace:
    """How fast pages run, and how long one waits for them."""

    throttle: float
    """How many times the processor of a page is slowed down."""
    patience: float
    """Seconds."""

    def new_page(self, browser: Browser, asked: dict[str, object]) -> Page:
        """Return an empty page in a browser of its own; whatever page it opens runs no faster."""
        context = context_of(browser, asked)
        context.set_default_timeout(self.patience * 1000)
        page = context.new_page()
        if self.throttle != 1:
            self.slow(page)
            context.on("page", self.slow)
        return page

    def slow(self, page: Page) -> None:
        """Slow a page down, for as long as it is there."""
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": self.throttle})


@pytest.fixture(scope="session")
def pace(pytestconfig: pytest.Config) -> Pace:
    """As the options --throttle and --patience say."""
    patience = PATIENCE * patience_of(pytestconfig)
    expect.set_options(timeout=patience * 1000)
    return Pace(pytestconfig.getoption("--throttle") or 1, patience)


@pytest.fixture
def open_lab(browser: Browser, service: str, pace: Pace) -> Iterator[Callable[..., Lab]]:
    """Open the Lab in a browser of its own; at the end nothing may have gone wrong in it."""
    opened: list[Lab] = []

    def open_lab(link: str = "", *, address: str = service, wait: bool = True, **context: object) -> Lab:
        lab = Lab(pace.new_page(browser, context), address, pace.patience)
        opened.append(lab)
        lab.visit(link, wait=wait)
        return lab

    yield open_lab
    for lab in opened:
        lab.page.context.close()
    assert [lab.complaints() for lab in opened if lab.complaints()] == []


@pytest.fixture
def open_network(browser: Browser, service: str, pace: Pace) -> Iterator[Callable[..., NetworkPage]]:
    """Open the Network page in a browser of its own; at the end nothing may have gone wrong in it."""
    opened: list[NetworkPage] = []

    def open_network(
        link: str = "", *, address: str = service, wait: bool = True, **context: object
    ) -> NetworkPage:
        one = NetworkPage(pace.new_page(browser, context), address, pace.patience)
        opened.append(one)
        one.visit(link, wait=wait)
        return one

    yield open_network
    for one in opened:
        one.page.context.close()
    assert [one.complaints() for one in opened if one.complaints()] == []


@pytest.fixture
def open_page(browser: Browser, service: str, pace: Pace) -> Iterator[Callable[..., Page]]:
    """Open any other page, by its path; the same is asked of it."""
    opened: list[Lab] = []

    def open_page(path: str, *, expected: tuple[str, ...] = (), **context: object) -> Page:
        page = pace.new_page(browser, context)
        lab = Lab(page, service, pace.patience)
        lab.expected = list(expected)
        opened.append(lab)
        page.goto(service + path)
        return page

    yield open_page
    for lab in opened:
        lab.page.context.close()
    assert [lab.complaints() for lab in opened if lab.complaints()] == []


def context_of(browser: Browser, asked: dict[str, object]) -> BrowserContext:
    """Return a browser of one's own: nothing stored, English, light and still if not asked otherwise."""
    usual = {
        "viewport": {"width": 1440, "height": 1000},
        "locale": "en-GB",
        "color_scheme": "light",
        "reduced_motion": "reduce",
    }
    return browser.new_context(**(usual | asked))  # type: ignore[arg-type]


@pytest.fixture
def lab(open_lab: Callable[..., Lab]) -> Lab:
    """The Lab as a first visitor finds it."""
    return open_lab()
