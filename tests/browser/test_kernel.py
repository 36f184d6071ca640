"""The kernel's editor: typing, pasting, sizes, presets, several kernels."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.kernels import kernel
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser


def cell(lab, row: int, column: int):
    return lab.page.get_by_label(f"Weight in row {row}, column {column}", exact=True)


def paste(lab, text: str) -> None:
    """Ctrl+V of a text into the grid, through the real clipboard."""
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    cell(lab, 1, 1).click()
    lab.page.keyboard.press("Control+v")
    lab.rest()


def grid(lab) -> np.ndarray:
    read = lab.page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=kernel-grid] input")].map((one) =>
          [...one.dataset.at.split(","), one.title || one.value].map(Number))"""
    )
    rows, columns = int(read[-1][0]) + 1, int(read[-1][1]) + 1
    return np.array([value for _, _, value in read]).reshape(rows, columns)


def test_weights_are_typed_with_the_keyboard_alone(open_lab):
    lab = open_lab("size=64")
    cell(lab, 1, 1).focus()
    keys = lab.page.keyboard
    for text, move in (("5", "ArrowDown"), ("-0.5", "ArrowDown"), ("7", "")):
        keys.press("Control+a")
        keys.type(text)
        if move:
            keys.press(move)
    lab.rest()
    wanted = SOBEL.astype(float)
    wanted[:, 0] = (5, -0.5, 7)
    assert (grid(lab) == wanted).all()
    assert lab.text("presets").startswith("Own kernel")
    assert lab.text("kernel-sum") == "sum 15.5"
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), wanted)[0])


def test_a_weight_that_is_no_number_is_refused(open_lab):
    lab = open_lab("size=64")
    before = lab.bitmap()
    cell(lab, 2, 2).fill("abc")
    lab.rest()
    assert lab.text("error-kernel") == "This weight is not a number."
    assert cell(lab, 2, 2).get_attribute("aria-invalid") == "true"
    assert (lab.bitmap() == before).all()
    cell(lab, 2, 2).blur()
    lab.rest()
    assert cell(lab, 2, 2).input_value() == "0"
    assert lab.text("error-kernel") == ""


def test_a_block_is_pasted_from_a_spreadsheet(open_lab):
    lab = open_lab("size=64")
    block = np.array([[1, 2, 0, -2, -1], [4, 8.5, 0, -8, -4]])
    paste(lab, "\r\n".join("\t".join(f"{value:g}" for value in row) for row in block))
    assert (grid(lab) == block).all()
    assert (lab.get("kernel-rows").input_value(), lab.get("kernel-columns").input_value()) == ("2", "5")
    wanted = engine.conv2d(lab.pixels(size=64), block)
    assert_shows(lab, wanted[0])
    for text, words in (
        ("1\t2\n3", "Row 2 has 1 numbers"),
        ("1 2 x", "“x” is not a number"),
        ("\n".join(["1 2"] * 32), "too large"),
    ):
        paste(lab, text)
        assert words in lab.text("error-kernel")
        assert_shows(lab, wanted[0])


def test_the_largest_kernel_scrolls_in_its_grid(open_lab):
    lab = open_lab("size=96", viewport={"width": 390, "height": 800})
    block = np.random.default_rng(1).integers(-9, 10, (31, 31))
    paste(lab, "\n".join(" ".join(map(str, row)) for row in block))
    assert (grid(lab) == block).all()
    widths = lab.get("kernel-grid").evaluate("(it) => [it.clientWidth, it.scrollWidth, it.clientHeight]")
    assert widths[1] > widths[0], "31 columns do not fit, they scroll"
    assert lab.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    assert_shows(lab, engine.conv2d(lab.pixels(size=96), block)[0])
    spilt = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    matrices = lab.page.locator("#sum .matrix")
    assert matrices.count() > 0
    assert matrices.evaluate_all(spilt) == 0, "numbers lie outside their brackets"
    # A weight far in is brought into sight when it gets the focus.
    cell(lab, 31, 31).focus()
    assert cell(lab, 31, 31).evaluate(
        "(it) => { const a = it.getBoundingClientRect();"
        " const b = it.closest('[data-testid=kernel-grid]').getBoundingClientRect();"
        " return a.right <= b.right + 1 && a.left >= b.left - 1 }"
    )


def test_sizes_grow_about_the_centre(open_lab):
    lab = open_lab("size=64")
    lab.fill("kernel-rows", "5")
    lab.fill("kernel-columns", "4")
    wanted = np.zeros((5, 4))
    wanted[1:4, 0:3] = SOBEL
    assert (grid(lab) == wanted).all()
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), wanted)[0])
    lab.fill("kernel-rows", "1")
    lab.fill("kernel-columns", "1")
    assert grid(lab).shape == (1, 1)


def test_a_preset_is_searched_and_chosen(open_lab):
    lab = open_lab("size=64")
    lab.get("presets").click()
    lab.page.keyboard.type("gauss 5")
    lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("Enter")
    lab.rest()
    gauss = kernel("gauss-5")
    assert (grid(lab) == gauss.values).all()
    assert lab.get("kernel-divisor").input_value() == str(gauss.divisor)
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), gauss.values, divisor=gauss.divisor)[0])
    assert "k=gauss-5" in lab.hash()


def test_several_kernels_give_several_maps(open_lab):
    lab = open_lab("size=64")
    photo = lab.pixels(size=64)
    lab.choose("kernel-add")
    lab.get("presets").click()
    lab.get("preset-sobel-y").click()
    lab.rest()
    lab.fill("bias", "9")
    both = np.stack([SOBEL, SOBEL.T])[:, None].repeat(3, axis=1)
    wanted = engine.conv2d(photo, both, bias=[0, 9])
    assert_shows(lab, wanted[1])
    maps = lab.page.get_by_role("radiogroup", name="Output maps").get_by_role("radio")
    assert maps.count() == 2
    maps.nth(0).click()
    lab.rest()
    assert_shows(lab, wanted[0])
    assert lab.text("fact-output").startswith("2 ×")
    # Each channel by each kernel: six maps.
    lab.choose("param-groups-choice-3")
    assert maps.count() == 6
    apart = engine.conv2d(photo[1:2], both[:, :1])
    maps.nth(3).click()
    lab.rest()
    assert_shows(lab, apart[1] + 9)
    lab.choose("kernel-2")
    lab.choose("kernel-remove")
    assert lab.text("fact-output").startswith("3 ×")


def test_convolution_is_told_from_cross_correlation(open_lab):
    lab = open_lab("size=64&k=3x3:1,2,3,4,5,6,7,8,9")
    drawn = np.arange(1, 10).reshape(3, 3)
    photo = lab.pixels(size=64)
    assert "CNNs do this" in lab.text("kernel-says")
    assert "the two maps differ" in lab.text("kernel-differs")
    assert_shows(lab, engine.conv2d(photo, drawn)[0])
    lab.choose("kernel-flip-convolution")
    assert (grid(lab) == drawn).all(), "the kernel stays as it was drawn"
    assert "mathematician" in lab.text("kernel-says")
    turned = engine.conv2d(photo, drawn[::-1, ::-1])
    assert_shows(lab, turned[0])
    assert "p.flip=true" in lab.hash()
    # Turned by hand and slid as it stands, it is the same again.
    lab.choose("kernel-change")
    lab.choose("kernel-turn")
    lab.choose("kernel-flip-correlation")
    assert_shows(lab, turned[0])
    lab.choose("kernel-symmetric")
    assert "both give the same map" in lab.text("kernel-differs")
    before = lab.bitmap()
    lab.choose("kernel-flip-convolution")
    assert (lab.bitmap() == before).all()
    # Nowhere else is it asked for; and where an operation has no choice, nothing is said.
    assert lab.page.locator("#params [data-field=flip]").count() == 0
    lab.select("operation", "conv_transpose2d")
    assert not lab.get("kernel-says").is_visible()


def test_a_kernel_is_changed_as_a_whole(open_lab):
    lab = open_lab("size=64&k=2x3:1,-1,2,-2,3,-3")
    start = np.array([[1, -1, 2], [-2, 3, -3]])
    before = lab.bitmap()
    lab.choose("kernel-change")
    lab.choose("kernel-normalise")
    assert "sum to 0" in lab.text("error-kernel")
    assert lab.get("kernel-divisor").input_value() == "1"
    assert (lab.bitmap() == before).all()
    for name, wanted in (
        ("rotate", np.rot90(start, -1)),
        ("mirror", np.rot90(start, -1)[:, ::-1]),
        ("overturn", np.rot90(start, -1)[::-1, ::-1]),
        ("negate", -np.rot90(start, -1)[::-1, ::-1]),
        ("symmetric", np.array([[-2, -2], [1, 1], [-2, -2]])),
    ):
        lab.choose(f"kernel-{name}")
        assert (grid(lab) == wanted).all(), name
        assert lab.text("error-kernel") == ""
    lab.choose("kernel-normalise")
    assert lab.get("kernel-divisor").input_value() == "-6"
    assert lab.text("kernel-sum") == "sum -6, divided by -6: 1"
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), grid(lab), divisor=-6)[0])
    lab.choose("kernel-random")
    drawn = grid(lab)
    assert np.abs(drawn).max() <= 4
    assert len(np.unique(drawn)) > 1
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), drawn)[0])
    assert open_lab(lab.hash()).text("kernel-sum") == lab.text("kernel-sum")


def drag(lab, *places: tuple[float, float]) -> None:
    """Press at the first place of the kernel's grid and drag through the others, as shares of its sides."""
    box = lab.get("kernel-grid").bounding_box()
    points = [
        (box["x"] + 3 + x * (box["width"] - 6), box["y"] + 3 + y * (box["height"] - 6)) for y, x in places
    ]
    lab.page.mouse.move(*points[0])
    lab.page.mouse.down()
    for point in points[1:]:
        lab.page.mouse.move(*point)
    lab.page.mouse.up()
    lab.rest()


def test_a_kernel_is_painted_with_the_pointer(open_lab):
    lab = open_lab("size=64&k=7x7:" + ",".join("0" * 49))
    lab.choose("kernel-mode-paint")
    lab.get("kernel-grid").scroll_into_view_if_needed()
    lab.fill("kernel-brush", "2")
    middle = 0.5
    drag(lab, (0.05, 0.05), (0.95, 0.95))
    lab.choose("kernel-brush--1")
    drag(lab, (middle, 0.05), (middle, 0.95))
    wanted = 2 * np.eye(7)
    wanted[3] = -1
    assert (grid(lab) == wanted).all(), "a quick stroke leaves no cell out"
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), wanted)[0])
    assert "k=7x7:2,0,0" in lab.hash()
    lab.choose("kernel-mode-type")
    cell(lab, 1, 2).fill("9")
    lab.rest()
    assert grid(lab)[0, 1] == 9


def test_a_kernel_is_painted_with_keys(open_lab):
    lab = open_lab("size=64&k=3x3:0,0,0,0,0,0,0,0,0")
    lab.choose("kernel-mode-paint")
    lab.fill("kernel-brush", "0.5")
    cell(lab, 1, 1).focus()
    for key in ("Enter", "Shift+ArrowRight", "ArrowRight", "7", "ArrowDown", "+", "+", "ArrowLeft", "-"):
        lab.page.keyboard.press(key)
    lab.rest()
    wanted = np.array([[0.5, 0.5, 7], [0, -1, 2], [0, 0, 0]])
    assert (grid(lab) == wanted).all()
    lab.page.keyboard.press("Delete")
    lab.rest()
    wanted[1, 1] = 0
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), wanted)[0])
    lab.get("kernel-brush").fill("")
    assert "number" in lab.text("error-brush")
    lab.get("kernel-brush").blur()
    assert lab.get("kernel-brush").input_value() == "0.5"
    assert lab.text("error-brush") == ""


def test_the_largest_kernel_is_painted_on_a_narrow_screen(open_lab):
    lab = open_lab(
        "size=64&k=31x31:" + ",".join("0" * 961), viewport={"width": 340, "height": 800}, has_touch=True
    )
    lab.choose("kernel-mode-paint")
    lab.get("kernel-grid").evaluate("(it) => it.scrollIntoView({ block: 'center' })")
    fits = lab.get("kernel-grid").evaluate(
        "(it) => [it.scrollWidth - it.clientWidth, it.scrollHeight - it.clientHeight]"
    )
    assert fits == [0, 0], "all weights are seen at once"
    drag(lab, (0.01, 0.01), (0.99, 0.99))
    assert (grid(lab) == np.eye(31)).all()
    assert lab.page.evaluate("() => document.scrollingElement.scrollWidth") <= 340
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), np.eye(31))[0])


def test_a_weight_is_lit_from_elsewhere_and_says_where_the_pointer_is(lab):
    lab.page.evaluate(
        """() => {
          window.lit = [];
          window.lab.views.kernel.addEventListener("light", ({ detail }) => window.lit.push(detail));
          window.lab.views.kernel.update({ lit: { row: 2, column: 0 } });
        }"""
    )
    assert cell(lab, 3, 1).get_attribute("data-lit") == ""
    cell(lab, 2, 3).hover()
    lab.get("presets").hover()
    assert lab.page.evaluate("() => window.lit") == [{"row": 1, "column": 2}, None]
    lab.page.evaluate("() => window.lab.views.kernel.update({ lit: null })")
    assert lab.page.locator("[data-lit]").count() == 0


def test_edits_that_come_faster_than_a_refresh_are_all_kept(open_lab):
    lab = open_lab("size=64")
    lab.page.evaluate(
        """() => {
          const type = (field, text) => {
            field.focus();
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          };
          const cells = document.querySelectorAll("[data-testid=kernel-grid] input");
          for (const [at, text] of [[0, "5"], [3, "6"], [6, "7"]]) type(cells[at], text);
          for (const [id, text] of [["kernel-divisor", "2"], ["bias", "3"], ["kernel-columns", "4"]])
            type(document.querySelector(`[data-testid=${id}]`), text);
        }"""
    )
    lab.rest()
    wanted = np.array([[5, 0, 1, 0], [6, 0, 2, 0], [7, 0, 1, 0]])
    assert (grid(lab) == wanted).all()
    assert lab.get("kernel-divisor").input_value() == "2"
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), wanted, divisor=2, bias=[3])[0])
