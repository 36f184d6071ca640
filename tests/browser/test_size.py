"""How large the output is: boxes, products and limits as they stand on the page, against the engine."""

from __future__ import annotations

import re

import pytest

from engine.analysis.ranges import ranges
from engine.limits import Limits
from engine.registry import operation

pytestmark = pytest.mark.browser

COUNTS = ("parameters", "macs", "additions", "bytes")
KNOWN = {
    "image=dot&size=12": {"parameters": 9, "macs": 900},
    "image=dot&size=12&color=rgb&bias=2&p.stride=2": {"parameters": 28, "additions": 25},
    "size=24&k=box-3;sobel-x&p.groups=3": {},
    "size=24&op=max_pool2d&p.kernel_size=3": {"parameters": 0},
    "size=24&op=conv_transpose2d&p.stride=2&p.output_padding=1": {},
    "size=24&op=linear": {},
    "size=24&op=depthwise_separable_conv2d": {},
    "size=24&op=separable_conv2d": {},
    "size=24&op=adaptive_avg_pool2d&p.output_size=5": {},
    "size=24&op=interpolate&p.size=30&p.mode=bilinear": {},
    "size=24&op=log_softmax": {},
}
ACCEPTED = [
    "p.stride=16",
    "k=gauss-5&p.padding=same&p.stride=3",
    "p.padding=9,0,2,5&p.padding_mode=circular",
    "op=avg_pool2d&p.kernel_size=2&p.stride=5&p.ceil_mode=true",
    "op=max_pool2d&p.kernel_size=3&p.padding=1&p.dilation=4",
    "op=conv_transpose2d&p.stride=3&p.output_padding=2",
]
"""Uncommon, and accepted by frameworks."""


def number(text: str) -> int:
    return int(text.replace(",", ""))


def worked_out(text: str) -> int:
    """What stands behind the equals sign, as arithmetic."""
    sum_ = text.split("\n", maxsplit=1)[0].replace(",", "").replace("bytes", "").replace("×", "*")
    sum_ = sum_.replace("−", "-")
    assert re.fullmatch(r"=[\d +*()-]+", sum_), text
    return int(eval(sum_[1:]))


def sizes(lab, name: str) -> list[int]:
    """The numbers on a box, width first."""
    words = lab.get(f"block-{name}").locator("b").inner_text()
    return [int(size) for size in re.findall(r"\d+", words.split(" of ")[-1])]


def test_products_and_boxes_are_the_engines(open_lab):
    lab = open_lab("open=size&image=dot&size=12&color=grey")
    told = 0
    for link, known in KNOWN.items():
        lab.visit(f"open=size&{link}" if "color" in link else f"open=size&color=grey&{link}")
        shape = lab.page.evaluate("() => window.lab.session.result.shape")
        for name in COUNTS:
            value = number(lab.text(f"fact-{name}"))
            assert value == shape["bytes_moved" if name == "bytes" else name]
            assert value == known.get(name, value)
            how = lab.get(f"how-{name}")
            if how.count():
                told += 1
                assert worked_out(how.inner_text()) == value, (link, name)
        channels, *_, height, width = shape["input_shape"]
        assert sizes(lab, "input")[:2] == [width, height]
        assert sizes(lab, "output")[:2] == shape["output_shape"][:-3:-1]
        if "kernel_size" in shape["params"] and len(shape["axes"]) == 2:
            assert sizes(lab, "kernel")[:2] == shape["params"]["kernel_size"][::-1]
            assert sizes(lab, "input")[2] == channels
    assert told >= 28, told
    # Boxes are to one scale, and say where they are not.
    lab.visit("open=size&image=dot&size=12&color=rgb")
    boxes = lab.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".block")].map((block) => {
          const { width, height } = block.querySelector(".block-front:last-of-type").getBBox();
          return [block.dataset.testid, { width, height, look: block.dataset.look }];
        }))"""
    )
    assert {box["look"] for box in boxes.values()} == {"true"}
    cell = boxes["block-input"]["width"] / 12
    assert boxes["block-kernel"]["width"] == pytest.approx(3 * cell)
    assert boxes["block-output"]["height"] == pytest.approx(10 * cell)
    assert lab.get("block-input").locator("svg").get_attribute("aria-label") == "Input: 12 × 12 × 3"
    lab.visit("open=size")
    assert "depth not to scale" in lab.text("block-input")
    assert "enlarged" in lab.text("block-kernel")


def test_a_limit_says_why_and_what_to_change(open_lab):
    lab = open_lab("open=size&image=dot&size=16&color=grey&p.dilation=7")
    note = lab.page.locator("[data-field=dilation] .field-limit")
    assert note.inner_text().startswith("7 is the most now: Along the")
    assert "covers 17 cells" in note.inner_text()
    assert "To dilate more: pad more, or take a smaller kernel or a larger picture." in note.inner_text()
    lab.fill("param-padding-number", "1")
    assert note.is_hidden()
    lab.fill("param-stride-number", "16")
    stride = lab.page.locator("[data-field=stride] .field-limit").inner_text()
    assert stride.startswith("16 is the most. It is the service's own limit (CONVSCOPE_MAX_STRIDE).")
    # And all of them stand in one table.
    lab.visit("open=size&image=dot&size=16&color=grey&op=max_pool2d&p.kernel_size=3&p.padding=1")
    pool = operation("max_pool2d")
    shapes = {"input": (1, 16, 16)}
    asked = pool.plan(shapes, {"kernel_size": 3, "padding": 1})[0]
    found = ranges(pool, shapes, asked, Limits())
    lab.page.locator(".size summary").click()
    for name, limit in found.items():
        if not isinstance(limit, list):
            continue
        row = lab.get(f"limits-{name}").first
        cells = row.locator("td").all_inner_texts()
        assert cells[:2] == [str(limit[0]["min"]), str(limit[0]["max"])], name
        if limit[0]["max_reason"]:
            assert f"{limit[0]['max']} is the most" in cells[2]
    assert "Pad less, or let the window span more cells" in lab.get("limits-padding").first.inner_text()


def test_what_frameworks_accept_is_not_refused(open_lab):
    lab = open_lab("image=dot&size=64")
    for link in ACCEPTED:
        lab.visit(f"image=dot&size=64&{link}")
        assert lab.page.locator("[role=alert]:visible").count() == 0, link
        assert lab.page.evaluate("() => window.lab.refusal") is None, link


def test_nothing_is_cut_off_or_left_untranslated(open_lab):
    lab = open_lab("open=size&lang=zh&theme=dark&p.stride=2", viewport={"width": 390, "height": 900})
    lab.page.locator(".size summary").click()
    wide = lab.page.evaluate(
        """() => [...document.querySelectorAll("[data-chapter=size] *:not(.law *, .limits-scroll *)")]
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5 && node.checkVisibility())
          .map((node) => node.className.baseVal ?? node.className)"""
    )
    assert wide == []
    text = lab.page.locator("[data-chapter=size]").inner_text()
    assert not re.search(r"(blocks|count|limits|facts)\.[a-z]|\{|undefined|NaN", text)
    assert "未按比例" in text
