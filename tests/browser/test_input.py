"""How the picture enters: drawn patterns, its size, a part of it, cells painted by hand."""

from __future__ import annotations

import io
import urllib.request
from contextlib import closing

import numpy as np
import pytest

import engine
from tests.browser.colours import assert_shows
from tests.browser.test_axe import violations
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser


def served(lab, image: str, **how: object) -> np.ndarray:
    """Return the input's levels as the service gives them, shape (C, H, W)."""
    asked = "&".join(f"{name}={value}" for name, value in how.items())
    address = f"{lab.address}api/images/{image}/pixels?{asked}&format=npy"
    with closing(urllib.request.urlopen(address, timeout=15)) as reply:
        return np.load(io.BytesIO(reply.read()))


def assert_enters(lab, pixels: np.ndarray) -> None:
    """Both panes show what follows from this input."""
    shown = lab.bitmap("input")[..., :3]
    assert (shown == np.moveaxis(np.broadcast_to(pixels, (3, *pixels.shape[1:])), 0, 2)).all()
    assert_shows(lab, engine.conv2d(pixels, SOBEL)[0])


def stroke(lab, *cells: tuple[int, int]) -> None:
    """Press on the first cell of the input and drag over the others."""
    lab.page.mouse.move(*lab.place("input", *cells[0]))
    lab.page.mouse.down()
    for cell in cells[1:]:
        lab.page.mouse.move(*lab.place("input", *cell))
    lab.page.mouse.up()
    lab.rest()


def test_a_pattern_is_small_and_a_photo_comes_back_as_it_was(open_lab):
    lab = open_lab("size=200")
    photo = lab.bitmap("input")
    groups = [lab.page.get_by_role("group", name=name) for name in ("Sample pictures", "Patterns")]
    assert [group.get_by_role("button").count() for group in groups] == [10, 6]
    lab.choose("sample-digit")
    assert_enters(lab, served(lab, "digit", size=12, color="grey"))
    lab.fill("input-frame-number", "7")
    seven = served(lab, "digit", size=12, color="grey", frame=7)
    assert_enters(lab, seven)
    assert lab.page.locator("[data-field=frame] .field-label").inner_text() == "Digit"
    assert lab.hash() == "image=digit&size=12&color=grey&frame=7"
    lab.choose("sample-edge")
    assert "Variant" in lab.page.locator("[data-field=frame]").inner_text()
    lab.choose("sample-coffee")
    assert (lab.bitmap("input") == photo).all()
    assert lab.hash() == "size=200"
    # A size that was small already is kept.
    lab.fill("input-size-number", "30")
    lab.choose("sample-noise")
    lab.fill("input-frame-number", "63")
    assert_enters(lab, served(lab, "noise", size=30, color="grey", frame=63))
    lab.get("input-frame-number").fill("64")
    assert "from 0 to 63" in lab.text("error-frame")


def test_cells_are_painted_with_the_pointer(open_lab):
    lab = open_lab("image=dot&size=16&color=grey")
    lab.choose("hand-paint")
    stroke(lab, (2, 2), (2, 9))
    lab.fill("hand-level-number", "90")
    stroke(lab, (1, 5), (5, 5))
    edits = ";".join(
        [f"2.{x}.{90 if x == 5 else 255}" for x in range(2, 10)] + [f"{y}.5.90" for y in (1, 3, 4, 5)]
    )
    painted = served(lab, "dot", size=16, color="grey", edits=edits)
    assert painted[0, 2].tolist()[2:10] == [255, 255, 255, 90, 255, 255, 255, 255]
    assert_enters(lab, painted)
    assert f"edits={edits}" in lab.hash()
    assert "12 cells edited" in lab.text("hand-said")
    assert_enters(open_lab(lab.hash()), painted)
    # Stroke by stroke it is taken back; clearing can be taken back too.
    lab.choose("hand-undo")
    assert lab.hash().endswith(";2.9.255")
    lab.choose("hand-clear")
    assert_enters(lab, served(lab, "dot", size=16, color="grey"))
    lab.choose("hand-undo")
    lab.choose("hand-undo")
    assert "edits" not in lab.hash()
    # The pointing hand points again.
    lab.choose("hand-point")
    lab.pin("input", 3, 3)
    assert "edits" not in lab.hash()


def test_cells_are_painted_with_keys(open_lab):
    lab = open_lab("size=24")
    lab.choose("hand-paint")
    for text in ("256", "-1", "2.5", ""):
        lab.get("hand-level-number").fill(text)
        assert "from 0 to 255" in lab.text("error-hand"), text
    lab.fill("hand-level-number", "7")
    assert lab.text("error-hand") == ""
    lab.page.locator(".pane-input .pane-view").first.focus()
    keys = lab.page.keyboard
    for key in (
        "Control+Home",
        "ArrowUp",
        "Enter",
        "ArrowRight",
        "Enter",
        "ArrowRight",
        "Enter",
        "Control+z",
    ):
        keys.press(key)
    lab.rest()
    start = lab.hash().split("edits=")[1].split(";")
    assert len(start) == 2
    assert_enters(lab, served(lab, "coffee", size=24, edits=";".join(start)))
    keys.press("Escape")
    assert lab.get("hand-point").is_checked()


def test_edits_go_with_their_cells_and_can_be_brought_back(open_lab):
    lab = open_lab("image=ramp&size=12&color=grey&edits=2.3.0;11.11.9")
    lab.choose("input-color-rgb")
    lab.fill("input-frame-number", "3")
    kept = served(lab, "ramp", size=12, color="rgb", frame=3, edits="2.3.0;11.11.9")
    assert_enters(lab, kept)
    lab.fill("input-size-number", "8")
    assert "edits" not in lab.hash()
    assert "Undo" in lab.text("hand-said")
    lab.choose("hand-paint")
    lab.choose("hand-undo")
    assert_enters(lab, served(lab, "ramp", size=8, color="rgb", frame=3, edits="2.3.0"))


def test_a_part_is_cut_out_with_the_pointer(open_lab):
    lab = open_lab("size=60")
    lab.choose("hand-crop")
    stroke(lab, (10, 12), (20, 20), (29, 41))
    # 600 x 400 pixels in 60 x 40 cells.
    assert "crop=100,120,200,300" in lab.hash()
    assert_enters(lab, served(lab, "coffee", size=60, crop="100,120,200,300"))
    # A part of the part, larger than its cells.
    stroke(lab, (0, 0), (3, 5))
    crop = lab.hash().split("crop=")[1]
    assert crop == "100,120,20,30"
    assert_enters(lab, served(lab, "coffee", size=60, crop=crop))
    assert lab.bitmap("input").shape[:2] == (20, 30)
    lab.choose("crop-whole")
    assert_enters(lab, served(lab, "coffee", size=60))
    assert lab.hash() == "size=60"
    # A slip of the hand cuts nothing.
    stroke(lab, (10, 12))
    assert lab.hash() == "size=60"


def test_a_part_is_typed(open_lab):
    lab = open_lab("size=60")
    lab.choose("hand-crop")
    for name, value in (("y", "150"), ("width", "200"), ("x", "500"), ("height", "90")):
        lab.fill(f"crop-{name}", value)
    assert "crop=150,500,90,100" in lab.hash(), "what does not fit is taken off the size"
    assert_enters(lab, served(lab, "coffee", size=60, crop="150,500,90,100"))
    before = lab.bitmap("input")
    for name, text in (("x", "600"), ("height", "0"), ("height", "251"), ("y", ""), ("width", "1.5")):
        lab.get(f"crop-{name}").fill(text)
        assert "A whole number from" in lab.text("error-hand"), (name, text)
        lab.get(f"crop-{name}").blur()
        lab.rest()
    assert (lab.bitmap("input") == before).all()
    assert lab.get("crop-x").input_value() == "500"
    # The part belongs to its picture.
    lab.choose("sample-coins")
    assert lab.hash() == "image=coins&size=60"


@pytest.mark.parametrize(
    ("link", "kept", "said"),
    [
        ("size=60&crop=0,0,9999,10", "size=60", "crop=0,0,9999,10"),
        ("size=60&edits=1.1.9;50.2.9", "size=60&edits=1.1.9", "edits=50.2.9"),
        ("size=60&frame=9", "size=60", "frame=9"),
        ("size=60&edits=1.1.256&crop=1,2", "size=60", "edits=1.1.256, crop=1,2"),
    ],
)
def test_a_link_to_what_is_not_there_opens_the_rest(open_lab, link, kept, said):
    lab = open_lab(link)
    lab.expected = ["Failed to load resource: the server responded with a status of 422"]
    assert said in lab.text("notices")
    assert lab.hash() == kept
    assert_enters(lab, served(lab, "coffee", **dict(pair.split("=") for pair in kept.split("&"))))


def test_every_size_is_reached_and_doubling_takes_the_same_way(open_lab):
    lab = open_lab("size=500", viewport={"width": 1440, "height": 1000})
    slider = lab.get("input-size")
    slider.press("ArrowRight")
    slider.press("PageUp")
    lab.rest()
    assert lab.hash() == "size=512"
    reached = slider.evaluate(
        """(slider) => {
          const { state } = window.lab;
          const sizes = [];
          state.addEventListener("change", () => sizes.push(state.values.size));
          const press = () => slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" }));
          for (let times = 0; times < 520; times++) press();
          return sizes;
        }"""
    )
    assert reached == list(range(511, 3, -1))
    lab.rest()
    slider.click()
    assert abs(int(lab.get("input-size-number").input_value()) - (4 * 512) ** 0.5) < 4
    assert slider.get_attribute("aria-valuetext") is not None


def test_a_finger_paints_the_input_and_the_kernel(open_lab):
    lab = open_lab(
        "image=dot&size=12&color=grey", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    lab.choose("hand-paint")
    lab.choose("kernel-mode-paint")
    finger = lab.page.context.new_cdp_session(lab.page)

    def swipe(*points: tuple[float, float]) -> None:
        for at, (x, y) in enumerate(points):
            kind = "touchMove" if at else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        lab.rest()

    places = [lab.place("input", y, 2) for y in (1, 2, 5)]
    before = lab.page.evaluate("() => scrollY")
    swipe(*places)
    assert lab.hash().endswith("edits=1.2.255;2.2.255;3.2.255;4.2.255;5.2.255")
    assert lab.page.evaluate("() => scrollY") == before, "painting does not scroll"
    corners = [lab.page.get_by_label(f"Weight in row {at}, column {at}", exact=True) for at in (1, 3)]
    corners[0].scroll_into_view_if_needed()
    boxes = [corner.bounding_box() for corner in corners]
    swipe(*[(box["x"] + 9, box["y"] + 9) for box in boxes])
    assert "k=3x3:1,0,1,-2,1,2,-1,0,1" in lab.hash()


def test_nothing_of_it_is_closed_to_anybody(open_lab):
    lab = open_lab("image=digit&size=12", viewport={"width": 390, "height": 844}, color_scheme="dark")
    for testid in ("hand-paint", "kernel-mode-paint", "kernel-change"):
        lab.choose(testid)
    lab.get("hand-level-number").fill("999")
    assert violations(lab.page) == []
    for testid in ("hand-crop", "kernel-flip-convolution"):
        lab.choose(testid)
    assert violations(lab.page) == []
    assert lab.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
