"""A page in Chromium spoken to with one command, and nothing listened to.

A browser driver hears of everything that goes over the network, and copies every frame of
the WebSocket: beside a move of 15 ms that copying would be measured too.
"""

import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.chromium import QUIET, chromium

BEGUN = """
window.begun = new Promise((resolve) =>
  document.addEventListener("convscope:begin", ({ detail }) => resolve(detail), { once: true }));
"""
AT_REST = "begun.then((page) => page.rest())"
"""The page's own promise, which is kept when nothing is asked, late or still to be drawn."""
PATIENCE = 120
"""Seconds to wait for an answer."""


class BarePage:
    """A page of a browser that nobody else drives."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._sent = 0

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command of the DevTools protocol and return its result."""
        self._sent += 1
        self._connection.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            answer = json.loads(self._connection.recv(PATIENCE))
            if answer.get("id") == self._sent:
                return answer["result"]

    def evaluate(self, expression: str) -> object:
        """Return the value of a JavaScript expression, awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")


@contextmanager
def bare_page(address: str) -> Iterator[BarePage]:
    """Open ``address`` in a browser of its own, and let it come to rest; end it after."""
    path = chromium() or "chromium"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        arguments = ["--headless", *QUIET, "--remote-debugging-port=0", "--window-size=1440,900"]
        browser = subprocess.Popen(
            [path, *arguments, f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with connect(_page_address(Path(folder)), max_size=None) as connection:
                page = BarePage(connection)
                page.call("Page.enable")
                page.call("Page.addScriptToEvaluateOnNewDocument", source=BEGUN)
                page.call("Page.navigate", url=address)
                page.evaluate(AT_REST)
                yield page
        finally:
            browser.terminate()
            browser.wait(20)


def _page_address(folder: Path) -> str:
    """Return the address at which the browser's first page takes commands, once it says so."""
    said = folder / "DevToolsActivePort"
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if said.exists() and (lines := said.read_text(encoding="utf-8").split()):
            with urllib.request.urlopen(f"http://127.0.0.1:{lines[0]}/json", timeout=10) as reply:
                pages = [one for one in json.load(reply) if one["type"] == "page"]
            if pages:
                return pages[0]["webSocketDebuggerUrl"]
        time.sleep(0.05)
    raise TimeoutError("Chromium did not say where it takes commands.")
