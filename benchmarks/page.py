"""The page in Chromium: from the slider's event to the new map on the canvas, and what goes over the wire."""

from typing import cast

from playwright.sync_api import Browser, WebSocket

from benchmarks import visits
from benchmarks.browser import SIDE, chromium, photo_address, visit, visitor
from benchmarks.devtools import AT_REST, bare_page
from benchmarks.hand import show_hand
from benchmarks.moves import FAR, NEAR, moves
from benchmarks.service import service
from benchmarks.table import show
from benchmarks.timing import load, median, percentile_95

MOVES = 200
AIMS = {"painted": (17, 40)}
"""Milliseconds: median, and what 95 of 100 moves do not exceed."""


def show_moves(browser: Browser, address: str) -> None:
    """Measure moves of the slider: unhurried, as fast as frames come, and to places never asked for."""
    near = (NEAR * MOVES)[:MOVES]
    with visitor(browser) as page:
        photo = photo_address(page.context, address)
    rows: list[list[str]] = []
    busy = load()
    for title, values, pause in (
        ("never asked for before, 32 moves", FAR, 60),
        (f"unhurried, {MOVES} moves", near, 60),
        (f"one a frame, {MOVES} moves", near, 0),
    ):
        with bare_page(photo) as page:
            taken = cast("list[dict[str, float]]", page.evaluate(moves(values, pause)))
        for name, key in (("canvas painted", "painted"), ("next frame", "framed")):
            times = [one[key] for one in taken]
            aims = [str(aim) for aim in AIMS.get(key, ("", ""))]
            rows.append(
                [f"{title}: {name}", f"{median(times):.1f}", aims[0], f"{percentile_95(times):.1f}", aims[1]]
            )
    show(
        f"From the padding slider's input event, {SIDE}x{SIDE} RGB, Sobel x, one map ({busy})",
        ["milliseconds", "median", "aim", "95 %", "aim"],
        rows,
    )


def show_bytes(browser: Browser, address: str) -> None:
    """Count what goes over the WebSocket for one move."""
    heard: list[str | bytes] = []
    said: list[str | bytes] = []

    def hear(frame: str | bytes) -> None:
        heard.append(frame)

    def say(frame: str | bytes) -> None:
        said.append(frame)

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", hear)
        socket.on("framesent", say)

    with visitor(browser) as page:
        page.on("websocket", listen)
        visit(page, photo_address(page.context, address))
        heard.clear()
        said.clear()
        page.evaluate(moves(NEAR, 60))
        page.evaluate(AT_REST)
    sizes = {
        "the map, one byte a cell": [len(one) for one in heard if isinstance(one, bytes)],
        "shape, limits, done": [len(one.encode()) for one in heard if isinstance(one, str)],
        "the wish, page to server": [len(one) for one in said],
    }
    sizes["together"] = [size for each in sizes.values() for size in each]
    rows = [
        [name, f"{len(each) / len(NEAR):.1f}", f"{sum(each) / len(NEAR):,.0f}"]
        for name, each in sizes.items()
    ]
    show("Over the WebSocket, for one move", ["means", "messages", "bytes"], rows)


def main() -> None:
    """Print the tables of the page."""
    with service() as address, chromium() as browser:
        # First of all: nobody has asked this service for anything yet.
        visits.show_start(browser, address)
        show_moves(browser, address)
        show_bytes(browser, address)
        with visitor(browser) as page:
            photo = photo_address(page.context, address)
        show_hand(photo)
        visits.show_weight(browser, address)
