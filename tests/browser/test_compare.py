"""Compare: what was pinned as A, what there is now, and the difference, as the engine has them."""

from __future__ import annotations

import re

import numpy as np
import pytest

import engine
from tests.browser.lab import PIXELS, decimal, rgba
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
PICTURE = f"([at]) => ({PIXELS})(window.lab.chapters.view('compare').maps.all[at].bitmap.canvas)"


def place(lab, which: str, y: int, x: int) -> tuple[float, float]:
    """Return where on the screen a cell of one of the three maps is."""
    lab.get(f"compare-{which}").scroll_into_view_if_needed()
    at = {"a": 0, "b": 1, "difference": 2}[which]
    left, top = lab.page.evaluate(
        """([at, y, x]) => {
          const { pane } = window.lab.chapters.view("compare").maps.all[at];
          const { frame } = pane;
          const { left, top } = pane.view.getBoundingClientRect();
          return [left + (x + 0.5 - frame.x) * frame.cellWidth, top + (y + 0.5 - frame.y) * frame.cellHeight];
        }""",
        [at, y, x],
    )
    return left, top


def numbers(text: str) -> list[float]:
    return [float(decimal(one)) for one in re.findall(r"−?\d+(?:\.\d+)?", text)]


def test_a_pinned_map_stands_beside_the_present_one_and_their_difference(open_lab):
    lab = open_lab("size=48")
    pixels = lab.pixels(size=48)
    a = engine.conv2d(pixels, np.broadcast_to(SOBEL_X, (1, 3, 3, 3)))[0]
    lab.choose("pin")
    lab.rest()
    assert lab.get("chapter-compare").get_attribute("aria-expanded") == "true"
    assert "same settings" in lab.text("compare-changes")
    assert lab.text("compare-largest") == "0"

    lab.page.evaluate("() => window.lab.state.set({ kernels: [{ name: 'sobel-y' }] })")
    lab.rest()
    b = engine.conv2d(pixels, np.broadcast_to(SOBEL_X.T, (1, 3, 3, 3)))[0]
    difference = b - a
    assert lab.text("compare-changes") == "From A to B: Kernel Sobel x → Sobel y."
    y, x = (int(one) for one in np.unravel_index(np.abs(difference).argmax(), a.shape))
    assert decimal(lab.text("compare-largest")) == difference[y, x]
    assert float(decimal(lab.text("compare-mean"))) == pytest.approx(np.abs(difference).mean(), rel=1e-7)
    assert lab.text("compare-equal").startswith(f"{(a == b).sum()} of 1,380 ")

    # Pointing into any of the three tells all three, and marks the cell in all.
    for which in ("a", "b", "difference"):
        lab.page.mouse.move(*place(lab, which, 7, 20))
        told = lab.text("compare-cell")
        assert numbers(told) == [7, 20, a[7, 20], b[7, 20], difference[7, 20]], which
    assert all(
        rgba(lab.page.locator(f"[data-map={one}] .pane-marks").evaluate(PIXELS)).any()
        for one in ("a", "b", "difference")
    )

    # A and B have one scale; zero is the middle of the difference's.
    lut = lab.scale().lut
    reach = max(np.abs(a).max(), np.abs(b).max())
    for at, (array, most) in enumerate([(a, reach), (b, reach), (difference, np.abs(difference).max())]):
        entry = 128 + np.sign(array) * np.floor(127 * np.abs(array) / most + 0.5)
        assert (rgba(lab.page.evaluate(PICTURE, [at])) == lut[entry.astype(int)]).all(), at

    # The cell of the largest difference is one press away, on the stage too.
    lab.choose("compare-at")
    assert f"cell={y}.{x}" in lab.hash()
    assert numbers(lab.text("compare-cell"))[:2] == [y, x]


def test_maps_of_two_sizes_have_no_difference_and_it_is_said_why(open_lab):
    lab = open_lab("size=48&open=compare")
    lab.choose("compare-pin")
    lab.fill("param-stride-number", "2")
    lab.rest()
    assert lab.text("compare-changes") == "From A to B: Stride 1 → 2."
    assert "A is 46 × 30 cells and B is 23 × 15" in lab.text("compare-why")
    assert not lab.get("compare-difference").is_visible()
    assert not lab.get("compare-largest").is_visible()
    # Swapped, it is told the other way round; then back, and let go.
    lab.choose("compare-swap")
    lab.rest()
    assert lab.text("compare-changes") == "From A to B: Stride 2 → 1."
    assert lab.get("param-stride-number").input_value() == "1"
    assert lab.text("compare-live") == "A and B are swapped."
    lab.choose("compare-back")
    lab.rest()
    assert lab.get("param-stride-number").input_value() == "2"
    assert lab.text("compare-largest") == "0"
    lab.choose("compare-unpin")
    assert not lab.get("compare-a").is_visible()
    assert lab.page.evaluate("document.activeElement.dataset.testid") == "compare-pin"
    assert "a=" not in lab.hash()


def test_by_keys_from_a_link_in_chinese(open_lab):
    link = "size=24&k=sobel-y&cell=5.5&open=compare,code&a=size%3D24&lang=zh"
    lab = open_lab(link, viewport={"width": 390, "height": 844}, color_scheme="dark")
    lab.rest()
    assert "Sobel" in lab.text("compare-changes")
    assert lab.hash() == link
    lab.page.locator("[data-map=b] .pane-view").focus()
    lab.page.keyboard.press("ArrowRight")
    told = lab.text("compare-cell")
    assert numbers(told)[:2] == [5, 6]
    assert lab.text("compare-live") == told
    lab.page.keyboard.press("Enter")
    lab.rest()
    assert "cell=5.6" in lab.hash()
    assert lab.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    assert violations(lab.page) == []


def test_it_follows_while_a_slider_is_dragged(open_lab):
    lab = open_lab("size=64&open=compare&a=size%3D64")
    lab.rest()
    slider = lab.get("param-dilation")
    slider.focus()
    for _ in range(4):
        lab.page.keyboard.press("ArrowRight")
    for _ in range(4):
        lab.page.keyboard.press("ArrowLeft")
    lab.page.keyboard.press("ArrowRight")
    lab.rest()
    assert "Dilation 1 → 2" in lab.text("compare-changes")
    assert "60 × 39" in lab.text("compare-why")
    lab.page.keyboard.press("ArrowLeft")
    lab.rest()
    assert lab.text("compare-largest") == "0"
