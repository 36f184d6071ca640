"""What the hand feels: pointing at a cell, dragging under a large kernel, dragging for long."""

from typing import TypedDict, cast

from benchmarks.devtools import BarePage, bare_page
from benchmarks.moves import NEAR, SLIDER, called, moves
from benchmarks.table import show
from benchmarks.timing import load, median, percentile_95

POINTS = 100
LARGE_MOVES = 60
DRAGGED = 10
"""Seconds."""
LARGE = 15
"""Weights a side: small whole numbers, none of them 0, of which no two rows are alike."""


class Dragged(TypedDict):
    """What a long drag did."""

    moves: int
    painted: int
    long: list[float]


def large_kernel() -> str:
    """Return the kernel as the address holds it."""
    values = [(3 * row + 5 * column) % 7 - 3 or 1 for row in range(LARGE) for column in range(LARGE)]
    return f"{LARGE}x{LARGE}:{','.join(map(str, values))}"


def show_hand(photo: str) -> None:
    """Measure and print; ``photo`` is the address of the Lab with a picture of 512x512 cells."""
    busy = load()
    with bare_page(photo) as page:
        points = cast("list[float]", page.evaluate(called("points.js", {"moves": POINTS, "pause": 40})))
        before = heap(page)
        asked = {"slider": SLIDER, "values": NEAR, "seconds": DRAGGED}
        dragged = cast("Dragged", page.evaluate(called("long_tasks.js", asked)))
        after = heap(page)
    with bare_page(photo.replace("k=sobel-x", f"k={large_kernel()}")) as page:
        values = (NEAR * LARGE_MOVES)[:LARGE_MOVES]
        large = [one["painted"] for one in cast("list[dict[str, float]]", page.evaluate(moves(values, 60)))]
    rows = [
        [name, f"{median(times):.1f}", f"{percentile_95(times):.1f}", str(len(times))]
        for name, times in (
            ("pointer move to lit window", points),
            (f"padding under a kernel of {LARGE}x{LARGE} to the canvas", large),
        )
    ]
    show(f"Under the hand, 512x512 RGB ({busy})", ["milliseconds", "median", "95 %", "moves"], rows)
    long = dragged["long"]
    show(
        f"Dragging the padding for {DRAGGED} seconds, a move a frame",
        ["what", "is"],
        [
            ["moves", str(dragged["moves"])],
            ["maps painted", str(dragged["painted"])],
            ["tasks over 50 ms", str(len(long))],
            ["the longest task, ms", f"{max(long, default=0):.0f}"],
            ["heap of the page before, MB", f"{before:.1f}"],
            ["heap of the page after, MB", f"{after:.1f}"],
        ],
    )


def heap(page: BarePage) -> float:
    """Return what the page's scripts hold, in MB, with the garbage gone."""
    for _ in range(2):
        page.call("HeapProfiler.collectGarbage")
    return page.call("Runtime.getHeapUsage")["usedSize"] / 1e6
