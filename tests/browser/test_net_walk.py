"""From the overview to a layer, a map, a cell and a pixel: what is painted and printed is the engine's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal, localcontext
from functools import cache

import numpy as np
import pytest

from engine.network import Activations, explain, forward
from tests.browser import pictures
from tests.browser.colours import assert_colours
from tests.browser.lab import PIXELS, Scale, decimal, rgba
from tests.engine.network.shipped import prepared, shipped

pytestmark = pytest.mark.browser

NET = "squeezenet-1.1"
OPEN = "open=map,cell,trace"
START = "fire2/expand3x3/relu"
BITMAP = f"(which) => ({PIXELS})(window.network.chapters.view('map')[which].bitmap.canvas)"
PLACE = """([which, y, x]) => {
  const { pane } = window.network.chapters.view("map")[which];
  pane.view.scrollIntoView({ block: "center" });
  const { left, top } = pane.view.getBoundingClientRect();
  const { frame } = pane;
  return [left + (x + 0.5 - frame.x) * frame.cellWidth, top + (y + 0.5 - frame.y) * frame.cellHeight];
}"""


@cache
def photo() -> bytes:
    return pictures.jpeg(1, width=400, height=300, seed=3)


@cache
def given() -> np.ndarray:
    """The picture as the network takes it, made of the file apart from the service."""
    return prepared(NET, io.BytesIO(photo()))


@cache
def run() -> Activations:
    kept = Activations(shipped(NET))
    for _ in forward(shipped(NET), given(), kept=kept):
        pass
    return kept


def before(layer: str, cell: tuple[int, ...]) -> tuple[str, tuple[int, ...]] | None:
    """The cell before that gives most, found with nothing but the arrays; None after the picture."""
    if layer == "input":
        return None
    network = shipped(NET)
    node = network.node(layer)
    if node.operation.name == "relu":
        return before(next(iter(node.layer.feeds.values())), cell)
    trace = run().trace(layer, cell)
    products = np.asarray([float(term["product"] or 0) for term in trace.data()["terms"]])
    read = [term["input"] is not None for term in trace.data()["terms"]]
    if trace.reduction == "sum" and products.sum() < 0:
        products = -products
    term = trace.data()["terms"][int(np.argmax(np.where(read, products, -np.inf)))]
    assert term["input"] is not None
    return node.layer.feeds[term["of"]], tuple(term["input"])


def way(layer: str, cell: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """All cells from one back to a pixel, itself the first."""
    at: tuple[str, tuple[int, ...]] | None = (layer, cell)
    while at is not None:
        yield at
        at = before(*at)


def upload(page) -> None:
    with page.page.expect_response("**/api/images"):
        page.get("file").set_input_files({"name": "own.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.rest()


def assert_painted(page, which: str, wanted: np.ndarray) -> None:
    """Assert that a pane shows this map, its own least to its greatest number in greys."""
    grey = np.repeat(np.arange(256)[:, None], 3, axis=1)
    seen = rgba(page.page.evaluate(BITMAP, which))
    lut = np.c_[grey, np.full(256, 255)].astype(np.uint8)
    assert_colours(seen, wanted, Scale("grey", float(wanted.min()), float(wanted.max()), lut))


def assert_told(page, layer: str, cell: tuple[int, ...]) -> None:
    """Assert that the sum of the unit's first layer adds up, and ends with the layer's number of the cell."""
    network = shipped(NET)
    head = layer.removesuffix("/relu")
    shown = page.page.eval_on_selector_all(
        "#cell .sum-block[aria-label]:not([data-closed])", "rows => rows.map((row) => row.ariaLabel)"
    )
    parts = [last(text) for text in page.page.locator("#cell [data-part]").all_inner_texts()]
    steps = {
        row.get_attribute("data-step"): last(row.locator(".step-number").last.inner_text())
        for row in page.page.locator("#cell .sum-below .sum-row").all()
    }
    with localcontext() as context:
        context.prec = 200
        assert len(parts) == network.shape(next(iter(network.node(head).layer.feeds.values())))[0]
        assert sum(parts) == steps["sum"]
        assert steps["sum"] + steps["bias"] + steps.get("residual", 0) == steps["value"]
    sizes = [abs(float(one)) for one in parts]
    assert sizes == sorted(sizes, reverse=True), "what gives most comes first"
    assert len(shown) == min(4, len(parts))
    assert np.float32(steps["value"]) == run()[head][cell]
    after = page.page.locator("#cell .cell-step .step-number").last.inner_text()
    assert np.float32(decimal(after)) == run()[layer][cell]
    assert np.float32(decimal(page.text("summary-cell").split()[-1])) == run()[layer][cell]


def last(text: str) -> Decimal:
    return decimal(text.rsplit(maxsplit=1)[-1])


def trail(page) -> list[list[str]]:
    return [one.split("\n") for one in page.page.locator("[data-testid=trail] li").all_inner_texts()]


def named(layer: str, cell: tuple[int, ...]) -> str:
    if layer == "input":
        return f"pixel y {cell[1]}, x {cell[2]}, {['blue', 'green', 'red'][cell[0]]}"
    return f"{layer} · map {cell[0]}, y {cell[1]}, x {cell[2]}"


def assert_walked(page, stops: list[tuple[str, tuple[int, ...]]]) -> None:
    """Assert that the trail is this, with the numbers of the cells, and its pixel marked on the picture."""
    seen = trail(page)
    assert [one[0] for one in seen] == [named(*stop) for stop in stops]
    for one, (layer, cell) in zip(seen, stops, strict=True):
        value = given()[cell] if layer == "input" else run()[layer][cell]
        assert np.float32(decimal(one[1])) == np.float32(value)
    _, (_, y, x) = stops[-1]
    style = page.get("heat-pixel").evaluate("(mark) => [mark.hidden, mark.style.top, mark.style.left]")
    assert style[0] is False
    assert [float(text[:-1]) for text in style[1:]] == pytest.approx([100 * y / 227, 100 * x / 227], abs=1e-3)


def test_by_mouse_from_the_overview_to_a_pixel(open_network):
    page = open_network(OPEN)
    upload(page)
    page.page.locator('[data-unit="fire2/expand3x3"]').click()
    page.rest()
    assert page.value("layer") == START
    number = page.page.evaluate("() => window.network.focus.map")
    maps = run()[START]
    assert_painted(page, "output", maps[number])
    y, x = map(int, np.unravel_index(maps[number].argmax(), maps[number].shape))
    assert f"y {y}, x {x}" in page.text("summary-cell"), "the strongest cell, where none was chosen"
    y, x = y - 3, x + 2
    page.page.mouse.move(*page.page.evaluate(PLACE, ["output", y, x]))
    page.rest()
    assert_told(page, START, (number, y, x))
    page.page.mouse.click(*page.page.evaluate(PLACE, ["output", y, x]))
    page.rest()
    assert page.value("cell") == {"y": y, "x": x}
    stops = list(way(START, (number, y, x)))
    _, (source, row, column) = stops[1]
    assert_painted(page, "input", run()["fire2/squeeze1x1/relu"][source])
    page.page.mouse.click(*page.page.evaluate(PLACE, ["input", row, column]))
    page.rest()
    assert [page.value("layer"), page.value("map")] == [stops[1][0], source]
    assert_told(page, *stops[1])
    for layer, cell in stops[2:]:
        assert named(layer, cell) in page.text("walk-back")
        page.get("walk-back").click()
        page.rest()
    assert_walked(page, stops)
    page.page.go_back()
    page.rest()
    assert page.value("layer") == stops[-3][0], "the browser goes forward again"
    page.page.get_by_test_id("trail").get_by_role("button").first.click()
    page.rest()
    assert [page.value("layer"), page.value("map"), page.value("cell")] == [START, number, {"y": y, "x": x}]


def test_a_quick_readers_back_skips_no_layer(open_network):
    """Three layers are chosen before the next frame; "back" leads to each, and to what was there before."""
    page = open_network("open=")
    units = ["fire2/expand3x3", "fire4/expand3x3", "fire6/expand3x3"]
    page.page.evaluate(
        "(units) => units.forEach((unit) => document.querySelector(`[data-unit='${unit}']`).click())", units
    )
    seen = [page.value("layer")]
    for _ in units:
        page.page.go_back()
        seen.append(page.value("layer"))
    assert seen == [*(f"{unit}/relu" for unit in reversed(units)), ""]
    page.page.go_forward()
    assert page.value("layer") == f"{units[0]}/relu"


def test_a_step_back_that_is_asked_for_before_its_answer_is_taken(open_network):
    """The way back is clicked in the task in which another cell was chosen: its sum is yet to come."""
    page = open_network(f"open=trace&layer={START}")
    page.page.evaluate(
        """() => {
          const { network } = window;
          network.look(network.focus.layer.name, 3, { y: 7, x: 9 });
          network.refresh();
          document.querySelector("[data-testid=walk-back]").click();
        }"""
    )
    page.rest()
    stops = [one[0] for one in trail(page)]
    assert stops[0] == named(START, (3, 7, 9))
    assert len(stops) == 2
    assert page.value("layer") == "fire2/squeeze1x1/relu"


def test_by_keyboard_from_the_overview_to_a_pixel(open_network):
    page = open_network(OPEN)
    upload(page)
    keys = page.page.keyboard
    page.page.locator(".unit[tabindex='0']").focus()
    keys.press("ArrowRight")
    keys.press("Enter")
    page.rest()
    assert page.value("layer") == "pool1"
    number = page.page.evaluate("() => window.network.focus.map")
    maps = run()["pool1"]
    page.page.locator("[data-chapter=map] .pane-output .pane-view").focus()
    y, x = map(int, np.unravel_index(maps[number].argmax(), maps[number].shape))
    for key in ("ArrowUp", "ArrowUp", "Shift+ArrowLeft", "Enter"):
        keys.press(key)
        page.rest()
    y, x = max(y - 2, 0), max(x - 10, 0)
    assert page.value("cell") == {"y": y, "x": x}
    said = page.text("map-said")
    assert said.startswith(f"map {number}, y {y}, x {x}: ")
    assert np.float32(decimal(said.split()[-1])) == maps[number, y, x]
    stops = list(way("pool1", (number, y, x)))
    page.page.locator("[data-chapter=map] .pane-input .pane-view").focus()
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    page.rest()
    page.get("walk-back").focus()
    for _ in stops[1:]:
        keys.press("Enter")
        page.rest()
    assert_walked(page, stops)
    assert page.page.evaluate("() => document.activeElement.dataset.testid") == "walk-back"
    page.page.locator(".trace-pixel").first.focus()
    page.rest()
    layer, cell = stops[-2]
    found = explain(shipped(NET), given(), layer, cell, kept=run()).contributions.sum(axis=0)
    best = np.unravel_index(np.abs(found).argmax(), found.shape)
    assert page.page.locator(".trace-place").first.inner_text() == f"y {best[0]}, x {best[1]}"


def test_what_speaks_for_a_class(open_network):
    page = open_network("open=trace")
    upload(page)
    page.page.locator("[data-class]").nth(1).click()
    page.rest()
    index = int(np.argsort(-run()["flatten"], kind="stable")[1])
    assert [page.value("layer"), page.value("map")] == ["flatten", index]
    found = explain(shipped(NET), given(), "flatten", (index,), kept=run())
    line = page.text("trace-line")
    numbers = [float(decimal(one)) for one in line.split(": ")[1].split() if one[-1].isdigit()]
    assert numbers == pytest.approx([float(found.value), found.total, found.rest], rel=1e-4, abs=1e-4)
    assert numbers[0] == pytest.approx(numbers[1] + numbers[2], abs=1e-5)
    given_by = found.contributions.sum(axis=0)
    page.choose("grain-pixels")
    page.rest()
    assert_heat(page.canvas("heat"), given_by)
    page.choose("grain-blocks")
    page.rest()
    rows = np.add.reduceat(given_by.astype(float), np.arange(0, 227, 8), axis=0)
    blocks = np.add.reduceat(rows, np.arange(0, 227, 8), axis=1)
    assert_heat(page.canvas("heat"), blocks.repeat(8, axis=0).repeat(8, axis=1)[:227, :227])


def assert_heat(seen: np.ndarray, wanted: np.ndarray) -> None:
    """Assert that the stronger a pixel the denser its colour, orange for it and blue against it."""
    sizes = np.abs(wanted)
    # Painted are levels: what is less than half of one is nothing.
    step = (max(wanted.max(), 0) - min(wanted.min(), 0)) / 255
    full = np.quantile(sizes[sizes > 0.6 * step], 0.97, method="higher")
    dense = 255 * np.minimum(sizes / full, 1)
    assert np.abs(seen[..., 3] - dense).max() <= 255 * 1.5 * step / full + 1
    strong = sizes > 1.5 * step
    warm = seen[..., 0].astype(int) - seen[..., 2]
    assert (np.sign(warm)[strong] == np.sign(wanted)[strong]).all()


def test_a_sum_of_many_maps_opens_the_strongest(open_network):
    page = open_network("open=cell")
    upload(page)
    index = int(run()["flatten"].argmax())
    page.set(layer="conv10/relu", map=index, cell={"y": 6, "x": 6})
    assert_told(page, "conv10/relu", (index, 6, 6))
    assert page.page.locator("#cell .sum-chip").count() == 508
