"""On paper: one page with the pictures, their legend, the settings, the sum, the size and the link."""

from __future__ import annotations

import re

import pytest

from tests.browser.lab import PIXELS, rgba

pytestmark = pytest.mark.browser

DIGIT = "image=digit&size=12&color=grey&p.padding=1&k=sobel-y&cell=4.4"


def test_one_page_holds_the_pictures_and_all_words_to_them(open_lab):
    lab = open_lab(DIGIT, color_scheme="dark")
    screen = lab.page.evaluate("() => document.querySelector('.print-figure').innerText")
    assert screen == ""
    lab.page.emulate_media(media="print")
    lab.page.wait_for_selector(".print-figure canvas", state="visible")
    said = re.sub(r"\s+", " ", lab.text("print-figure"))
    for words in (
        "2-D convolution",
        "Input · 12 × 12 × 1",
        "Output · 12 × 12 × 1 · y 4, x 4: −212",
        "Padding 1 on each side, zeros",
        "−946 0 946",
        "Output cell y 4, x 4: −212, from 9 terms.",
        "1 × 12 × 12 → 1 × 12 × 12",
        "Kernel Sobel y",
        "Stride 1",
        "Padding 1",
        "Picture A digit",
        f"Made with Convscope: {lab.address}#{DIGIT}",
    ):
        assert words in said, words
    # Nothing of the page that is operated, and paper is white even where the screen is dark.
    for one in (".lab", ".page-header", ".page-footer"):
        assert not lab.page.locator(one).is_visible()
    assert lab.page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    pictures = lab.page.locator(".print-pictures canvas")
    assert pictures.count() == 2
    for at in range(2):
        picture = rgba(pictures.nth(at).evaluate(PIXELS))
        assert min(picture.shape[:2]) > 600
        assert len({tuple(pixel) for pixel in picture[::9, ::9].reshape(-1, 4)}) > 20
    lab.page.emulate_media(media="screen")
    lab.rest()
    assert lab.page.evaluate("() => document.querySelector('.print-figure').childElementCount") == 0
    assert lab.page.locator(".lab").is_visible()


@pytest.mark.parametrize(
    "link",
    [
        DIGIT + "&lang=zh",
        "split=1&p.dilation=3&open=sum,size,coverage,compare,code",
        "op=flatten&size=64",
    ],
)
def test_a_printer_gets_one_page(open_lab, link):
    lab = open_lab(link)
    sheet = lab.page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
    widths = {int(width) for width in re.findall(rb"/Width (\d+)", sheet)}
    assert max(widths) > 600  # the pictures are in it
    assert lab.page.locator(".lab").is_visible()
