"""The parts before the whole: pictures and numbers of each channel are the engine's, and add up."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pytest

import engine
from tests.browser.colours import assert_colours
from tests.browser.lab import Scale, decimal
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
ANSWERED = """(name) => {
  const entry = window.lab.chapters.entries.find(({ chapter }) => chapter.name === name);
  return Boolean(entry.view && entry.answer && !entry.late);
}"""


def settle(lab, name: str = "parts") -> None:
    """Wait for rest: then the chapter has its answer."""
    lab.rest()
    assert lab.page.evaluate(ANSWERED, name)


def diverging(lab, reach: float) -> Scale:
    """Return the scale of signed numbers up to ``reach``."""
    words = lab.page.evaluate('async () => [...(await import("/static/draw/colour.js")).lut("diverging")]')
    table = np.array(words, np.uint32)
    lut = np.stack([(table >> shift) & 255 for shift in (0, 8, 16, 24)], axis=1).astype(np.uint8)
    return Scale("diverging", -reach, reach, lut)


def names(lab) -> list[str]:
    return lab.page.locator("#parts .part-name").all_inner_texts()


def hover(lab, testid: str, y: int, x: int, shape: tuple[int, int]) -> None:
    """Move the pointer onto a cell of a part."""
    lab.get(testid).scroll_into_view_if_needed()
    box = lab.get(testid).bounding_box()
    lab.page.mouse.move(
        box["x"] + (x + 0.5) / shape[1] * box["width"], box["y"] + (y + 0.5) / shape[0] * box["height"]
    )
    lab.rest()


def test_pictures_of_each_channel_at_one_scale(open_lab):
    lab = open_lab("size=64&open=parts&activation=relu&bias=-30")
    settle(lab)
    photo = lab.pixels(size=64)
    parts = [engine.conv2d(photo[[c]], SOBEL)[0] for c in range(3)]
    total = sum(parts) - 30
    after = np.maximum(total, 0)
    assert names(lab) == ["red", "green", "blue", "sum: Sobel x", "after ReLU"]
    assert lab.text("part-bias").split() == ["bias", "−30"]
    reach = max(abs(one).max() for one in [*parts, total])
    scale = diverging(lab, reach)
    for testid, wanted in zip(["0", "1", "2", "sum", "after"], [*parts, total, after], strict=True):
        assert_colours(lab.canvas(f"part-{testid}"), np.asarray(wanted), scale)
    assert lab.page.locator("#parts .legend-high").first.inner_text() == f"{reach:g}"


def test_pointing_at_a_part_points_on_the_stage_and_its_numbers_add_up(open_lab):
    lab = open_lab("size=64&open=parts&k=box-3&bias=4")
    settle(lab)
    photo = lab.pixels(size=64)
    box = np.ones((3, 3))
    shape = engine.conv2d(photo, box)[0].shape
    for testid, y, x in [("part-1", 3, 7), ("part-sum", 20, 40), ("part-0", shape[0] - 1, 0)]:
        hover(lab, testid, y, x, shape)
        assert lab.page.evaluate("() => window.lab.views.stage.model.cursor") == {
            "pane": "output",
            "y": y,
            "x": x,
        }
        sums = [engine.conv2d(photo[[c]], box)[0, y, x] for c in range(3)]
        said = [lab.text(f"part-value-{c}") for c in range(3)]
        assert said == [f"{one:g} ÷ 9" for one in sums]
        line = lab.text("parts-line")
        found = re.search(
            r"y (\d+), x (\d+).*= (\d+) ÷ 9 = ([\d.]+)(?: \(remainder (\S+)\))? \+ bias 4 = (\S+)", line
        )
        assert found, line
        where, total, (quotient, rest, value) = found.groups()[:2], found[3], found.groups()[3:]
        assert where == (str(y), str(x))
        assert Decimal(total) == sum(sums)
        assert 9 * decimal(quotient) + decimal(rest or "0") == Decimal(total)
        assert decimal(value) == decimal(lab.text("part-value-sum"))
        assert float(decimal(value)) == pytest.approx(sum(sums) / 9 + 4, rel=1e-6)
    marks = lab.page.locator("#parts .part-mark").evaluate_all(
        "(all) => all.map(({ style }) => [style.left, style.top])"
    )
    assert len(marks) == 4
    assert len({tuple(one) for one in marks}) == 1
    lab.page.mouse.down()
    lab.page.mouse.up()
    lab.rest()
    assert f"cell={shape[0] - 1}.0" in lab.hash()


def test_by_keys(open_lab):
    lab = open_lab("size=32&open=parts&cell=4.5")
    settle(lab)
    view = lab.page.locator("#parts [tabindex='0']")
    assert view.count() == 1
    view.focus()
    lab.page.keyboard.press("ArrowRight")
    lab.rest()
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.rest()
    assert "cell=14.6" in lab.hash()
    assert "y 14, x 6" in lab.text("parts-line")
    said = view.get_attribute("aria-label")
    assert re.fullmatch(r"sum: Sobel x: 30 × \d+ cells from −\d+ to \d+", said)


def test_a_small_activation_has_a_scale_of_its_own(open_lab):
    lab = open_lab("size=32&open=parts&activation=tanh")
    settle(lab)
    legends = lab.page.locator("#parts .legend")
    assert legends.count() == 2
    assert legends.nth(1).inner_text().split() == ["Tanh", "−1", "0", "1"]
    assert "scale of their own" in lab.text("part-after") + lab.page.locator("#parts").inner_text()


def test_they_follow_the_map_and_the_operation(open_lab):
    lab = open_lab("size=32&open=parts&k=sobel-x;box-3&color=grey")
    settle(lab)
    assert names(lab) == ["grey", "sum: 1 Sobel x"]
    lab.page.locator(".maps-item").nth(1).click()
    settle(lab)
    assert names(lab) == ["grey", "sum: 2 Box blur 3×3"]
    lab.select("operation", "max_pool2d")
    assert not lab.page.locator("[data-chapter=parts]").is_visible()


def test_narrow_in_chinese(open_lab):
    lab = open_lab(
        "size=64&open=parts,curve&activation=sigmoid&bias=1&lang=zh",
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
    )
    settle(lab)
    settle(lab, "curve")
    assert names(lab)[:3] == ["红", "绿", "蓝"]
    assert lab.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    inside = "(all) => all.every((one) => one.getBoundingClientRect().right <= 390)"
    assert lab.page.locator("#parts .part, #curve svg, #curve table").evaluate_all(inside)
    assert violations(lab.page) == []
