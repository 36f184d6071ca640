"""The reference page: found, linked and unfolded, every call on it sent as it stands."""

from __future__ import annotations

import json

import pytest

from engine.kernels import kernels
from engine.registry import all_operations
from tests.browser.test_axe import NARROW, WIDE, violations

pytestmark = pytest.mark.browser

FOLDS = "section > details"
OPEN = "section > details[open]"
IN_SIGHT = """(it) => {
  const { top, bottom } = it.getBoundingClientRect();
  const bar = innerWidth < 960 ? document.querySelector(".side").getBoundingClientRect().bottom : 0;
  return top >= bar - 2 && top < innerHeight && bottom > 0;
}"""


def open_names(page) -> list[str]:
    """The places of the folds that are open."""
    return page.locator(OPEN).evaluate_all("(all) => all.map((one) => one.parentElement.id)")


def opened(page, name: str) -> None:
    """Wait until the fold called ``name`` is open and in sight."""
    section = page.locator(f"section[id='{name}']")
    section.locator(":scope > details[open]").wait_for()
    page.wait_for_function(IN_SIGHT, arg=section.element_handle())


def unfold(page) -> None:
    page.locator(FOLDS).evaluate_all("(all) => { for (const one of all) one.open = true; }")


# Calls


def test_every_example_can_be_sent_and_answers(open_page):
    page = open_page("docs")
    unfold(page)
    forms = page.locator("form")
    assert forms.count() >= 3
    for at in range(forms.count()):
        form = forms.nth(at)
        form.get_by_role("button").click()
        output = form.locator("output")
        page.wait_for_function("(it) => it.textContent !== ''", arg=output.element_handle())
        assert output.inner_text().startswith("200"), form.get_attribute("data-path")


def test_what_is_refused_is_shown_too(open_page):
    page = open_page("docs#post-api-shape", expected=("status of 422",))
    form = page.locator("form[data-path='api/shape']")
    body = json.loads(form.locator("textarea").input_value())
    form.locator("textarea").fill(json.dumps(body | {"params": {"stride": 0}}))
    form.get_by_role("button").click()
    page.wait_for_function("(it) => it.textContent !== ''", arg=form.locator("output").element_handle())
    assert form.locator("output").inner_text().startswith("422")
    assert "params.stride" in form.locator("output").inner_text()


# Contents and folds


def test_every_operation_is_there_and_the_lab_is_one_click_away(open_page):
    page = open_page("docs")
    for operation in all_operations():
        assert page.locator(f"section#{operation.name}").is_visible()
    page.get_by_role("link", name="Convscope", exact=True).click()
    page.locator("#stage").wait_for()


def test_the_list_at_the_side_leads_to_everything_and_stays(open_page):
    page = open_page("docs", viewport={"width": 1366, "height": 768})
    links = page.locator("#contents a")
    targets = links.evaluate_all("(all) => all.map((one) => one.hash.slice(1))")
    folds = page.locator(FOLDS).evaluate_all("(all) => all.map((one) => one.parentElement.id)")
    assert set(folds) | {"kernels", "calls"} <= set(targets)
    assert len(targets) == len(set(targets))
    assert page.evaluate("(all) => all.every((one) => document.getElementById(one))", targets)
    page.locator("#contents a[href='#relu']").click()
    opened(page, "relu")
    assert page.url.endswith("#relu")
    assert page.locator("#contents [aria-current]").inner_text() == "relu"
    assert page.locator("#contents a[href='#conv2d']").is_visible()
    assert page.evaluate(IN_SIGHT, page.locator("#contents a[href='#conv2d']").element_handle())
    page.evaluate("() => { location.hash = 'post-api-run'; }")
    opened(page, "post-api-run")
    assert page.evaluate(IN_SIGHT, page.locator("#contents [aria-current]").element_handle())


def test_folds_are_closed_until_one_is_opened_and_the_address_says_which(open_page):
    page = open_page("docs")
    assert open_names(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") < 10_000
    page.locator("#max_pool2d summary").click()
    page.wait_for_url("**/docs#max_pool2d")
    assert page.locator("#max_pool2d table").first.is_visible()
    # A link to where one is opens what was closed meanwhile.
    page.locator("#max_pool2d summary").click()
    assert open_names(page) == []
    page.locator("#contents a[href='#max_pool2d']").click()
    opened(page, "max_pool2d")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_link_opens_what_it_names(open_page, viewport):
    page = open_page("docs#conv2d", viewport=viewport)
    opened(page, "conv2d")
    page.goto(page.url.replace("#conv2d", "#batch_norm.eps"))
    opened_row = page.locator("[id='batch_norm.eps']")
    page.wait_for_function(IN_SIGHT, arg=opened_row.element_handle())
    assert open_names(page) == ["conv2d", "batch_norm"]
    page.go_back()
    page.wait_for_function(IN_SIGHT, arg=page.locator("#conv2d").element_handle())


def test_links_of_old_still_lead_somewhere(open_page):
    page = open_page("docs")
    families = {operation.family.name for operation in all_operations()}
    for name in ("operations", "kernels", "calls", *(f"family-{family}" for family in families)):
        page.evaluate("(name) => { location.hash = name; }", name)
        page.wait_for_function(IN_SIGHT, arg=page.locator(f"#{name}").element_handle())
    names = {operation.name for operation in all_operations()} | {f"kernel-{name}" for name in kernels()}
    assert page.evaluate("(all) => all.filter((one) => !document.getElementById(one))", sorted(names)) == []


@pytest.mark.parametrize("nonsense", ["#nothing", "#%E0%A4%A", "#"])
def test_a_link_to_nothing_is_no_fault(open_page, nonsense):
    page = open_page(f"docs{nonsense}")
    page.locator("search").wait_for()
    assert open_names(page) == []


def test_the_other_language_opens_the_same(open_page):
    page = open_page("docs#conv2d")
    opened(page, "conv2d")
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/docs?lang=zh#conv2d")
    opened(page, "conv2d")
    assert "二维卷积" in page.locator("#conv2d summary").inner_text()


# Search


def hits(page) -> list[str]:
    return page.locator("#hits a").evaluate_all("(all) => all.map((one) => one.hash.slice(1))")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("conv2d", "conv2d"),
        ("max pool", "max_pool2d"),
        ("ceil_mode", "avg_pool2d.ceil_mode"),
        ("sobel-y", "kernel-sobel-y"),
        ("api/trace", "post-api-trace"),
        ("stream", "ws-api-stream"),
    ],
)
def test_the_keyboard_alone_finds_and_opens(open_page, typed, first):
    page = open_page("docs")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert hits(page)[0] == first
    assert page.locator("search output").inner_text().startswith("Hits: ")
    assert not page.locator("#contents").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/docs#{first}")
    page.wait_for_function(IN_SIGHT, arg=page.locator(f"[id='{first}']").element_handle())
    name = first.split(".")[0]
    if not name.startswith("kernel-"):
        assert open_names(page) == [name]
        assert page.locator(f"[id='{name}'] summary").evaluate("(it) => it === document.activeElement")


def test_arrows_go_from_hit_to_hit_and_escape_begins_anew(open_page):
    page = open_page("docs")
    page.keyboard.press("/")
    page.keyboard.type("sobel")
    focused = "document.activeElement.hash ?? document.activeElement.id"
    places = []
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        places.append(page.evaluate(focused))
    one, two = (f"#{name}" for name in hits(page)[:2])
    assert places == ["find", one, two, one, "find"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "find"
    assert page.locator("#find").input_value() == ""
    assert hits(page) == []
    assert page.locator("#contents").is_visible()


def test_what_is_nowhere_is_said_and_a_slash_can_be_typed(open_page):
    page = open_page("docs#post-api-run")
    page.locator("#find").fill("no such thing")
    assert page.locator("search output").inner_text() == "Hits: 0"
    assert not page.locator("#hits").is_visible()
    page.keyboard.press("Enter")
    assert page.url.endswith("#post-api-run")
    for field in (page.locator("#find"), page.locator("section[id=post-api-run] textarea")):
        field.fill("")
        field.press("/")
        assert field.input_value() == "/"


def test_it_searches_in_chinese_too(open_page):
    page = open_page("docs?lang=zh")
    page.locator("#find").fill("最大池化")
    assert hits(page)[0] == "max_pool2d"
    assert page.locator("search output").inner_text().startswith("命中：")


# Small, without script, on paper, read aloud


def test_on_a_phone_the_contents_come_when_asked_for(open_page):
    page = open_page("docs", viewport=NARROW)
    contents = page.locator("#contents")
    assert not contents.is_visible()
    page.get_by_role("button", name="Contents").click()
    contents.locator("a[href='#dropout']").click()
    opened(page, "dropout")
    assert not contents.is_visible()
    page.locator("#find").fill("linear")
    page.keyboard.press("Enter")
    opened(page, "linear")
    assert not page.locator("#hits").is_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 768, 1024, 1366])
def test_nothing_is_wider_than_the_screen(open_page, language, width):
    page = open_page(f"docs?lang={language}", viewport={"width": width, "height": 844})
    unfold(page)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width
    seen = page.locator("main li:visible, main p:visible, main :is(h1, h2, h3, h4):visible")
    assert seen.evaluate_all("(all) => Math.min(...all.map((one) => one.getBoundingClientRect().x))") >= 8
    marked = page.locator("main li").evaluate_all(
        "(all) => all.some((one) => getComputedStyle(one).listStyleType !== 'none')"
    )
    assert not marked


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_script_everything_can_be_read(open_page, viewport):
    page = open_page("docs", viewport=viewport, java_script_enabled=False)
    assert not page.locator("search").is_visible()
    if viewport == NARROW:
        page.get_by_role("button", name="Contents").click()
    page.locator("#contents a[href='#conv2d']").click()
    page.keyboard.press("Escape")
    page.locator("#conv2d summary").click()
    assert page.locator("[id='conv2d.dilation']").is_visible()
    assert page.locator("#conv2d pre").is_visible()


def test_on_paper_stands_what_is_open_or_else_everything(open_page):
    page = open_page("docs")
    page.emulate_media(media="print")
    assert page.locator("#relu pre").is_visible()
    assert not page.locator("#find").is_visible()
    assert not page.locator("nav.pages").is_visible()
    page.evaluate("() => { document.querySelector('#conv2d details').open = true; }")
    assert page.locator("#conv2d pre").is_visible()
    assert not page.locator("#relu").is_visible()
    assert not page.locator("#kernels").is_visible()


@pytest.mark.parametrize(
    ("scheme", "language", "viewport"), [("light", "zh", WIDE), ("dark", "en", WIDE), ("light", "en", NARROW)]
)
def test_axe_finds_nothing_in_open_folds_and_hits(open_page, scheme, language, viewport):
    page = open_page(f"docs?lang={language}", color_scheme=scheme, viewport=viewport)
    for name in ("conv2d", "cat", "relu", "post-api-run", "ws-api-stream"):
        page.locator(f"section[id={name}] summary").click()
    page.locator("#find").fill("pool")
    assert violations(page) == []
