"""How it is shown: colours, scales, channels, zoom, language, theme, a narrow screen."""

from __future__ import annotations

import re

import numpy as np
import pytest

import engine
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser

TEXTS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { parentElement: parent, textContent } = walk.currentNode;
    const hidden = parent.closest("script, style, noscript, math, [lang]:not(html)");
    if (!hidden && textContent.trim()) found.push(textContent.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const text = element.getAttribute(name)?.trim();
      if (text && !element.closest("[lang]:not(html)")) found.push(text);
    }
  return found;
}"""

SAME_EVERYWHERE = re.compile(
    r"Convscope( \d.*)?|API|[\W\d_]+|h = w|h, w|RGB|y [\d…]+[,，] ?x [\d…]+.*|\d+ ?px.*"
    r"|(\d )?(Sobel|Prewitt|Scharr|LoG)[ \dxy×]+"
    r"|SiLU.*|.*(CC0|CC BY|domain|NASA).*|floor\(.*|[hwxy]|Σ\d|max\(.*"
)
KEY_NAME = re.compile(r"\b(?:[a-z]+\.)+[a-z][A-Za-z_]*\b")


def assert_no_key_names(texts: set[str]) -> None:
    assert [text for text in texts if KEY_NAME.search(text) and "http" not in text] == []


def test_colour_maps_and_scales(open_lab):
    lab = open_lab("size=64&p.groups=3")
    wanted = engine.conv2d(lab.pixels(size=64), SOBEL, groups=3)
    first = wanted[0].astype(float)
    assert (lab.scale().colormap, lab.scale().hi) == ("diverging", np.abs(first).max())
    legend = lab.page.locator("#legend")
    for name in ("sequential", "grey", "diverging"):
        lab.choose(f"colormap-{name}")
        assert lab.scale().colormap == name
        assert_shows(lab, first)
    lab.choose("colormap-sequential")
    assert (lab.scale().lo, lab.scale().hi) == (first.min(), first.max())
    lab.choose("scale-shared")
    assert (lab.scale().lo, lab.scale().hi) == (wanted.min(), wanted.max())
    assert_shows(lab, first)
    lab.choose("scale-fixed")
    lab.fill("range-lo", "-20.5")
    lab.fill("range-hi", "50")
    assert (lab.scale().lo, lab.scale().hi) == (-20.5, 50)
    assert_shows(lab, first)
    assert "−20.5" in legend.inner_text()
    assert "50" in legend.inner_text()
    before = lab.bitmap()
    lab.get("range-lo").fill("60")
    assert "Two numbers, the first the smaller." in lab.page.locator("#display").inner_text()
    assert (lab.bitmap() == before).all()


def test_grey_input_and_channels_apart(open_lab):
    lab = open_lab("size=64")
    photo = lab.pixels(size=64)
    lab.get("input-split").check()
    lab.rest()
    for channel in range(3):
        seen = lab.bitmap("input", channel)[..., :3]
        assert (seen == photo[channel][..., None]).all()
    titles = lab.page.locator(".pane-input .pane-title").all_inner_texts()
    assert titles == ["Red", "Green", "Blue"]
    lab.choose("input-color-grey")
    grey = lab.pixels(size=64, color="grey")
    assert grey.shape[0] == 1
    assert (lab.bitmap("input")[..., :3] == grey[0][..., None]).all()
    assert_shows(lab, engine.conv2d(grey, SOBEL)[0])
    assert lab.page.locator(".pane-input").count() == 1


def test_size_of_the_input(open_lab):
    lab = open_lab("size=64")
    lab.fill("input-size-number", "200")
    photo = lab.pixels(size=200)
    assert max(photo.shape) == 200
    assert_shows(lab, engine.conv2d(photo, SOBEL)[0])


def test_zoomed_to_single_cells_their_values_are_printed(open_lab):
    """The screen differs from plain coloured cells just where there are digits, and the values came exact."""
    lab = open_lab("size=64")
    lab.page.get_by_role("button", name="Cells", exact=True).click()
    lab.rest()
    read = lab.page.evaluate(
        """() => {
          const { values } = window.lab.views.stage.model;
          const { x, y, scale } = window.lab.views.stage.output.pane.frame;
          return { region: values.region, data: [...values.data], x, y, scale };
        }"""
    )
    top, left, height, width = read["region"]
    wanted = engine.conv2d(lab.pixels(size=64), SOBEL)[0]
    part = wanted[top : top + height, left : left + width]
    assert (np.array(read["data"]).reshape(height, width) == part).all()
    scale = read["scale"]
    assert scale >= 24
    seen = lab.canvas("output-canvas")
    x0, y0 = round(-read["x"] * scale), round(-read["y"] * scale)
    row, column = int(read["y"]) + 2, int(read["x"]) + 2
    cell = seen[
        int(y0 + row * scale) + 2 : int(y0 + (row + 1) * scale) - 2,
        int(x0 + column * scale) + 2 : int(x0 + (column + 1) * scale) - 2,
    ]
    assert len(np.unique(cell.reshape(-1, 4), axis=0)) > 3, "there are digits in the cell"


def test_ctrl_wheel_zooms_about_the_pointer_and_a_plain_wheel_does_not(lab):
    x, y = lab.place("output", 50, 60)
    lab.page.mouse.move(x, y)
    zoom = lab.page.locator(".stage-bar-value")
    before = zoom.inner_text()
    lab.page.mouse.wheel(0, -120)
    lab.rest()
    assert zoom.inner_text() == before
    lab.page.mouse.move(*lab.place("output", 50, 60))
    lab.page.keyboard.down("Control")
    for _ in range(6):
        lab.page.mouse.wheel(0, -120)
    lab.page.keyboard.up("Control")
    lab.rest()
    assert zoom.inner_text() != before
    lab.point("output", 50, 60)
    assert lab.text("sum-cell").endswith("y 50, x 60")


def test_unread_cells_are_marked_and_counted(open_lab):
    lab = open_lab("size=64&p.stride=5")
    read = {start + step for start in range(0, 64 - 3 + 1, 5) for step in range(3)}
    unread = 64 - len(read)
    assert f"columns: {unread} (3, 4, 8, " in lab.text("fact-unread")
    note = lab.page.locator(".pane-input .pane-note").inner_text()
    assert f"{unread} of 64 columns" in note
    faded = lab.canvas("input-canvas")
    lab.fill("param-stride-number", "1")
    assert lab.page.locator(".pane-input .pane-note").inner_text() == ""
    plain = lab.canvas("input-canvas")
    assert faded.shape == plain.shape
    assert (faded != plain).any(axis=2).mean() > 0.01


def test_every_text_is_chinese(open_lab):
    lab = open_lab("cell=4.5&p.stride=3&what=1")
    english: set[str] = set()
    for operation in ("avg_pool2d", "conv2d"):
        lab.select("operation", operation)
        english |= set(lab.page.evaluate(TEXTS))
    assert_no_key_names(english)
    lab.select("lang", "zh")
    assert lab.page.evaluate("() => document.documentElement.lang.startsWith('zh')")
    chinese: set[str] = set()
    for operation in ("avg_pool2d", "conv2d"):
        lab.select("operation", operation)
        chinese |= set(lab.page.evaluate(TEXTS))
    assert_no_key_names(chinese)
    assert sorted(text for text in chinese & english if not SAME_EVERYWHERE.fullmatch(text)) == []
    han = re.compile("[\u4e00-\u9fff]")
    foreign = [text for text in chinese if not han.search(text) and not SAME_EVERYWHERE.fullmatch(text)]
    assert foreign == []
    assert "lang=zh" in lab.hash()
    lab.select("lang", "en")
    assert lab.page.evaluate("() => document.documentElement.lang === 'en'")
    assert lab.page.get_by_text("How this cell came to be").is_visible()


def test_a_chinese_browser_is_met_in_chinese(open_lab):
    lab = open_lab(locale="zh-CN")
    assert lab.page.evaluate("() => document.documentElement.lang") == "zh-Hans"
    assert "卷积" in lab.page.title() or re.search("[\u4e00-\u9fff]", lab.page.title())


def test_theme(lab):
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = lab.page.evaluate(paper)
    lab.select("theme", "dark")
    dark = lab.page.evaluate(paper)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150 < sum(map(int, re.findall(r"\d+", light)[:3]))
    assert "theme=dark" in lab.hash()
    lab.select("theme", "auto")
    assert lab.page.evaluate(paper) == light
    lab.page.emulate_media(color_scheme="dark")
    assert lab.page.evaluate(paper) == dark


@pytest.mark.parametrize(
    "link",
    [
        "lang=en&cell=3.4",
        "lang=zh&op=avg_pool2d&p.padding=1&cell=3.4",
        "lang=en&p.groups=3&p.padding=1,2,3,4&k=sobel-x;sobel-y;laplacian-8&split=1&scale=fixed",
    ],
)
def test_a_narrow_screen_does_not_scroll_sideways(open_lab, link):
    lab = open_lab(link, viewport={"width": 390, "height": 844}, has_touch=True)
    wide = lab.page.evaluate(
        """() => {
          const limit = document.documentElement.clientWidth;
          const scrolls = (one) =>
            one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
          const sticksOut = (one) => one.getBoundingClientRect().right > limit + 1
            && !scrolls(one.parentElement) && one.checkVisibility();
          const over = [...document.body.querySelectorAll("*")].filter(sticksOut);
          const { scrollWidth: width } = document.scrollingElement;
          return { width, over: over.slice(0, 5).map((one) => one.outerHTML.slice(0, 90)) };
        }"""
    )
    assert wide == {"width": 390, "over": []}


def test_a_finger_points_and_keeps(open_lab):
    lab = open_lab("size=64", viewport={"width": 390, "height": 844}, has_touch=True)
    lab.page.touchscreen.tap(*lab.place("output", 20, 30))
    lab.rest()
    assert lab.text("sum-cell").endswith("y 20, x 30")
