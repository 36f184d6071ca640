"""The page in Chromium: from the slider's event to the new map on the canvas, and what the page weighs."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from benchmarks.service import ROOT, service
from benchmarks.table import show
from benchmarks.timing import load, median, percentile_95

SIDE = 512
MOVES = 200
COUNTED_MOVES = 20
COLD_STARTS = 5
SLIDER = "#param-padding"
"""Padding 0 to 8: with a 3x3 kernel the output has 510 to 526 cells a side, near the input's 512."""
LEAST, MOST = 0, 8
AIM_MEDIAN, AIM_95, AIM_KB = 17, 40, 100
PHOTO = ROOT / "server/images/photos/coffee.jpg"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"]

MOVE = (Path(__file__).parent / "moves.js").read_text(encoding="utf-8")
FIRST_MAP = """
window.firstMap = new Promise((resolve) =>
  document.addEventListener("convscope:painted", () => resolve(performance.now()), { once: true }));
"""


def photo() -> bytes:
    """Return a square colour photo as a PNG file."""
    with Image.open(PHOTO) as image:
        shorter = min(image.size)
        left, top = ((side - shorter) // 2 for side in image.size)
        square = image.convert("RGB").crop((left, top, left + shorter, top + shorter)).resize((SIDE, SIDE))
    file = io.BytesIO()
    square.save(file, "PNG")
    return file.getvalue()


def upload(context: BrowserContext, address: str) -> str:
    """Give the photo to the service and return its id."""
    form = {"file": {"name": "photo.png", "mimeType": "image/png", "buffer": photo()}}
    return context.request.post(f"{address}/api/images", multipart=form).json()["id"]  # type: ignore[arg-type]


@contextmanager
def fresh(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor whose cache is empty."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        yield context
    finally:
        context.close()


def opened(context: BrowserContext, address: str) -> Page:
    """Open the photo in the Lab and wait for its first map."""
    page = context.new_page()
    page.add_init_script(FIRST_MAP)
    page.goto(f"{address}/#image={upload(context, address)}&size={SIDE}&k=sobel-x")
    page.evaluate("firstMap")
    page.wait_for_timeout(500)  # what is put off until after the first picture
    return page


def moves(page: Page, count: int, pause: int) -> list[dict[str, float]]:
    """Move the slider to and fro and return what each move took."""
    there = list(range(LEAST, MOST)) + list(range(MOST, LEAST, -1))
    values = [there[(number + 1) % len(there)] for number in range(count)]
    return page.evaluate(MOVE, {"slider": SLIDER, "values": values, "pause": pause})


def show_moves(browser: Browser, address: str) -> None:
    """Measure moves of the slider, unhurried and as fast as frames come."""
    rows: list[list[str]] = []
    busy = load()
    for title, pause in (("one move every 60 ms or so", 60), ("one move a frame, as in a drag", 0)):
        with fresh(browser) as context:
            page = opened(context, address)
            moves(page, 20, pause)
            taken = moves(page, MOVES, pause)
        for name, key in (("to the map on the canvas", "painted"), ("to the frame after it", "framed")):
            times = [one[key] for one in taken]
            aims = [str(AIM_MEDIAN), str(AIM_95)] if key == "painted" else ["", ""]
            cells = [f"{median(times):.1f}", aims[0], f"{percentile_95(times):.1f}", aims[1]]
            rows.append([f"{title}: {name}", *cells])
    show(
        f"From the padding slider's input event, {SIDE}x{SIDE} RGB, Sobel x, one map, {MOVES} moves ({busy})",
        ["milliseconds", "median", "aim", "95 %", "aim"],
        rows,
    )


def show_bytes(browser: Browser, address: str) -> None:
    """Count what goes over the WebSocket for one move."""
    with fresh(browser) as context:
        page = context.new_page()
        heard: list[str | bytes] = []
        said: list[str | bytes] = []

        def listen(socket: Any) -> None:
            socket.on("framereceived", lambda frame: heard.append(frame))
            socket.on("framesent", lambda frame: said.append(frame))

        page.on("websocket", listen)
        page.add_init_script(FIRST_MAP)
        page.goto(f"{address}/#image={upload(context, address)}&size={SIDE}&k=sobel-x")
        page.evaluate("firstMap")
        page.wait_for_timeout(500)
        heard.clear()
        said.clear()
        moves(page, COUNTED_MOVES, 60)
        page.wait_for_timeout(300)
    binary = sum(len(one) for one in heard if isinstance(one, bytes)) / COUNTED_MOVES
    text = sum(len(one.encode()) for one in heard if isinstance(one, str)) / COUNTED_MOVES
    asked = sum(len(one) for one in said) / COUNTED_MOVES
    rows = [
        ["the map, one byte a cell", f"{binary:,.0f}"],
        ["shape, limits, done", f"{text:,.0f}"],
        ["the wish, page to server", f"{asked:,.0f}"],
        ["together", f"{binary + text + asked:,.0f}"],
    ]
    show("Over the WebSocket, for one move", ["bytes", "mean"], rows)


def show_weight(browser: Browser, address: str) -> None:
    """Weigh everything that the first visit fetches."""
    with fresh(browser) as context:
        page = context.new_page()
        page.add_init_script(FIRST_MAP)
        responses: list[Response] = []
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: responses.append(response))
        page.goto(f"{address}/")
        page.evaluate("firstMap")
        page.wait_for_timeout(1000)
        bodies = [(one.request.resource_type, one.body()) for one in responses if one.ok]
    rows: list[list[str]] = []
    code = [0, 0, 0]
    kinds = {"document": "HTML", "stylesheet": "styles", "script": "scripts"}
    for kind in (*kinds, *sorted({kind for kind, _ in bodies} - set(kinds))):
        files = [body for of, body in bodies if of == kind]
        sizes = [len(files), sum(map(len, files)), sum(len(gzip.compress(body)) for body in files)]
        rows.append([kinds.get(kind, kind), f"{sizes[0]}", *(f"{size / 1000:.1f}" for size in sizes[1:]), ""])
        if kind in kinds:
            code = [a + b for a, b in zip(code, sizes, strict=True)]
    rows.insert(len(kinds), ["the page", f"{code[0]}", *(f"{s / 1000:.1f}" for s in code[1:]), str(AIM_KB)])
    own = urlsplit(address).netloc
    foreign = [url for url in asked if urlsplit(url).netloc not in (own, "")]
    show(
        "The first visit, by what it fetches",
        ["kB", "requests", "raw", "gzip", "aim"],
        rows,
        f"{len(asked)} requests, {len(foreign)} of them to other hosts (aim: 0){': ' if foreign else ''}"
        + ", ".join(foreign),
    )


def show_start(browser: Browser, address: str) -> None:
    """Take the times of a first visit with an empty cache."""
    paints: list[float] = []
    maps: list[float] = []
    busy = load()
    for _ in range(COLD_STARTS):
        with fresh(browser) as context:
            page = context.new_page()
            page.add_init_script(FIRST_MAP)
            page.goto(f"{address}/")
            maps.append(page.evaluate("firstMap"))
            page.wait_for_timeout(300)
            entry = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
            paints.append(page.evaluate(entry))
    rows = [
        ["first contentful paint", f"{median(paints):.0f}", f"{max(paints):.0f}"],
        ["first map on the canvas", f"{median(maps):.0f}", f"{max(maps):.0f}"],
    ]
    show(f"A first visit with an empty cache, {COLD_STARTS} times ({busy})", ["milliseconds", "median", "worst"], rows)


def main() -> None:
    """Print four tables."""
    with service() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        try:
            show_moves(browser, address)
            show_bytes(browser, address)
            show_weight(browser, address)
            show_start(browser, address)
        finally:
            browser.close()
