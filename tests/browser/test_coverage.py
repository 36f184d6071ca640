"""What is lost: the map of how often cells are read, its words, and the three endings, against the engine."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.analysis.report import shape_report
from engine.registry import operation

pytestmark = pytest.mark.browser

POOL = "open=coverage&image=dot&size=16&op=max_pool2d&p.kernel_size=3&p.stride=3"

CELLS = """([rows, columns]) => {
  const { map } = window.lab.chapters.view("coverage");
  const { scene, picture } = map;
  const ratio = picture.width / scene.width;
  const context = picture.getContext("2d");
  const place = (track, cell) => Math.round((46 + (track.at(cell) + 0.12) * scene.side) * ratio);
  return rows.map((y) => columns.map((x) => {
    const [px, py] = [place(scene.columns, x), place(scene.rows, y)];
    return [...context.getImageData(px, py, 1, 1).data];
  }));
}"""


def report(name: str, params: dict, shape: tuple[int, ...] = (1, 16, 16), **shapes: tuple[int, ...]) -> dict:
    """What the engine says of the same call."""
    asked = operation(name).plan({"input": shape, **shapes}, params)[0]
    return dict(shape_report(operation(name), {"input": shape, **shapes}, asked))


def map_at_rest(lab) -> None:
    """Bring the map into view, and wait until it is drawn."""
    lab.get("coverage-canvas").scroll_into_view_if_needed()
    lab.rest()
    assert lab.page.evaluate("() => window.lab.chapters.view('coverage').map.drawn !== ''")


def colours(lab, rows, columns) -> np.ndarray:
    return np.array(lab.page.evaluate(CELLS, [list(rows), list(columns)]))


def test_the_map_has_a_colour_for_every_count_and_hatches_what_is_lost(open_lab):
    lab = open_lab("open=coverage&image=dot&size=16&p.stride=2")
    map_at_rest(lab)
    axes = report("conv2d", {"stride": 2}, (1, 16, 16), weight=(3, 3))["axes"]
    counts = np.outer(axes[0]["coverage"], axes[1]["coverage"])
    drawn = colours(lab, range(16), range(16))
    by_count = {int(n): {tuple(c) for c in drawn[counts == n].tolist()} for n in np.unique(counts)}
    assert set(by_count) == {0, 1, 2, 4}
    seen = [colour for n in (1, 2, 4) for colour in by_count[n]]
    assert len(seen) == len(set(seen)) == 3, by_count
    assert not by_count[0] & set(seen)
    legend = lab.text("coverage-legend")
    assert re.findall(r"\d+|never", legend) == ["never", "1", "2", "4"]
    assert "columns never read: 1" in lab.text("summary-coverage")


def test_the_cell_pointed_at_is_told_with_its_numbers_by_mouse_and_keys(open_lab):
    lab = open_lab("open=coverage&image=dot&size=16&cell=0.3")
    map_at_rest(lab)
    assert lab.text("coverage-cell") == "y 1, x 4 is read by 2 rows × 3 columns of windows = 6 windows."
    why = lab.text("coverage-why")
    assert "Along the height and width, the middle is read more often than the edge: up to 3×" in why
    lab.page.locator(".coverage-right summary").click()
    cells = lab.get("coverage-width").locator("td").all_inner_texts()
    assert cells == ["0", "1", "1", "2", "2–13", "3", "14", "2", "15", "1"]
    [rows, columns] = report("conv2d", {}, (1, 16, 16), weight=(3, 3))["axes"]
    x, y = lab.page.evaluate(
        """([y, x]) => {
          const { scene, element } = window.lab.chapters.view("coverage").map;
          const { left, top } = element.getBoundingClientRect();
          const place = (track, cell) => 46 + (track.at(cell) + 0.5) * scene.side;
          return [left + place(scene.columns, x), top + place(scene.rows, y)];
        }""",
        [1, 0],
    )
    lab.page.mouse.move(x, y)
    words = lab.get("coverage-cell")
    expect(words).to_contain_text("y 1, x 0")
    down, across = rows["coverage"][1], columns["coverage"][0]
    assert (down, across) == (2, 1)
    assert words.inner_text() == "y 1, x 0 is read by 2 rows × 1 column of windows = 2 windows."
    assert words.get_attribute("aria-live") is None
    lab.page.locator(".coverage-map").focus()
    for _ in range(2):
        lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("ArrowDown")
    assert words.inner_text() == "y 2, x 2 is read by 3 rows × 3 columns of windows = 9 windows."
    assert words.get_attribute("aria-live") == "polite"


def test_a_large_input_shows_its_ends_and_all_of_it_if_asked(open_lab):
    lab = open_lab("open=coverage&p.stride=2")
    map_at_rest(lab)
    width = 320
    assert not lab.page.evaluate("() => window.lab.chapters.view('coverage').map.scene.columns.whole")
    ends = colours(lab, [0, 1], [0, 1, 2, width - 2, width - 1])
    assert (ends[0, 0] == ends[0, 1]).all()
    assert (ends[0, 0] != ends[0, 2]).any()
    lab.choose("coverage-extent-all")
    assert lab.page.evaluate("() => window.lab.chapters.view('coverage').map.scene.columns.whole")


def test_the_three_endings_are_the_engines_and_can_be_chosen(open_lab):
    lab = open_lab(POOL)
    map_at_rest(lab)
    axes = report("max_pool2d", {"kernel_size": 3, "stride": 3})["axes"]
    for axis in axes:
        for ending, found in axis["alternatives"].items():
            figure = lab.get(f"ending-{ending}-{axis['axis']}")
            text = figure.inner_text()
            assert text.splitlines()[0] == f"{axis['axis']}: 16 → {found['output']}"
            assert "padding {} + {}".format(*found["padding"]) in text
            assert f"never read: {found['unread']}" in text
            assert figure.locator(".strip-unread").count() == found["unread"]
            assert figure.locator(".strip-padding").count() == sum(found["padding"])
            assert figure.locator(".strip-beyond").count() == found["beyond"]
    assert lab.get("ending-floor").get_attribute("data-now") is not None
    assert lab.get("apply-floor").count() == 0
    for ending, link in (("ceil", "p.ceil_mode=true"), ("same", "p.padding=same"), ("floor", "")):
        lab.choose(f"apply-{ending}")
        wanted = [axis["alternatives"][ending]["output"] for axis in axes]
        if ending == "floor":
            # The padding that "same" stands for is kept: only the rounding is another.
            wanted = [axis["alternatives"]["same"]["output"] for axis in axes]
        assert lab.text("summary-size").endswith("× {} × {}".format(*wanted)), ending
        assert lab.get(f"ending-{ending}").get_attribute("data-now") is not None
        assert link in lab.hash()
    # A convolution cannot round up, and says why.
    lab.visit("open=coverage&image=dot&size=16&p.stride=2")
    assert lab.get("apply-ceil").count() == 0
    why = lab.text("cannot-ceil")
    assert "only pooling has ceil_mode" in why
    assert "height 1 more, width 1 more" in why
    lab.fill("param-padding-number", "1")
    assert lab.get("apply-same").count() == 1
    lab.select("operation", "conv_transpose2d")
    assert lab.get("endings").is_hidden()
    lab.select("operation", "relu")
    assert lab.get("chapter-coverage").is_hidden()


@pytest.mark.parametrize(("lang", "width"), [("en", 390), ("zh", 1440)])
def test_nothing_is_cut_off_or_left_untranslated(open_lab, lang, width):
    lab = open_lab(f"{POOL}&lang={lang}&theme=dark", viewport={"width": width, "height": 900})
    map_at_rest(lab)
    wide = lab.page.evaluate(
        """() => [...document.querySelectorAll("[data-chapter=coverage] *")]
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5 && node.checkVisibility())
          .map((node) => node.className)"""
    )
    assert wide == []
    text = lab.page.locator("[data-chapter=coverage]").inner_text()
    assert not re.search(r"coverage\.|endings\.|\{|undefined|NaN", text)
    assert (re.search(r"[一-鿿]", text) is not None) == (lang == "zh")
