"""With the keyboard alone, and for ears; and from an input cell to the outputs it reaches."""

from __future__ import annotations

import re

import numpy as np
import pytest

import engine
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const it = document.activeElement;
  return { pane: it.closest(".pane")?.className ?? "", label: it.getAttribute("aria-label") ?? "" };
}"""


def tab_to_output(lab) -> dict:
    for _ in range(40):
        lab.page.keyboard.press("Tab")
        focused = lab.page.evaluate(FOCUSED)
        if "pane-output" in focused["pane"]:
            return focused
    pytest.fail("Tab does not lead to the output")


def said(lab) -> str:
    """What a screen reader is told."""
    return lab.page.locator("#stage [aria-live]").inner_text()


def press(lab, *keys: str) -> None:
    for key in keys:
        lab.page.keyboard.press(key)
        lab.rest()


def test_a_cell_is_reached_heard_and_pinned(open_lab):
    lab = open_lab("size=64")
    wanted = engine.conv2d(lab.pixels(size=64), SOBEL)[0]
    focused = tab_to_output(lab)
    height, width = wanted.shape
    assert f"{width} by {height}" in focused["label"]
    press(lab, "Control+Home")
    y, x = 0, 0
    moves = {
        "ArrowRight": (0, 1),
        "ArrowDown": (1, 0),
        "Shift+ArrowRight": (0, 10),
        "Shift+ArrowDown": (10, 0),
    }
    number = r"(−?[\d.]+)"
    for key, (down, across) in moves.items():
        press(lab, key)
        y, x = y + down, x + across
        words = re.fullmatch(
            rf"Output row (\d+), column (\d+): {number}, from 27 terms\. "
            rf"By channel: red {number}, green {number}, blue {number}\.",
            said(lab),
        )
        assert words is not None, said(lab)
        assert words.groups()[:2] == (str(y), str(x))
        value, *parts = (float(text.replace("−", "-")) for text in words.groups()[2:])
        assert value == sum(parts) == wanted[y, x]
    press(lab, "End")
    assert lab.text("sum-cell").endswith(f"y {y}, x {width - 1}")
    press(lab, "Control+End")
    assert lab.text("sum-cell").endswith(f"y {height - 1}, x {width - 1}")
    press(lab, "Home", "PageUp", "Enter")
    assert lab.get("unpin").is_visible()
    assert re.search(r"cell=\d+\.0", lab.hash())
    press(lab, "Escape")
    assert not lab.get("unpin").is_visible()
    assert "cell=" not in lab.hash()


def test_a_pin_stays_while_the_pointer_wanders(open_lab):
    lab = open_lab("size=64")
    lab.pin("output", 10, 20)
    assert "cell=10.20" in lab.hash()
    lab.point("output", 30, 3)
    assert lab.text("sum-cell").endswith("y 10, x 20")
    lab.choose("unpin")
    lab.point("output", 30, 4)
    assert lab.text("sum-cell").endswith("y 30, x 4")


def test_keys_zoom_and_fit(lab):
    tab_to_output(lab)
    before = lab.page.locator(".stage-bar-value").inner_text()
    press(lab, "+", "+")
    assert lab.page.locator(".stage-bar-value").inner_text() != before
    press(lab, "0")
    assert lab.page.locator(".stage-bar-value").inner_text() == before


def marked(lab, pane: str) -> list[float]:
    """The cells that the marks of a pane enclose: left, top, right, bottom."""
    lab.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    marks = lab.marks(pane)
    blue = marks[..., 2].astype(int) - marks[..., 0] > 40  # what is lit beside them is red
    alpha = (marks[..., 3] > 0) & blue
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    assert len(rows), "nothing is marked"
    frame = lab.page.evaluate(
        "(kind) => { const { x, y, scale } = window.lab.views.stage.slots.find((s) => s.kind === kind)"
        ".pane.frame; return { x, y, scale }; }",
        pane,
    )
    left, right = (frame["x"] + side / frame["scale"] for side in (columns[0], columns[-1] + 1))
    top, bottom = (frame["y"] + side / frame["scale"] for side in (rows[0], rows[-1] + 1))
    return [left, top, right, bottom]


@pytest.mark.parametrize(("settings", "reach"), [("", 3), ("&p.stride=2", 1)])
def test_windows_light_up_both_ways(open_lab, settings, reach):
    lab = open_lab("size=40&zoom=16" + settings)
    stride = 2 if settings else 1
    lab.point("output", 6, 7)
    at = [7 * stride, 6 * stride, 7 * stride + 3, 6 * stride + 3]
    assert marked(lab, "input") == pytest.approx(at, abs=0.3)
    assert marked(lab, "output") == pytest.approx([7, 6, 8, 7], abs=0.3)
    # An input cell: with stride 2 one window covers an odd row and column, with stride 1 nine do.
    lab.point("output", 1, 1)
    lab.point("input", 13, 15)
    first = [7, 6] if settings else [13, 11]
    assert marked(lab, "output") == pytest.approx([*first, first[0] + reach, first[1] + reach], abs=0.3)
    assert marked(lab, "input") == pytest.approx([15, 13, 16, 14], abs=0.3)
    readout = lab.page.locator(".pane-output .pane-readout").inner_text()
    assert readout == f"cells reached: {reach * reach}"


def test_an_input_cell_is_heard_too(open_lab):
    lab = open_lab("size=40")
    photo = lab.pixels(size=40)
    lab.page.locator(".pane-input .pane-view").focus()
    press(lab, "Control+Home", "ArrowRight")
    values = ", ".join(str(level) for level in photo[:, 0, 1])
    assert said(lab) == f"Input row 0, column 1: {values}. Windows that read it: 2."
