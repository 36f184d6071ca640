"""The sum of an output cell, read off the page as exact decimals: it adds up, is the engine's, and is linked.

Whatever is pointed at, a term, an input cell or a weight, lights the others.
"""

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
  for (const node of document.querySelectorAll("#sum td[data-term]"))
    terms[node.dataset.kind][Number(node.dataset.term)] = node.textContent;
  const steps = {};
  for (const node of document.querySelectorAll("#sum [data-step]"))
    steps[node.dataset.step] = node.querySelector(".step-number").textContent;
  const rest = document.querySelector("#sum [data-step=quotient] small");
  if (rest) steps.remainder = rest.textContent.split(" ").at(-1);
  const partials = [...document.querySelectorAll("#sum [data-part]")].map((node) => node.textContent);
  const text = (id) => document.querySelector(`[data-testid=${id}]`).textContent;
  const chosen = [...document.querySelectorAll("#sum [data-kind=values][data-chosen]")];
  return { terms, steps, partials, where: text("sum-cell"), line: text("sum-line"),
    chosen: chosen.map((node) => Number(node.dataset.term)) };
}"""


def read_sum(lab, y: int, x: int) -> dict:
    """Point at a cell and read what the page says of it."""
    lab.point("output", y, x)
    read = lab.page.evaluate(READ)
    assert re.findall(r"[yx] (\d+)", read["where"]) == [str(y), str(x)]
    read["terms"] = {kind: [decimal(one) for one in texts] for kind, texts in read["terms"].items()}
    read["partials"] = [decimal(text) for text in read["partials"]]
    read["steps"] = {key: decimal(text) for key, text in read["steps"].items()}
    return read


def assert_adds_up(read: dict) -> None:
    """Assert what stands there as arithmetic without rounding."""
    with localcontext() as context:
        context.prec = 400
        terms, steps = read["terms"], read["steps"]
        products = terms["products"] or terms["values"]
        assert sum(products) == steps["sum"]
        each = len(products) // len(read["partials"])
        assert read["partials"] == [sum(products[at : at + each]) for at in range(0, len(products), each)]
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
        line, end = read["line"].split(" = ")
        assert decimal(end) == read["steps"]["sum"]
        for term in line.split(" + "):
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
    for y, x in cells(wanted.shape, 8):
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
    for y, x in cells(wanted.shape, 8):
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
    for y, x in cells(wanted.shape, 8):
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
    for y, x in cells(wanted.shape, 4):
        read = read_sum(lab, y, x)
        assert len(read["chosen"]) == 1
        assert read["terms"]["values"][read["chosen"][0]] == read["steps"]["value"] == int(wanted[y, x])
        assert read["steps"]["value"] == max(read["terms"]["values"])
        assert read["line"].startswith("max(")


def test_a_mean_of_average_pooling_adds_up(open_lab):
    lab = open_lab("size=96&op=avg_pool2d&p.kernel_size=3&p.stride=2&p.padding=1&p.count_include_pad=false")
    wanted = engine.avg_pool2d(lab.pixels(size=96), 3, 2, 1, count_include_pad=False)[0]
    for y, x in cells(wanted.shape, 4):
        read = read_sum(lab, y, x)
        assert_adds_up(read)
        assert float(read["steps"]["value"]) == pytest.approx(float(wanted[y, x]), rel=1e-6)


LIT = """() => {
  const terms = new Set();
  for (const node of document.querySelectorAll("#sum td[data-lit]")) terms.add(Number(node.dataset.term));
  const line = [...document.querySelectorAll("#sum .sum-line [data-lit]")].map((one) => one.textContent);
  const weight = document.querySelector("#kernel [data-lit]")?.dataset.at ?? null;
  const { lit } = window.lab.views.stage.model;
  return { terms: [...terms].sort((a, b) => a - b), line, weight, input: lit && [lit.y, lit.x] };
}"""

PINNED = "size=48&k=sobel-x&cell=10.20&zoom=8"


def td(lab, term: int, kind: str = "values"):
    """The cell of a term in one of the matrices."""
    return lab.page.locator(f'#sum td[data-term="{term}"][data-kind="{kind}"]')


def test_terms_input_cells_and_weights_light_one_another(open_lab):
    lab = open_lab(PINNED)
    before = lab.marks("input")
    td(lab, 9 + 5, "products").hover()
    lit = lab.page.evaluate(LIT)
    photo = lab.pixels(size=48).astype(int)
    assert lit == {"terms": [14], "line": [f"{photo[1, 11, 22]}×2"], "weight": "1,2", "input": [11, 22]}
    assert td(lab, 14, "weights").get_attribute("data-lit") is not None
    hint = f"input y 11, x 22: green {photo[1, 11, 22]} × 2 = {2 * photo[1, 11, 22]}"
    assert lab.text("sum-hint") == hint
    lab.rest()
    assert (lab.marks("input") != before).any(), "the input cell is outlined"
    lab.get("sum-headline").hover()
    assert lab.page.evaluate(LIT) == {"terms": [], "line": [], "weight": None, "input": None}
    assert lab.text("sum-cell").endswith("y 10, x 20")

    # From the editor: one term of each channel.
    lab.page.locator('#kernel [data-at="0,2"]').hover()
    lit = lab.page.evaluate(LIT)
    assert (lit["terms"], lit["input"], len(lit["line"])) == ([2, 11, 20], [10, 22], 3)

    # From the picture.
    lab.point("input", 12, 20)
    lit = lab.page.evaluate(LIT)
    assert (lit["terms"], lit["weight"], lit["input"]) == ([6, 15, 24], "2,0", [12, 20])
    assert lab.text("sum-cell").endswith("y 10, x 20"), "the pinned cell stays"
    lab.pin("input", 12, 20)
    assert lab.get("unpin").is_visible(), "a click on a cell that was read does not let go"
    lab.point("input", 12, 24)
    assert lab.page.evaluate(LIT)["terms"] == [], "outside the window"


def test_a_weight_of_a_turned_kernel_lights_the_cell_across(open_lab):
    lab = open_lab(PINNED + "&p.flip=true")
    lab.page.locator('#kernel [data-at="0,2"]').hover()
    assert lab.page.evaluate(LIT)["input"] == [12, 20]


def test_arrow_keys_walk_over_the_terms(open_lab):
    lab = open_lab(PINNED)
    assert lab.page.locator("#sum td[tabindex='0']").count() == 1, "one stop of the Tab key"
    td(lab, 0).focus()
    lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("ArrowRight")
    assert lab.page.evaluate(LIT)["terms"] == [4]
    live = lab.page.locator("#sum [aria-live]")
    assert live.inner_text() == lab.text("sum-hint") != ""
    at = "() => [document.activeElement.dataset.term, document.activeElement.dataset.kind]"
    for key, wanted in (
        ("End", ["5", "values"]),
        ("ArrowRight", ["3", "weights"]),
        ("ArrowUp", ["0", "weights"]),
        ("ArrowLeft", ["2", "values"]),
    ):
        lab.page.keyboard.press(key)
        assert lab.page.evaluate(at) == wanted
    for _ in range(3):
        lab.page.keyboard.press("ArrowDown")
    assert lab.page.evaluate(at) == ["11", "values"], "below red is green"
    lab.page.keyboard.press("Shift+Tab")
    assert lab.page.evaluate(LIT)["terms"] == []


def test_a_finger_lights_a_term(open_lab):
    lab = open_lab("size=48&cell=10.20", viewport={"width": 390, "height": 800}, has_touch=True)
    td(lab, 4).tap()
    lit = lab.page.evaluate(LIT)
    assert (lit["terms"], lit["input"], lit["weight"]) == ([4], [11, 21], "1,1")
    lab.get("sum-headline").tap()
    assert lab.page.evaluate(LIT)["terms"] == []
    matrices = lab.page.locator("#sum .matrix")
    assert matrices.evaluate_all("(all) => all.every((one) => one.getBoundingClientRect().right <= 390)")


def test_the_activation_is_the_last_line(open_lab):
    lab = open_lab("size=48&k=sobel-x&cell=10.20&activation=relu&bias=-2000")
    photo = lab.pixels(size=48)
    before = engine.conv2d(photo, np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]), bias=[-2000])[0, 10, 20]
    last = lab.page.locator("#sum .sum-row").last
    assert last.inner_text().split("\n") == [f"ReLU: max(0, −{-before:g})", "=", "0"]
    assert decimal(lab.text("sum-before")) == Decimal(int(before))
    assert lab.text("sum-headline") == "= 0"


def test_a_long_sum_opens_where_one_wants(open_lab):
    block = np.random.default_rng(1).integers(-9, 10, (31, 31))
    lab = open_lab(f"size=96&cell=3.4&k={kernel_text(block)}")
    cell_count = lab.page.locator("#sum td").count()
    assert cell_count < 1000, "most of 8,649 cells are not laid out"
    value = engine.conv2d(lab.pixels(size=96), block)[0, 3, 4]
    read = lab.page.evaluate(READ)
    assert sum(map(decimal, read["partials"])) == decimal(read["steps"]["sum"]) == Decimal(int(value))
    assert len(read["partials"]) == 3
    lab.page.locator("#sum [data-block='2']").click()
    assert lab.page.locator("#sum td").count() == cell_count + 3 * 961
    read = lab.page.evaluate(READ)
    blue = [decimal(text) for text in read["terms"]["products"][2 * 961 :]]
    assert sum(blue) == decimal(read["partials"][2])
    button = lab.page.locator("#sum [data-block='2']")
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert lab.page.locator("#sum td").count() == cell_count
    lab.page.locator('#kernel [data-at="30,30"]').hover()
    assert "blue" in lab.text("sum-hint"), "what is not shown is said"


def test_the_sum_in_chinese_words(open_lab):
    lab = open_lab("size=48&cell=10.20&activation=softplus&k=box-3", locale="zh-CN")
    lab.page.locator("#stage .pane-output .pane-view").focus()
    lab.page.keyboard.press("ArrowRight")
    lab.rest()
    said = lab.page.locator("#stage [aria-live]").inner_text()
    partials = [text.replace("\n", "") for text in lab.page.locator("#sum [data-part]").all_inner_texts()]
    named = "，".join(f"{name} {part}" for name, part in zip("红绿蓝", partials, strict=True))
    assert f"各通道：{named}。" in said
    assert "否则取 log(1 + exp(" in said
    label = lab.page.locator("#sum .sum-row").last.inner_text()
    assert "否则取 log(1 + exp(" in label
    assert " if " not in label
    tables = lab.page.locator("#sum .matrix").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert tables[:3] == ["输入窗口，红", "卷积核，红", "乘积，红"]
