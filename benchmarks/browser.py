"""Chromium in front of the page: visitors with an empty cache, and the moment of their first map."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.devtools import AT_REST, BEGUN
from benchmarks.service import ROOT
from tests.browser.chromium import QUIET
from tests.browser.chromium import chromium as found

SIDE = 512
PHOTO = ROOT / "server/images/photos/coffee.jpg"
FIRST_MAP = """
window.firstMap = new Promise((resolve) =>
  document.addEventListener("convscope:painted", () => resolve(performance.now()), { once: true }));
"""
OPENED = 2000
"""Milliseconds in which Chromium, which opens a window of its own for each visitor, sets that up."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with sync_playwright() as playwright:
        still = [*QUIET, "--force-prefers-reduced-motion"]
        browser = playwright.chromium.launch(executable_path=found(), args=still)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    """Give an empty page, in a browser that has come to rest, to somebody who has never been here."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.add_init_script(BEGUN + FIRST_MAP)
        page.wait_for_timeout(OPENED)
        yield page
    finally:
        context.close()


def visit(page: Page, address: str) -> float:
    """Open an address of the Lab; return when its first map was painted, in milliseconds from the start."""
    page.goto(address)
    painted = page.evaluate("firstMap")
    page.evaluate(AT_REST)
    return painted


def photo_address(context: BrowserContext, address: str) -> str:
    """Give the photo to the service and return the address that shows it in the Lab, with Sobel x."""
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": photo()}
    reply = context.request.post(f"{address}/api/images", multipart={"file": file})  # type: ignore[arg-type]
    return f"{address}/#image={reply.json()['id']}&size={SIDE}&k=sobel-x"


def photo() -> bytes:
    """Return a square colour photo as a PNG file."""
    with Image.open(PHOTO) as image:
        shorter = min(image.size)
        left, top = ((side - shorter) // 2 for side in image.size)
        square = image.convert("RGB").crop((left, top, left + shorter, top + shorter)).resize((SIDE, SIDE))
    file = io.BytesIO()
    square.save(file, "PNG")
    return file.getvalue()
