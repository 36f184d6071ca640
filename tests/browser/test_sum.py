"""The sum of an output cell, read off the page as exact decimals: it adds up, and it is the engine's."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

import numpy as np
import pytest

import engine
from tests.browser.lab import decimal

pytestmark = pytest.mark.browser

BOX = np.ones((3, 3))
DRAWN = np.random.default_rng(5).normal(size=(3, 4)).round(7)

READ = """() => {
  const terms = { values: [], weights: [], products: [] };
  for (const node of document.querySelectorAll("#sum [data-term]"))
    terms[node.dataset.kind][Number(node.dataset.term)] = node.textContent;
  const steps = {};
  for (const node of document.querySelectorAll("#sum [data-step]"))
    steps[node.dataset.step] = node.querySelector(".step-number").textContent;
  const text = (id) => document.querySelector(`[data-testid=${id}]`).textContent;
  const chosen = [...document.querySelectorAll("#sum [data-kind=values][data-chosen]")];
  return { terms, steps, where: text("sum-cell"), line: text("sum-line"),
    chosen: chosen.map((node) => Number(node.dataset.term)) };
}"""


def read_sum(lab, y: int, x: int) -> dict:
    """Point at a cell and read what the page says of it."""
    lab.point("output", y, x)
    read = lab.page.evaluate(READ)
    assert re.findall(r"[yx] (\d+)", read["where"]) == [str(y), str(x)]
    read["terms"] = {kind: [decimal(one) for one in texts] for kind, texts in read["terms"].items()}
    read["steps"] = {key: decimal(text) for key, text in read["steps"].items()}
    return read


def assert_adds_up(read: dict) -> None:
    """Assert what stands there as arithmetic without rounding."""
    with localcontext() as context:
        context.prec = 400
        terms, steps = read["terms"], read["steps"]
        assert sum(terms["products"] or terms["values"]) == steps["sum"]
        before_bias = steps["sum"]
        if "divisor" in steps:
            assert steps["divisor"] * steps["quotient"] + steps.get("remainder", 0) == steps["sum"]
            before_bias = steps["quotient"]
        assert before_bias + steps.get("bias", 0) + steps.get("residual", 0) == steps["value"]


def assert_line_adds_up(read: dict) -> None:
    """Assert that the line of factors, as one would type it into a calculator, gives the sum."""
    with localcontext() as context:
        context.prec = 400
        total = Decimal(0)
        for term in read["line"].split(" + "):
            value, weight = term.split("×")
            total += decimal(value) * decimal(weight)
        assert total == read["steps"]["sum"]


def cells(shape: tuple[int, ...], count: int, seed: int = 2) -> list[tuple[int, int]]:
    """The corners, and others drawn at random."""
    height, width = shape[-2:]
    drawn = np.random.default_rng(seed)
    corners = [(0, 0), (0, width - 1), (height - 1, 0), (height - 1, width - 1)]
    return corners + [(int(drawn.integers(height)), int(drawn.integers(width))) for _ in range(count)]


def kernel_text(kernel: np.ndarray, divisor: int = 1) -> str:
    flat = ",".join(f"{value:g}" if value == int(value) else repr(float(value)) for value in kernel.flat)
    return f"{kernel.shape[0]}x{kernel.shape[1]}:{flat}" + (f"/{divisor}" if divisor != 1 else "")


def test_integers_with_a_bias_over_three_channels(open_lab):
    lab = open_lab("size=96&k=sobel-x&bias=0.5&p.padding=1&p.stride=2")
    photo = lab.pixels(size=96)
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    wanted = engine.conv2d(photo, sobel, bias=[0.5], padding=1, stride=2)[0]
    padded = np.pad(photo, ((0, 0), (1, 1), (1, 1)))
    for y, x in cells(wanted.shape, 16):
        read = read_sum(lab, y, x)
        assert_adds_up(read)
        assert_line_adds_up(read)
        terms = read["terms"]
        window = padded[:, 2 * y : 2 * y + 3, 2 * x : 2 * x + 3]
        assert [int(value) for value in terms["values"]] == window.ravel().tolist()
        assert terms["products"] == [v * w for v, w in zip(terms["values"], terms["weights"], strict=True)]
        assert read["steps"]["bias"] == Decimal("0.5")
        assert "residual" not in read["steps"]
        assert float(read["steps"]["value"]) == wanted[y, x]


def test_a_box_with_its_divisor(open_lab):
    lab = open_lab("size=96&k=box-3&bias=-12")
    wanted = engine.conv2d(lab.pixels(size=96), BOX, bias=[-12], divisor=9)[0]
    divided = 0
    for y, x in cells(wanted.shape, 16):
        read = read_sum(lab, y, x)
        assert_adds_up(read)
        assert_line_adds_up(read)
        assert read["steps"]["divisor"] == 9
        divided += "remainder" in read["steps"]
        assert np.float32(read["steps"]["value"]) == pytest.approx(wanted[y, x], rel=1e-6)
    assert divided > 0, "no sum that 9 does not divide was met"


def test_a_kernel_of_drawn_floats(open_lab):
    lab = open_lab(f"size=96&color=rgb&bias=0.1&k={kernel_text(DRAWN)}")
    wanted = engine.conv2d(lab.pixels(size=96), DRAWN, bias=[0.1])[0]
    for y, x in cells(wanted.shape, 16):
        read = read_sum(lab, y, x)
        assert_adds_up(read)
        terms = read["terms"]
        for value, weight, product in zip(terms["values"], terms["weights"], terms["products"], strict=True):
            assert float(product) == pytest.approx(float(value * weight), rel=1e-5, abs=1e-6)
        assert float(read["steps"]["value"]) == pytest.approx(float(wanted[y, x]), rel=1e-5)


def test_the_winner_of_max_pooling(open_lab):
    lab = open_lab("size=96&op=max_pool2d&p.kernel_size=3&p.stride=2&p.padding=1&color=grey")
    photo = lab.pixels(size=96, color="grey")
    wanted = engine.max_pool2d(photo, 3, 2, 1)[0]
    for y, x in cells(wanted.shape, 8):
        read = read_sum(lab, y, x)
        assert len(read["chosen"]) == 1
        assert read["terms"]["values"][read["chosen"][0]] == read["steps"]["value"] == int(wanted[y, x])
        assert read["steps"]["value"] == max(read["terms"]["values"])
        assert read["line"].startswith("max(")


def test_a_mean_of_average_pooling_adds_up(open_lab):
    lab = open_lab("size=96&op=avg_pool2d&p.kernel_size=3&p.stride=2&p.padding=1&p.count_include_pad=false")
    wanted = engine.avg_pool2d(lab.pixels(size=96), 3, 2, 1, count_include_pad=False)[0]
    for y, x in cells(wanted.shape, 8):
        read = read_sum(lab, y, x)
        assert_adds_up(read)
        assert float(read["steps"]["value"]) == pytest.approx(float(wanted[y, x]), rel=1e-6)
