"""An activation as a curve: its points, the histograms and the numbers of the map are the engine's."""

from __future__ import annotations

import re

import numpy as np
import pytest

import engine
from tests.browser.lab import decimal
from tests.browser.test_parts import SOBEL, settle

pytestmark = pytest.mark.browser

PLOT = """() => {
  const entry = window.lab.chapters.entries.find(({ chapter }) => chapter.name === "curve");
  const of = (name) => document.querySelector(`#curve svg > g:not(.curve-caption) > .curve-${name}`);
  const box = (name) => {
    const { x, y, width, height } = of(name).getBBox();
    return { x, y, width, height };
  };
  const { plot } = entry.view;
  const dot = document.querySelector(".curve-pointed circle");
  return {
    axes: plot.axes,
    line: of("line").getAttribute("d"),
    slope: of("slope").getAttribute("d"),
    before: box("before"),
    after: box("after"),
    bars: of("after").getAttribute("d"),
    dot: dot && [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))],
  };
}"""


def silu(x: np.ndarray) -> np.ndarray:
    return x / (1 + np.exp(-np.clip(x, -700, 700)))


def numbers(path: str, axes: dict, up: str) -> tuple[np.ndarray, np.ndarray]:
    """Return what a drawn line says, as x and y."""
    points = np.array(re.findall(r"[ML](\S+) ([^ML]+)", path), float)
    across, along = axes["x"], axes[up]
    read = [
        axis["lo"] + (column - axis["from"]) / (axis["to"] - axis["from"]) * (axis["hi"] - axis["lo"])
        for axis, column in ((across, points[:, 0]), (along, points[:, 1]))
    ]
    return read[0], read[1]


def table(lab) -> dict[str, list[str]]:
    """Return the cells of each row by its name: before, after."""
    return lab.get("curve-table").evaluate(
        """(table) => Object.fromEntries([...table.tBodies[0].rows].map((row) => [
          row.dataset.row, [...row.cells].slice(1).map((cell) => cell.textContent)]))"""
    )


def told(pattern: str, text: str) -> list[float]:
    """Return the numbers that a sentence of the page holds."""
    found = re.fullmatch(pattern, text)
    assert found, text
    return [float(decimal(one)) for one in found.groups()]


def test_the_curve_its_slope_and_the_numbers_of_the_map(open_lab):
    lab = open_lab("size=64&open=curve&activation=silu&k=sobel-x/64")
    settle(lab, "curve")
    before = engine.conv2d(lab.pixels(size=64), SOBEL)[0].astype(np.float64)
    after = silu(before)
    read = lab.page.evaluate(PLOT)
    x, y = numbers(read["line"], read["axes"], "y")
    height = read["axes"]["y"]["hi"] - read["axes"]["y"]["lo"]
    assert abs(y - silu(x)).max() < 0.01 * height
    assert (x[0], x[-1]) == (pytest.approx(before.min(), abs=5), pytest.approx(before.max(), abs=5))
    rows = table(lab)
    assert decimal(rows["min"][0]) == int(before.min())
    assert decimal(rows["max"][0]) == int(before.max())
    assert float(decimal(rows["mean"][1])) == pytest.approx(after.mean(), rel=1e-5)
    zeros = int((before == 0).sum())
    assert rows["zeros"][0] == f"{zeros:,} ({int(1000 * zeros / before.size) / 10:g} %)"


def test_relu_says_how_many_zeros_and_where_the_cell_is(open_lab):
    lab = open_lab("size=64&open=curve&activation=relu")
    settle(lab, "curve")
    before = engine.conv2d(lab.pixels(size=64), SOBEL)[0]
    zeros = int((before <= 0).sum())
    share = f"{int(1000 * zeros / before.size) / 10:g}"
    assert lab.text("summary-curve") == f"after ReLU {share} % are zero"
    for y, x in [
        np.unravel_index(before.argmin(), before.shape),
        np.unravel_index(before.argmax(), before.shape),
    ]:
        lab.point("output", int(y), int(x))
        settle(lab, "curve")
        value = int(before[y, x])
        said = re.findall(r"−?\d+", lab.text("curve-cell"))
        assert [int(decimal(one)) for one in said] == [y, x, value, max(0, value)]
        axes, dot = (lab.page.evaluate(PLOT)[key] for key in ("axes", "dot"))
        for axis, place, wanted in zip((axes["x"], axes["y"]), dot, (value, max(0, value)), strict=True):
            share = (wanted - axis["lo"]) / (axis["hi"] - axis["lo"])
            assert place == pytest.approx(axis["from"] + share * (axis["to"] - axis["from"]), abs=0.1)


def test_reading_off_by_hand_and_by_keys(open_lab):
    lab = open_lab("size=32&open=curve&activation=leaky_relu")
    settle(lab, "curve")
    curve = lab.get("curve")
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    lab.page.mouse.move(box["x"] + 100, box["y"] + 100)
    pattern = r"x = (\S+): f\(x\) = (\S+), slope (\S+)"
    x, y, slope = told(pattern, lab.text("curve-look"))
    assert x < 0
    assert (y, slope) == (pytest.approx(0.01 * x), pytest.approx(0.01))
    assert lab.page.locator(".curve-looked circle").count() == 2
    curve.focus()
    for key in ("End", "PageUp", "ArrowLeft"):
        lab.page.keyboard.press(key)
    said = curve.get_attribute("aria-valuetext")
    assert said == lab.text("curve-look")
    x, y, slope = told(pattern, said or "")
    assert x > 0
    assert (y, slope) == (pytest.approx(x), 1)
    assert float(curve.get_attribute("aria-valuenow")) == pytest.approx(x)


def test_near_zero_and_logarithmic(open_lab):
    lab = open_lab("size=64&open=curve&activation=tanh")
    settle(lab, "curve")
    linear = lab.page.evaluate(PLOT)["bars"]
    lab.choose("curve-log-log")
    assert lab.page.evaluate(PLOT)["bars"] != linear
    lab.choose("curve-near-near")
    axes = lab.page.evaluate(PLOT)["axes"]
    assert (axes["x"]["lo"], axes["x"]["hi"]) == (-8, 8)
    # What is drawn inside is the bend.
    x, y = numbers(lab.page.evaluate(PLOT)["line"], axes, "y")
    inside = abs(x) <= 8
    assert inside.sum() > 100
    assert abs(y[inside] - np.tanh(x[inside])).max() < 0.02


def test_an_activation_that_is_the_operation_and_one_that_goes(open_lab):
    lab = open_lab("size=32&open=curve&op=hardsigmoid")
    settle(lab, "curve")
    photo = lab.pixels(size=32)
    assert decimal(table(lab)["max"][0]) == int(photo[0].max())
    assert "of the input" in lab.page.locator("#curve").inner_text()
    lab.page.locator(".maps-item").nth(2).click()
    settle(lab, "curve")
    assert decimal(table(lab)["max"][0]) == int(photo[2].max())
    lab.select("operation", "max_pool2d")
    assert not lab.page.locator("[data-chapter=curve]").is_visible()
