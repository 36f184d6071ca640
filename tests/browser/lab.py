"""The Lab as a person meets it: what can be done on it, and what can be read off it."""

from __future__ import annotations

import base64
import io
import re
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

# Keeps hold of the page's own root object, so that tests can wait for it to come to rest
# and read the picture behind the canvas. It changes nothing.
PROBE = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
window.painted = [];
document.addEventListener("convscope:painted", ({ detail }) => window.painted.push(detail.id));
window.begun = new Promise((resolve) =>
  document.addEventListener("convscope:begin", ({ detail }) => resolve(detail), { once: true }));
window.begun.then((page) => { window.lab = window.network = page; });
"""

OF_THE_TEST = "Multiple readback operations using getImageData"
"""Said of canvases that only a test reads."""

AT_REST = """async (patience) => {
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error("the page does not come to rest")), patience));
  const rest = async () => (await window.begun).rest();
  await Promise.race([rest(), late]);
}"""
"""The page's own promise, with a bound."""

PIXELS = """(canvas) => {
  const { width, height } = canvas;
  const bytes = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { width, height, bytes: btoa(text) };
}"""


@dataclass(frozen=True)
class Scale:
    """How the map on the stage became colours."""

    colormap: str
    lo: float
    hi: float
    lut: np.ndarray
    """256 colours, red green blue alpha."""


def rgba(read: dict) -> np.ndarray:
    """Return the pixels that PIXELS read, shape (H, W, 4)."""
    flat = np.frombuffer(base64.b64decode(read["bytes"]), np.uint8)
    return flat.reshape(read["height"], read["width"], 4)


def decimal(text: str) -> Decimal:
    """Return a number as the page prints it: true minus signs, brackets around negative ones."""
    return Decimal(text.strip().strip("()").replace("−", "-").replace("∞", "Infinity"))


class Lab:
    """One open page."""

    def __init__(self, page: Page, address: str, patience: float) -> None:
        self.page = page
        self.address = address
        self.patience = patience
        """Seconds within which it has to come to rest."""
        self.expected: list[str] = []
        """Patterns of console messages that belong to the test."""
        self.requests: list[str] = []
        self._complaints: list[str] = []
        page.add_init_script(PROBE)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._complaints.append(f"error: {error}"))
        page.on("request", self._note)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(f"{message.type}: {message.text} {message.location.get('url', '')}")

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)

    def complaints(self) -> list[str]:
        """Return what went wrong unexpectedly: errors, warnings, requests that leave the machine."""
        away = [url for url in self.requests if urlsplit(url).scheme not in ("data", "blob")]
        foreign = [f"request: {url}" for url in away if urlsplit(url).hostname != "127.0.0.1"]
        known = [*self.expected, OF_THE_TEST]
        said = [one for one in self._complaints if not any(re.search(p, one) for p in known)]
        return said + foreign

    # What a person does

    def visit(self, link: str = "", *, wait: bool = True) -> None:
        """Go to the page, as from a link."""
        self.page.goto(self.address + (f"#{link}" if link else ""))
        if wait:
            self.rest()

    def rest(self) -> None:
        """Wait until all that was asked for is there."""
        self.page.evaluate(AT_REST, self.patience * 1000)

    def get(self, testid: str) -> Locator:
        """Return the element of that data-testid."""
        return self.page.get_by_test_id(testid)

    def fill(self, testid: str, text: str) -> None:
        """Type into a field, leave it, and wait."""
        self.get(testid).fill(text)
        self.get(testid).blur()
        self.rest()

    def choose(self, testid: str) -> None:
        """Press a segment (its radio lies hidden in a label), a button or a switch, and wait."""
        self.get(testid).check(force=True) if self.get(testid).get_attribute("type") in (
            "radio",
            "checkbox",
        ) else self.get(testid).click()
        self.rest()

    def select(self, testid: str, value: str) -> None:
        """Choose from a list, and wait."""
        self.get(testid).select_option(value)
        self.rest()

    def place(self, pane: str, y: int, x: int) -> tuple[float, float]:
        """Return where on the screen the middle of a cell is, scrolled into view."""
        left, top = self.page.evaluate(
            """([kind, y, x]) => {
              const { pane } = window.lab.views.stage.slots.find((one) => one.kind === kind);
              const box = () => pane.view.getBoundingClientRect();
              if (box().top < 0 || box().bottom > innerHeight) pane.view.scrollIntoView({ block: "center" });
              const { left, top } = box();
              const { frame } = pane;
              const { cellWidth, cellHeight } = frame;
              return [left + (x + 0.5 - frame.x) * cellWidth, top + (y + 0.5 - frame.y) * cellHeight];
            }""",
            [pane, y, x],
        )
        return left, top

    def point(self, pane: str, y: int, x: int) -> None:
        """Move the pointer onto a cell, and wait."""
        self.page.mouse.move(*self.place(pane, y, x))
        self.rest()

    def pin(self, pane: str, y: int, x: int) -> None:
        """Click a cell, and wait."""
        self.page.mouse.click(*self.place(pane, y, x))
        self.rest()

    # What a person reads

    def bitmap(self, pane: str = "output", channel: int | None = None) -> np.ndarray:
        """Return the picture behind a pane, one pixel per cell, (H, W, 4)."""
        script = f"([pane, channel]) => ({PIXELS})(window.lab.views.stage.bitmap(pane, channel ?? undefined))"
        return rgba(self.page.evaluate(script, [pane, channel]))

    def canvas(self, testid: str) -> np.ndarray:
        """Return a canvas as it stands on the screen, (H, W, 4)."""
        return rgba(self.get(testid).evaluate(PIXELS))

    def marks(self, pane: str) -> np.ndarray:
        """Return the marks over a pane: outlines of windows and cells, (H, W, 4)."""
        return rgba(self.page.locator(f".pane-{pane} .pane-marks").first.evaluate(PIXELS))

    def scale(self) -> Scale:
        """Return by which colour map and ends the output is painted now."""
        read = self.page.evaluate(
            """async () => {
              const { lut } = await import("/static/draw/colour.js");
              const { colormap, scale } = window.lab.views.stage.model;
              return { colormap, ...scale, lut: [...lut(colormap)] };
            }"""
        )
        words = np.array(read["lut"], np.uint32)
        lut = np.stack([(words >> shift) & 255 for shift in (0, 8, 16, 24)], axis=1).astype(np.uint8)
        return Scale(read["colormap"], read["lo"], read["hi"], lut)

    def pixels(
        self, image: str = "coffee", size: int = 320, color: str = "rgb", frame: int = 0
    ) -> np.ndarray:
        """Return the input's levels (C, H, W), from the service, not from the page."""
        path = f"api/images/{image}/pixels?size={size}&color={color}&frame={frame}&format=npy"
        with closing(urllib.request.urlopen(self.address + path, timeout=15)) as reply:
            return np.load(io.BytesIO(reply.read()))

    def text(self, testid: str) -> str:
        """Return the text that stands there."""
        return self.get(testid).inner_text()

    def hash(self) -> str:
        """Return the state in the address once it is written."""
        self.rest()
        return self.page.evaluate("() => location.hash.slice(1)")

    def painted(self) -> list[int]:
        """Return the numbers of the wishes whose maps were painted, in order."""
        return self.page.evaluate("() => window.painted")
