"""axe-core finds nothing on the Network page, whatever is open, and nothing is wider than the screen."""

from __future__ import annotations

import pytest

from tests.browser.test_axe import NARROW, WIDE, violations

pytestmark = pytest.mark.browser

CHAPTERS = "open=given,layer,weights,map,cell,trace,curve,logit,end,code"
ANSWERED = (
    """() => window.network.chapters.entries.every(({ chapter, late, calling }) => !late && !calling)"""
)


def examine(one) -> None:
    assert one.page.evaluate(ANSWERED)
    problems = one.page.evaluate("() => window.network.chapters.entries.map(({ problem }) => problem)")
    assert set(problems) == {""}
    open_ones = one.page.locator(".chapter:not([hidden]) [aria-expanded=true]").count()
    assert open_ones >= 8
    assert violations(one.page) == []
    assert one.sideways() == 0


@pytest.mark.parametrize(
    ("scheme", "language", "viewport", "looked"),
    [
        ("light", "en", WIDE, "layer=fire2/squeeze1x1/relu&map=3"),
        ("dark", "zh", WIDE, "net=efficientnet-lite0&layer=block2.1/depthwise/relu6&map=5&cell=3.4"),
        ("light", "zh", NARROW, "layer=conv10/relu&map=967&cell=6.6"),
        ("dark", "en", NARROW, "net=efficientnet-lite0&layer=dense&map=3"),
    ],
    ids=["light wide en", "dark wide zh", "light narrow zh", "dark narrow en"],
)
def test_every_chapter_at_once(open_network, scheme, language, viewport, looked):
    link = f"{CHAPTERS}&{looked}&lang={language}"
    examine(open_network(link, color_scheme=scheme, viewport=viewport))
