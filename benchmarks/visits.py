"""A first visit with an empty cache: what it fetches, and how long it waits."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, Response

from benchmarks.browser import visit, visitor
from benchmarks.table import show
from benchmarks.timing import load, median

VISITS = 5
AIM_KB = 100
CODE = {"document": "HTML", "stylesheet": "styles", "script": "scripts"}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


def show_weight(browser: Browser, address: str) -> None:
    """Weigh everything that the first visit fetches; each file is compressed by itself."""
    asked: list[str] = []
    responses: list[Response] = []

    def ask(request: Request) -> None:
        asked.append(request.url)

    def answer(response: Response) -> None:
        responses.append(response)

    with visitor(browser) as page:
        page.on("request", ask)
        page.on("response", answer)
        visit(page, f"{address}/")
        bodies = [(one.request.resource_type, one.body()) for one in responses if one.ok]
    others = sorted({kind for kind, _ in bodies} - set(CODE))
    rows = [_row(name, [body for kind, body in bodies if kind == of]) for of, name in CODE.items()]
    rows.append([*_row("the page", [body for kind, body in bodies if kind in CODE])[:-1], str(AIM_KB)])
    rows += [_row(f"({name})", [body for kind, body in bodies if kind == name]) for name in others]
    own = urlsplit(address).netloc
    foreign = [url for url in asked if urlsplit(url).netloc not in (own, "")]
    show(
        "A first visit, by what it fetches",
        ["kB", "requests", "raw", "gzip", "aim"],
        rows,
        f"{len(asked)} requests, {len(foreign)} of them to other hosts; the aim is 0. {' '.join(foreign)}",
    )


def _row(name: str, files: list[bytes]) -> list[str]:
    raw, small = sum(map(len, files)), sum(len(gzip.compress(file)) for file in files)
    return [name, str(len(files)), f"{raw / 1000:.1f}", f"{small / 1000:.1f}", ""]


def show_start(browser: Browser, address: str) -> None:
    """Take the times of a first visit; the first of all is the first since the service started."""
    paints: list[float] = []
    maps: list[float] = []
    busy = load()
    for _ in range(VISITS):
        with visitor(browser) as page:
            maps.append(visit(page, f"{address}/"))
            paints.append(page.evaluate(PAINT))
    show(
        f"A first visit, {VISITS} times ({busy})",
        ["milliseconds", "the first", "median", "aim", "worst"],
        [
            [name, f"{times[0]:.0f}", f"{median(times):.0f}", str(aim), f"{max(times):.0f}"]
            for name, times, aim in (
                ("first contentful paint", paints, 400),
                ("first map on the canvas", maps, 800),
            )
        ],
    )
