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
    assert matrices.count() == 9
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


def test_turning_makes_it_the_mathematicians(open_lab):
    lab = open_lab("size=64&k=3x3:1,2,3,4,5,6,7,8,9")
    lab.choose("kernel-turn")
    turned = np.arange(9, 0, -1).reshape(3, 3)
    assert (grid(lab) == turned).all()
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), turned)[0])


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
