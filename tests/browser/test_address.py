"""The address is the state: reload, links, nonsense in links, back; and nonsense in fields."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser

FULL = (
    "image=coins&size=120&color=grey&p.stride=2,1&p.padding=same&p.padding_mode=reflect"
    "&k=2x3:1,0,-1.5,2,0,-2/4&bias=7&cell=3.4&zoom=9&colormap=sequential&scale=fixed&range=-50,300&theme=dark"
)


def test_a_link_opens_exactly_this_and_a_reload_keeps_it(open_lab):
    lab = open_lab(FULL)
    kernel = np.array([[1, 0, -1.5], [2, 0, -2]])
    photo = lab.pixels("coins", 120, "grey")
    wanted = engine.conv2d(
        photo, kernel, bias=[7], divisor=4, stride=(2, 1), padding="same", padding_mode="reflect"
    )[0]
    assert_shows(lab, wanted)
    scale = lab.scale()
    assert (scale.colormap, scale.lo, scale.hi) == ("sequential", -50, 300)
    assert lab.hash() == FULL
    before = lab.bitmap()
    lab.page.reload()
    lab.rest()
    assert lab.hash() == FULL
    assert (lab.bitmap() == before).all()
    assert lab.text("sum-cell").endswith("y 3, x 4")
    assert lab.page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_what_is_done_by_hand_survives_a_reload(lab):
    lab.choose("sample-cat")
    lab.fill("param-stride-number", "3")
    lab.fill("bias", "100")
    lab.choose("colormap-grey")
    lab.pin("output", 5, 6)
    before, address = lab.bitmap(), lab.hash()
    for part in ("image=cat", "p.stride=3", "bias=100", "colormap=grey", "cell=5.6"):
        assert part in address
    lab.page.reload()
    lab.rest()
    assert (lab.bitmap() == before).all()
    assert lab.get("param-stride").input_value() == "3"
    assert lab.get("bias").input_value() == "100"
    assert lab.get("colormap-grey").is_checked()
    assert lab.get("sample-cat").get_attribute("aria-pressed") == "true"


def test_nonsense_in_a_link_is_left_out_and_named(open_lab):
    lab = open_lab(
        "image=coins&p.stride=3&size=99999&k=nobody&p.colour=blue&what=&%E0%A4=1&bias=x&p.groups=a,b"
        "&range=0,1e99&a=op%3Dnobody"
    )
    assert_shows(lab, engine.conv2d(lab.pixels("coins"), SOBEL, stride=3)[0])
    notice = lab.text("notices")
    for part in (
        "size=99999",
        "k=nobody",
        "p.colour=blue",
        "what=",
        "bias=x",
        "p.groups=",
        "range=0,1e99",
        "A: op=",
    ):
        assert part in notice
    assert "image=coins" not in notice
    assert "p.stride" not in notice
    assert lab.hash() == "image=coins&p.stride=3&a=op%3Dnobody"
    lab.page.get_by_role("button", name="Close this message").first.click()
    assert lab.text("notices") == ""


def test_a_link_that_asks_the_impossible_still_opens(open_lab):
    """Well formed, but not possible with this picture: it is dropped, said, and a map is there."""
    lab = open_lab("size=64&p.stride=99")
    assert_shows(lab, engine.conv2d(lab.pixels(size=64), SOBEL)[0])
    assert "p.stride=99" in lab.text("notices")


def test_an_expired_picture_is_said_and_a_sample_takes_its_place(open_lab):
    lab = open_lab("image=" + "0" * 32 + "&p.stride=2", wait=False)
    lab.expected = ["Failed to load resource: the server responded with a status of 404"]
    lab.rest()
    assert_shows(lab, engine.conv2d(lab.pixels(), SOBEL, stride=2)[0])
    assert "no longer has this picture" in lab.text("error-image") or "image=" in lab.text("notices")
    assert "hours" in lab.text("error-image")


def test_back_and_forward(open_lab):
    lab = open_lab("k=box-3&size=64")
    lab.page.goto(lab.address + "#k=sobel-y&size=64")
    lab.rest()
    photo = lab.pixels(size=64)
    assert_shows(lab, engine.conv2d(photo, SOBEL.T)[0])
    lab.page.go_back()
    lab.rest()
    assert_shows(lab, engine.conv2d(photo, np.ones((3, 3)), divisor=9)[0])
    lab.page.go_forward()
    lab.rest()
    assert_shows(lab, engine.conv2d(photo, SOBEL.T)[0])


BAD = [
    ("param-stride-number", ["", "0", "17", "-2", "1.5", "1e"], "error-stride", "1"),
    ("param-padding-number", ["", "-1", "513", "0.5"], "error-padding", "0"),
    ("param-dilation-number", ["", "0", "17"], "error-dilation", "1"),
    ("input-size-number", ["", "3", "513", "7.5"], "error-size", "64"),
    ("kernel-rows", ["", "0", "32", "2.5"], "error-numbers", "3"),
    ("kernel-columns", ["", "0", "32"], "error-numbers", "3"),
    ("kernel-divisor", ["", "0"], "error-numbers", "1"),
    ("bias", ["", "-"], "error-numbers", "0"),
]


def test_bad_text_is_refused_at_its_field_and_the_picture_stays(open_lab):
    lab = open_lab("size=64")
    before = lab.bitmap()
    said = "([id, some]) => (document.querySelector(`[data-testid=${id}]`).innerText.trim() !== '') === some"
    for testid, texts, error, good in BAD:
        field = lab.get(testid)
        for text in texts:
            if text in ("-", "1e"):
                field.fill("")
                field.press_sequentially(text)
            else:
                field.fill(text)
            lab.rest()
            assert lab.page.evaluate(said, [error, True]), (testid, text)
            assert lab.get(error).is_visible(), (testid, text)
            assert lab.bitmap().shape == before.shape, (testid, text)
            assert (lab.bitmap() == before).all(), (testid, text)
            assert field.get_attribute("aria-invalid") == "true", (testid, text)
        lab.fill(testid, good)
        assert lab.page.evaluate(said, [error, False]), testid
        assert field.get_attribute("aria-invalid") is None, testid
        assert lab.page.locator("#stage[data-stale]").count() == 0, testid
