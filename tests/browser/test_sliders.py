"""Sliders and their kin, by mouse and by keyboard: size, formula and picture follow."""

from __future__ import annotations

import re

import numpy as np
import pytest

import engine
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser


def assert_size(lab, wanted: np.ndarray) -> None:
    channels, height, width = wanted.shape
    assert lab.text("fact-output") == f"{channels} × {height} × {width}"
    for axis, side in (("height", height), ("width", width)):
        formula = lab.get(f"formula-{axis}")
        assert formula.get_attribute("title").endswith(f"= {side}")
        assert (formula.locator("math mn").first.text_content() or "").strip() == str(side)
    assert re.search(rf"\b{width} × {height}\b", lab.page.locator(".pane-output .pane-shape").inner_text())


def drag(lab, testid: str, share: float, *, steps: int = 12) -> int:
    """Drag the thumb of a slider to a share of its length with the mouse; return its value there."""
    slider = lab.get(testid)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    low, high, value = (float(slider.evaluate(f"(it) => it.{key}")) for key in ("min", "max", "value"))
    thumb = 16
    at = box["x"] + thumb / 2 + (value - low) / (high - low) * (box["width"] - thumb)
    to = box["x"] + thumb / 2 + share * (box["width"] - thumb)
    y = box["y"] + box["height"] / 2
    mouse = lab.page.mouse
    mouse.move(at, y)
    mouse.down()
    mouse.move(to, y, steps=steps)
    mouse.up()
    lab.rest()
    return int(slider.input_value())


def test_stride_is_dragged_with_the_mouse(lab):
    photo = lab.pixels()
    seen = set()
    for share in (2 / 15, 0.5, 1.0, 0.0):
        stride = drag(lab, "param-stride", share)
        seen.add(stride)
        wanted = engine.conv2d(photo, SOBEL, stride=stride)
        assert_shows(lab, wanted[0])
        assert_size(lab, wanted)
        assert lab.get("param-stride-number").input_value() == str(stride)
    assert {1, 3, 16} <= seen


def test_stride_is_moved_with_the_keyboard(lab):
    photo = lab.pixels()
    lab.get("param-stride").focus()
    for key, stride in (("ArrowRight", 2), ("ArrowUp", 3), ("ArrowLeft", 2), ("End", 16), ("Home", 1)):
        lab.page.keyboard.press(key)
        lab.rest()
        wanted = engine.conv2d(photo, SOBEL, stride=stride)
        assert_shows(lab, wanted[0])
        assert_size(lab, wanted)
    assert lab.get("param-stride").evaluate("(it) => it === document.activeElement")


def test_height_and_width_are_set_apart(lab):
    photo = lab.pixels()
    lab.choose("param-stride-lock")
    lab.fill("param-stride-number", "2")
    lab.fill("param-stride-width-number", "5")
    lab.choose("param-dilation-lock")
    lab.fill("param-dilation-number", "4")
    wanted = engine.conv2d(photo, SOBEL, stride=(2, 5), dilation=(4, 1))
    assert_shows(lab, wanted[0])
    assert_size(lab, wanted)


def test_padding_on_each_side_in_every_mode(lab):
    photo = lab.pixels()
    lab.select("param-padding-mode", "sides")
    for at, cells in enumerate((1, 2, 3, 40)):
        lab.fill(f"param-padding{f'-{at}' if at else ''}-number", str(cells))
    for mode in ("zeros", "reflect", "replicate", "circular"):
        lab.choose(f"param-padding_mode-{mode}")
        wanted = engine.conv2d(photo, SOBEL, padding=(1, 2, 3, 40), padding_mode=mode)
        assert_shows(lab, wanted[0])
        assert_size(lab, wanted)


def test_padding_by_a_word(lab):
    photo = lab.pixels()
    lab.fill("param-stride-number", "3")
    lab.fill("param-dilation-number", "2")
    for word in ("same", "full", "valid"):
        lab.select("param-padding-mode", word)
        wanted = engine.conv2d(photo, SOBEL, padding=word, stride=3, dilation=2)
        assert_shows(lab, wanted[0])
        assert_size(lab, wanted)


def test_groups_give_each_channel_a_map(lab):
    photo = lab.pixels()
    lab.choose("param-groups-choice-3")
    wanted = engine.conv2d(photo, SOBEL, groups=3)
    assert wanted.shape[0] == 3
    assert_size(lab, wanted)
    maps = lab.page.get_by_role("radiogroup", name="Output maps").get_by_role("radio")
    assert [one.strip() for one in maps.all_inner_texts()] == ["red", "green", "blue"]
    for at in (1, 2, 0):
        maps.nth(at).click()
        lab.rest()
        assert maps.nth(at).get_attribute("aria-checked") == "true"
        assert_shows(lab, wanted[at])


@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
def test_pooling(lab, name):
    photo = lab.pixels()
    lab.select("operation", name)
    lab.fill("param-kernel_size-number", "5")
    lab.get("param-stride-auto").uncheck()
    lab.fill("param-stride-number", "4")
    lab.fill("param-padding-number", "2")
    sizes = set()
    for ceil_mode in (False, True):
        lab.get("param-ceil_mode").set_checked(ceil_mode)
        lab.rest()
        wanted = getattr(engine, name)(photo, 5, 4, 2, ceil_mode=ceil_mode)
        sizes.add(wanted.shape)
        assert_size(lab, wanted)
        assert_shows(lab, wanted[0])
    assert len(sizes) == 2, "rounding up was to make a difference"
    note = lab.page.locator(".pane-input .pane-note").inner_text()
    assert "Padding 2 on each side" in note
    assert "zeros" not in note, "there is no padding mode: max pooling pads with minus infinity"
    lab.page.get_by_role("radiogroup", name="Output maps").get_by_role("radio").nth(2).click()
    lab.rest()
    assert_shows(lab, wanted[2])


def test_a_limit_gives_its_reason_and_moves_with_the_kernel(lab):
    """Padding of pooling: every window must hold a real cell."""
    lab.select("operation", "max_pool2d")
    lab.fill("param-kernel_size-number", "3")
    assert lab.get("param-padding").get_attribute("max") == "2"
    lab.get("param-padding").focus()
    lab.page.keyboard.press("End")
    lab.rest()
    note = lab.page.locator("[data-field=padding] .field-limit")
    assert note.is_visible()
    assert "2 is the most now" in note.inner_text()
    lab.fill("param-kernel_size-number", "5")
    assert lab.get("param-padding").get_attribute("max") == "4"


def test_sixty_fast_moves_leave_no_backlog(lab):
    """The last picture is the last wish, nothing older comes after it, and most were never computed."""
    photo = lab.pixels()
    box = lab.get("param-stride").bounding_box()
    y = box["y"] + box["height"] / 2
    before = len(lab.painted())
    lab.page.mouse.move(box["x"] + 9, y)
    lab.page.mouse.down()
    for move in range(60):
        share = abs((move * 7) % 30 - 15) / 15
        lab.page.mouse.move(box["x"] + 8 + share * (box["width"] - 16), y)
    lab.page.mouse.move(box["x"] + 8 + 5 / 15 * (box["width"] - 16), y)
    lab.page.mouse.up()
    lab.rest()
    stride = int(lab.get("param-stride").input_value())
    painted = lab.painted()[before:]
    assert stride == 6
    assert_shows(lab, engine.conv2d(photo, SOBEL, stride=stride)[0])
    assert painted == sorted(set(painted))
    # The socket keeps the order: what was on its way would be here before the answer to another question.
    lab.point("output", 3, 4)
    assert lab.text("sum-cell").endswith("y 3, x 4")
    assert lab.painted()[before:] == painted, "something came after the last wish"
    assert_shows(lab, engine.conv2d(photo, SOBEL, stride=stride)[0])


def test_wishes_that_overtake_each_other_in_one_task(lab):
    """A hundred changes before the server can answer the first: at most a few are sent."""
    photo = lab.pixels()
    lab.page.evaluate(
        """() => {
          const { stream } = window.lab.session;
          const send = stream.socket.send.bind(stream.socket);
          window.sent = [];
          stream.socket.send = (text) => { window.sent.push(JSON.parse(text)); send(text); };
          const slider = document.querySelector("[data-testid=param-dilation]");
          for (let move = 0; move < 100; move++) {
            slider.value = String(1 + ((move * 5) % 16));
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
          slider.value = "4";
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    lab.rest()
    sent = [one for one in lab.page.evaluate("() => window.sent") if one["slot"] == "main"]
    assert len(sent) <= 3
    assert sent[-1]["params"] == {"dilation": 4}
    assert_shows(lab, engine.conv2d(photo, SOBEL, dilation=4)[0])


def test_two_axes_set_within_one_refresh_are_both_kept(lab):
    lab.choose("param-stride-lock")
    lab.select("param-padding-mode", "sides")
    lab.page.evaluate(
        """() => {
          const strides = { "param-stride": 2, "param-stride-width": 5 };
          const fields = { ...strides, "param-padding": 1, "param-padding-3": 4 };
          for (const [id, value] of Object.entries(fields)) {
            const slider = document.querySelector(`[data-testid=${id}]`);
            slider.value = String(value);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    lab.rest()
    wanted = engine.conv2d(lab.pixels(), SOBEL, stride=(2, 5), padding=(1, 0, 0, 4))
    assert_size(lab, wanted)
    assert_shows(lab, wanted[0])
