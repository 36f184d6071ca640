"""The reference page: every call on it can be sent as it stands."""

from __future__ import annotations

import json

import pytest

from engine.registry import all_operations

pytestmark = pytest.mark.browser


def test_every_example_can_be_sent_and_answers(open_page):
    page = open_page("docs")
    forms = page.locator("form")
    assert forms.count() >= 3
    for at in range(forms.count()):
        form = forms.nth(at)
        form.get_by_role("button").click()
        output = form.locator("output")
        page.wait_for_function("(it) => it.textContent !== ''", arg=output.element_handle())
        assert output.inner_text().startswith("200"), form.get_attribute("data-path")


def test_what_is_refused_is_shown_too(open_page):
    page = open_page("docs", expected=("status of 422",))
    form = page.locator("form[data-path='api/shape']")
    body = json.loads(form.locator("textarea").input_value())
    form.locator("textarea").fill(json.dumps(body | {"params": {"stride": 0}}))
    form.get_by_role("button").click()
    page.wait_for_function("(it) => it.textContent !== ''", arg=form.locator("output").element_handle())
    assert form.locator("output").inner_text().startswith("422")
    assert "params.stride" in form.locator("output").inner_text()


def test_every_operation_is_there_and_the_lab_is_one_click_away(open_page):
    page = open_page("docs")
    for operation in all_operations():
        assert page.locator(f"section#{operation.name}").is_visible()
    page.get_by_role("link", name="Convscope", exact=True).click()
    page.locator("#stage").wait_for()
