"""axe-core finds nothing on any page, whatever is set."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

WIDE = {"width": 1440, "height": 1000}
NARROW = {"width": 390, "height": 844}


def violations(page) -> list[str]:
    """Return what axe finds once nothing fades any more: half faded text has half the contrast."""
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:150]} {node['failureSummary'][:150]}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(
    ("scheme", "viewport", "link"),
    [
        ("light", WIDE, ""),
        ("dark", WIDE, "lang=zh&cell=3.4&p.stride=5"),
        ("light", NARROW, "op=max_pool2d&lang=zh&cell=3.4&nonsense=1"),
        ("dark", NARROW, "k=sobel-x;box-3&cell=3.4&p.padding=1,2,3,4&scale=fixed&split=1&bias=2"),
    ],
    ids=["light wide en", "dark wide zh", "light narrow zh pooling", "dark narrow en much"],
)
def test_the_lab(open_lab, scheme, viewport, link):
    lab = open_lab(link, color_scheme=scheme, viewport=viewport)
    assert violations(lab.page) == []


EVERYTHING = "a=k%3Dbox-3%26size%3D48&cell=3.4&size=48&p.stride=2&k=sobel-x;box-3&activation=relu"
CHAPTERS = "open=sum,parts,curve,size,coverage,compare,code"
ANSWERED = """() => window.lab.chapters.entries.every(({ chapter, asked, late, answer }) =>
  !chapter.request || Boolean(asked && !late && answer))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_chapter_at_once(open_lab, scheme, language, viewport):
    lab = open_lab(f"{CHAPTERS}&{EVERYTHING}&lang={language}", color_scheme=scheme, viewport=viewport)
    assert lab.page.evaluate(ANSWERED)
    assert violations(lab.page) == []


def test_the_lab_with_refusals_and_the_presets_open(open_lab):
    lab = open_lab("size=64")
    lab.get("presets").click()
    lab.get("param-stride-number").fill("99")
    lab.get("kernel-divisor").fill("0")
    lab.rest()
    assert lab.text("error-stride") != ""
    assert violations(lab.page) == []


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "zh")])
def test_the_reference(open_page, scheme, language):
    page = open_page(f"docs?lang={language}", color_scheme=scheme, viewport=NARROW)
    assert violations(page) == []
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= NARROW["width"]
