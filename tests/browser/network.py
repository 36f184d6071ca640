"""The Network page as a person meets it: what can be done on it, and what can be read off it."""

from __future__ import annotations

import io
import json
import urllib.request
from contextlib import closing

import numpy as np
from playwright.sync_api import Page

from tests.browser.lab import PIXELS, Lab, rgba

PROBE = """
window.settled = 0;
document.addEventListener("convscope:settled", () => { window.settled += 1; });
"""


class NetworkPage(Lab):
    """One open page /network."""

    def __init__(self, page: Page, address: str, patience: float) -> None:
        super().__init__(page, address, patience)
        page.add_init_script(PROBE)

    def visit(self, link: str = "", *, wait: bool = True) -> None:
        """Go to the page, as from a link: ``net=fashion-cnn&layer=conv1``."""
        self.page.goto(self.address + "network" + (f"#{link}" if link else ""))
        if wait:
            self.rest()

    def value(self, key: str) -> object:
        """Return what the page's state holds."""
        return self.page.evaluate("(key) => window.network.state.values[key]", key)

    def set(self, **values: object) -> None:
        """Set the page's state as its own views do, and wait."""
        self.page.evaluate("(values) => window.network.state.set(values)", values)
        self.rest()

    def pixels_of(self, selector: str) -> np.ndarray:
        """Return a canvas as it is, shape (H, W, 4)."""
        return rgba(self.page.locator(selector).first.evaluate(PIXELS))

    def ask(self, path: str, **body: object) -> dict:
        """Return the service's own answer to a POST, below api/networks/."""
        with closing(urllib.request.urlopen(self._request(path, body), timeout=15)) as reply:
            return json.load(reply)

    def array(self, path: str, **body: object) -> np.ndarray:
        """Return the service's own answer as an array (format npy)."""
        with closing(
            urllib.request.urlopen(self._request(path, body | {"format": "npy"}), timeout=15)
        ) as reply:
            return np.load(io.BytesIO(reply.read()))

    def _request(self, path: str, body: dict[str, object]) -> urllib.request.Request:
        headers = {"Content-Type": "application/json"}
        return urllib.request.Request(
            f"{self.address}api/networks/{path}", json.dumps(body).encode(), headers, method="POST"
        )

    def sideways(self) -> int:
        """Return by how many px the page itself can be scrolled sideways; none is good."""
        return self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
