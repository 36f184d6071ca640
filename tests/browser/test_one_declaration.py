"""One file declares an operation, and the page has its entry, its controls, its map, its cells' sums."""

from __future__ import annotations

import numpy as np
import pytest

from engine.registry import registered
from tests.browser.colours import assert_shows
from tests.browser.test_sum import READ
from tests.extra.threshold import threshold

pytestmark = pytest.mark.browser

TOLD = "(words) => document.querySelector('[data-testid=error-level]').innerText.includes(words)"


def test_an_operation_of_one_file_is_on_the_page(open_lab):
    with registered(threshold):
        lab = open_lab("size=100")
        photo = lab.pixels(size=100)
        options = lab.get("operation").locator("option").all_inner_texts()
        assert "Threshold" in options
        lab.select("operation", "threshold")
        assert lab.page.locator("#params [data-field]").evaluate_all(
            "(all) => all.map((one) => one.dataset.field)"
        ) == ["level", "step", "above"]
        assert not lab.page.locator("#kernel").is_visible()
        assert_shows(lab, np.where(photo >= 128, 255, 0)[0])

        lab.fill("param-level", "90")
        lab.get("param-step").focus()
        lab.page.keyboard.press("ArrowRight")
        lab.choose("param-above-same")
        kept = photo[:, ::2, ::2]
        wanted = np.where(kept >= 90, kept, 0)
        assert_shows(lab, wanted[0])
        assert lab.text("fact-output") == "3 × {} × {}".format(*wanted.shape[1:])
        assert lab.text("formula-height")
        assert "op=threshold&p.level=90&p.step=2&p.above=same" in lab.hash()

        lab.point("output", 4, 9)
        read = lab.page.evaluate(READ)
        assert read["terms"]["values"] == [str(photo[0, 8, 18])]
        assert read["steps"]["value"] == str(wanted[0, 4, 9])
        step = lab.page.locator(".sum-row[data-step=value] .sum-label")
        assert step.inner_text() == f"0 if level > {photo[0, 8, 18]} else {photo[0, 8, 18]}"

        # What it alone refuses is told in both languages, and so is what to change.
        lab.fill("param-level", "0")
        lab.page.wait_for_function(
            TOLD, arg="Level 0 leaves every cell as it is. Take a higher level, or white"
        )
        lab.select("lang", "zh")
        lab.page.wait_for_function(TOLD, arg="阈值为 0 时所有格都不变。 请提高阈值，或让高于它的变白。")
        lab.select("lang", "en")
        lab.fill("param-level", "90")

        lab.fill("param-level", "300")
        assert lab.text("error-level") != ""
        assert_shows(lab, wanted[0])
        lab.fill("param-level", "90")

        lab.select("lang", "zh")
        assert "阈值化" in lab.get("operation").locator("option").all_inner_texts()
        lab.point("output", 4, 9)
        said = f"若 阈值 > {photo[0, 8, 18]} 则取 0，否则取 {photo[0, 8, 18]}"
        step.filter(has_text=said).wait_for()
        assert "步长" in lab.page.locator("[data-field=step]").inner_text()
    # And gone with its declaration: a link to it opens what there is.
    after = open_lab("op=threshold")
    assert "op=threshold" in after.text("notices")
