"""Take it with you: files of the map, and a link to all that is seen."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

import engine

pytestmark = pytest.mark.browser

KERNELS = np.array([[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]])


def saved(lab, which: str) -> tuple[str, bytes]:
    """Press a button; return the file's name and what is in it."""
    with lab.page.expect_download() as download:
        lab.get(f"save-{which}").click()
    name = download.value.suggested_filename
    lab.rest()
    assert name in lab.text("save-said")
    return name, download.value.path().read_bytes()


def test_files_hold_the_engines_numbers_and_the_colours_on_the_screen(open_lab):
    lab = open_lab("size=24&k=sobel-x;sobel-y&map=1&open=code")
    weight = np.broadcast_to(KERNELS[:, None], (2, 3, 3, 3))
    maps = engine.conv2d(lab.pixels(size=24), weight)

    name, data = saved(lab, "npy")
    assert name == "conv2d-map-1.npy"
    assert (np.load(io.BytesIO(data)) == maps[1:]).all()
    name, data = saved(lab, "csv")
    assert name == "conv2d-map-1.csv"
    assert (np.loadtxt(io.BytesIO(data), delimiter=",") == maps[1]).all()
    name, data = saved(lab, "all")
    assert name == "conv2d-maps.npy"
    assert (np.load(io.BytesIO(data)) == maps).all()

    name, data = saved(lab, "png")
    assert name == "conv2d-map-1.png"
    small = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert (small == lab.bitmap()).all()
    name, data = saved(lab, "png8")
    assert name == "conv2d-map-1-x8.png"
    large = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert (large == small.repeat(8, axis=0).repeat(8, axis=1)).all()


def test_what_went_wrong_stands_at_the_buttons(open_lab):
    lab = open_lab("size=24&open=code")
    assert not lab.get("save-all").is_visible()  # there is one map
    lab.expected = ["ERR_FAILED"]
    lab.page.route("**/api/run", lambda route: route.abort())
    lab.choose("save-npy")
    assert lab.text("save-problem") == "The server does not answer."
    lab.page.unroute("**/api/run")
    name, _ = saved(lab, "npy")
    assert name == "conv2d-map-0.npy"
    assert lab.text("save-problem") == ""


def test_the_link_opens_what_is_seen_down_to_the_cell(open_lab):
    lab = open_lab("size=32&k=sobel-y", permissions=["clipboard-read", "clipboard-write"])
    lab.point("output", 7, 11)
    # At once: what is set has not been written to the address yet.
    lab.page.evaluate("() => { window.lab.state.set({ params: { padding: 2 } }); }")
    lab.get("copy-link").click()
    lab.page.wait_for_function("() => document.querySelector('[data-testid=link-said]').innerText !== ''")
    assert lab.text("link-said") == "Link copied."
    link = lab.page.evaluate("() => navigator.clipboard.readText()")
    assert link == f"{lab.address}#size=32&p.padding=2&k=sobel-y&cell=7.11"
    assert lab.page.evaluate("location.hash") == "#size=32&p.padding=2&k=sobel-y"

    other = open_lab(link.split("#")[1], locale="zh-CN", viewport={"width": 390, "height": 844})
    assert other.text("copy-link") == "复制链接"
    assert "y 7" in other.text("sum-cell")
    assert (other.bitmap() == lab.bitmap()).all()
    assert other.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390


def test_a_link_that_cannot_be_copied_is_shown(open_lab):
    lab = open_lab("size=32")
    lab.page.evaluate(
        """() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          document.execCommand = () => false;
        }"""
    )
    lab.get("copy-link").click()
    field = lab.page.locator(".header-said input")
    assert field.input_value() == f"{lab.address}#size=32"
