"""Every operation of the registry on the page: it opens, runs, shows its shapes, explains a cell."""

from __future__ import annotations

import json
import urllib.request
from contextlib import closing
from math import prod

import pytest

pytestmark = pytest.mark.browser

STATE = """() => {
  const { session, pointing, refusal, shown } = window.lab;
  const shape = session.result?.shape;
  return { operation: shape?.operation, output: shape?.output_shape, stale: session.stale,
    refusal: refusal?.message ?? "", map: shown && [shown.height, shown.width],
    problem: pointing.problem, terms: pointing.trace?.terms.length ?? 0, late: pointing.late };
}"""


def operations(lab) -> list[dict]:
    """What the service says there is."""
    with closing(urllib.request.urlopen(lab.address + "api/operations", timeout=15)) as reply:
        return json.load(reply)["operations"]


def open_operation(lab, name: str) -> dict:
    """Choose an operation from the list, wait for its map and return what the page holds."""
    lab.select("operation", name)
    held = lab.page.evaluate(STATE)
    assert held["operation"] == name, f"{name} did not run: {held}"
    return held


def test_every_operation_opens_runs_and_explains_a_cell(open_lab):
    lab = open_lab("size=24")
    declared = operations(lab)
    for operation in declared:
        name = operation["name"]
        held = open_operation(lab, name)
        assert not held["refusal"], (name, held)
        assert not held["stale"], name
        assert lab.text("fact-output") == (" × ".join(map(str, held["output"])) or "one number"), name
        assert held["map"], name
        assert prod(held["map"]) >= (prod(held["output"][-2:]) if len(held["output"]) > 2 else 1), name
        fields = lab.page.locator("#params [data-field]").count()
        assert lab.page.locator("#params").is_visible() == (fields > 0), name

        lab.point("output", 0, 0)
        held = lab.page.evaluate(STATE)
        if held["problem"]:
            assert held["problem"] in lab.page.locator("#sum .field-help").first.inner_text(), name
            continue
        # Of long sums the first terms are shown, the others when asked for.
        assert lab.page.locator("#sum [data-term]").count() >= min(held["terms"], 200), name
        value = lab.page.locator("#sum [data-step=value] .step-number")
        assert value.inner_text().strip(), name


def test_the_list_is_grouped_by_family(lab):
    families = [operation["family"]["texts"]["en"] for operation in operations(lab)]
    groups = lab.get("operation").locator("optgroup").evaluate_all("(all) => all.map((one) => one.label)")
    assert groups == list(dict.fromkeys(families))
    count = lab.get("operation").locator("optgroup option").count()
    assert count == len(families) == lab.get("operation").locator("option").count()


def test_choices_have_room_in_chinese_too(open_lab):
    lab = open_lab("op=conv_transpose2d&size=16&lang=zh", viewport={"width": 1024, "height": 800})
    segments = lab.page.locator(".segments:visible")
    spilt = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"
    assert segments.count() > 0
    assert segments.evaluate_all(spilt) == []
