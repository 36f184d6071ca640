"""The end of a network: softmax and dense layers opened; files and code; the way between the pages."""

from __future__ import annotations

import io
import json
import urllib.request
from contextlib import closing
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image

from tests.browser.conftest import serving
from tests.server.networks.small import NAME, ship

pytestmark = pytest.mark.browser

COFFEE = "open=logit,end"


def number(text: str) -> Decimal:
    """Return a number as it stands on the page, without the signs around it."""
    return Decimal(text.replace("−", "-").strip("=×÷+ ").replace("+ ", "").strip("()"))


def cells(one, table: str, part: str) -> list[list[str]]:
    """Return the texts of a table's rows."""
    rows = one.get(table).locator(f"{part} tr")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def shares(one) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    """Return logit, exponential and share of each class that has a row."""
    found = {}
    for row in one.get("softmax").locator("tbody tr[data-class]").all():
        _, *texts, _ = row.locator("th, td").all_inner_texts()
        logit, power, share = map(number, texts)
        found[int(row.get_attribute("data-class"))] = (logit, power, share)
    return found


def test_softmax_is_the_engines_and_every_column_adds_up(open_network):
    one = open_network(COFFEE)
    logits = one.array("squeezenet-1.1/activations", image="coffee", layer="flatten")
    probabilities = one.array("squeezenet-1.1/activations", image="coffee", layer="softmax")
    shown = shares(one)
    assert list(shown) == np.argsort(-probabilities)[:8].tolist()
    for index, (logit, power, share) in shown.items():
        assert np.float32(logit) == logits[index]
        assert np.float32(share) == probabilities[index]
        assert float(power) == pytest.approx(np.exp(np.float64(logits[index]) - logits.max()), rel=1e-6)
    rest = cells(one, "softmax", "tbody")[-1]
    total = cells(one, "softmax", "tfoot")[0]
    assert rest[0] == "992 other classes"
    for at, column in ((2, 1), (3, 2)):
        assert sum(row[column] for row in shown.values()) + number(rest[at]) == number(total[at])
    assert abs(number(total[3]) - 1) < Decimal("1e-6")


def test_a_class_is_chosen_and_its_logit_is_the_mean_of_its_map(open_network):
    one = open_network(COFFEE)
    best, other = list(shares(one))[:2]
    assert one.get("softmax").locator("tr[aria-current]").get_attribute("data-class") == str(best)
    one.get("softmax").locator(f"[data-index='{other}']").click()
    one.rest()
    assert (one.value("layer"), one.value("map")) == ("flatten", other)
    assert one.get("softmax").locator("tr[aria-current]").get_attribute("data-class") == str(other)
    logit = shares(one)[other][0]
    (value,) = one.get("dense-value").all_inner_texts()
    assert number(value) == logit
    lines = cells(one, "dense-terms", "tfoot")
    cam = one.array("squeezenet-1.1/activations", image="coffee", layer="conv10/relu", channels=[other])
    assert float(number(lines[0][1])) == pytest.approx(cam.astype(np.float64).sum(), rel=1e-7)
    assert lines[1][1] == "÷ 169"
    assert number(lines[2][1]) == logit
    # The map itself: pointed at by the keyboard, and then looked at.
    sheets = one.page.locator("[data-chapter=logit] .sheets")
    sheets.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        sheets.press(key)
    place, value = one.text("sheets-told").split(": ")
    assert place == "y 1, x 1"
    assert np.float32(number(value)) == cam[0, 1, 1]
    one.get("dense-source").click()
    one.rest()
    assert (one.value("layer"), one.value("map")) == ("conv10/relu", other)


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_click_during_which_the_answer_comes_holds(open_network, by):
    """Between press and release the table is made of other classes; what was pressed stays until then."""
    one = open_network(COFFEE)
    best, other = list(shares(one))[:2]
    button = one.get("softmax").locator(f"[data-index='{other}']")
    button.focus()
    if by == "mouse":
        box = button.bounding_box()
        one.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        one.page.mouse.down()
    else:
        one.page.keyboard.down(" ")
    settled = one.page.evaluate("() => window.settled")
    one.page.evaluate("() => window.network.state.set({ image: 'cat' })")
    one.page.wait_for_function("(before) => window.settled > before", arg=settled)
    one.page.wait_for_function("() => window.network.stream.asked.length === 0 && !window.network.later")
    if by == "mouse":
        one.page.mouse.up()
    else:
        one.page.keyboard.up(" ")
    one.rest()
    assert (one.value("layer"), one.value("map")) == ("flatten", other)
    assert best not in shares(one), "and then they are the other picture's"


def test_a_dense_layer_adds_up_and_leads_to_the_maps_it_reads(open_network):
    one = open_network(f"net=efficientnet-lite0&image=cat&{COFFEE}")
    means = one.array("efficientnet-lite0/activations", image="cat", layer="flatten").astype(np.float64)
    rows = cells(one, "dense-terms", "tbody")
    best = next(iter(shares(one)))
    products = [number(row[3]) for row in rows[:-1]]
    assert [abs(one) for one in products] == sorted(map(abs, products), reverse=True)
    for row in rows[:-1]:
        index = int(row[0].removeprefix("map "))
        assert np.float32(number(row[1])) == np.float32(means[index])
        assert float(number(row[1]) * number(row[2])) == pytest.approx(float(number(row[3])), rel=1e-7)
    lines = {label: number(text) for label, text in cells(one, "dense-terms", "tfoot")}
    total = sum(products) + number(rows[-1][1])
    assert total == lines["sum of all 1280 terms"]
    assert total + lines["bias"] + lines.get("rounding", 0) == lines["the number"] == shares(one)[best][0]
    one.get("dense-terms").locator("tbody button").first.click()
    one.rest()
    assert one.value("layer") == "head/relu6"
    assert f"map {one.value('map')}" == rows[0][0]


def test_flatten_is_told_number_by_number(open_network, tmp_path):
    ship(tmp_path)
    with serving(tmp_path) as address:
        one = open_network(f"net={NAME}&image=cat&open=logit&layer=dense&map=2", address=address)
        maps = one.array(f"{NAME}/activations", image="cat", layer="pool")
        row = one.array(f"{NAME}/activations", image="cat", layer="flat")
        count, height, width = maps.shape
        assert f"number = {height * width} × map + {width} × y + x" in one.text("flattened")
        sheets = one.page.locator("[data-chapter=logit] .sheets")
        assert sheets.locator("figure").count() == 4
        sheets.focus()
        for key in ("End", "ArrowUp", "ArrowLeft"):
            sheets.press(key)
        place, product = one.text("sheets-told").split(": ", 1)[0], one.text("sheets-told").split(": ")[-1]
        index = count * height * width - width - 2
        assert int(place) == index
        assert f"map {count - 1}, y {height - 2}, x {width - 2}" in one.text("sheets-told")
        assert np.float32(number(product.split(" × ")[0])) == row[index] == maps[-1, -2, -2]
        sheets.press("Enter")
        one.rest()
        assert (one.value("layer"), one.value("map")) == ("pool", count - 1)
        assert one.value("cell") == {"y": height - 2, "x": width - 2}


def saved(one, which: str) -> tuple[str, bytes]:
    """Press a button; return the file's name and what is in it."""
    with one.page.expect_download() as download:
        one.get(f"save-{which}").click()
    name = download.value.suggested_filename
    one.rest()
    assert name in one.text("save-said")
    return name, download.value.path().read_bytes()


def test_files_and_code_are_the_services(open_network):
    one = open_network("open=code&layer=fire2/squeeze1x1/relu&map=3&colormap=grey&of=activations&code=numpy")
    maps = one.array("squeezenet-1.1/activations", image="coffee", layer="fire2/squeeze1x1/relu")
    name, data = saved(one, "npy")
    assert name == "squeezenet-1.1-fire2-squeeze1x1-relu-map-3.npy"
    assert (np.load(io.BytesIO(data)) == maps[3:4]).all()
    name, data = saved(one, "csv")
    assert (np.loadtxt(io.BytesIO(data), delimiter=",").astype(np.float32) == maps[3]).all()
    name, data = saved(one, "png")
    grey = np.asarray(Image.open(io.BytesIO(data)).convert("L")).astype(int)
    levels = np.rint((maps[3] - maps[3].min()) * (255 / np.ptp(maps[3])))
    assert grey.shape == maps[3].shape
    assert abs(grey - levels).max() <= 1
    name, data = saved(one, "sheet")
    height, width = maps[3].shape
    sheet = np.asarray(Image.open(io.BytesIO(data)).convert("L")).astype(int)
    assert sheet.shape == (4 * height + 3, 4 * width + 3)
    assert (sheet[:height, 3 * (width + 1) :] == grey).all()
    name, data = saved(one, "classes")
    assert (name, data.count(b"\n")) == ("squeezenet-1.1-classes.csv", 1001)
    assert data.decode().splitlines()[1].split(",")[1] == "espresso"

    call = {"network": "squeezenet-1.1", "image": "coffee", "frame": 0, "invert": False}
    call |= {"layer": "fire2/squeeze1x1/relu", "channels": [3]}
    body = json.dumps({"view": "activations", "call": call}).encode()
    asked = urllib.request.Request(one.address + "api/code", body, {"Content-Type": "application/json"})
    with closing(urllib.request.urlopen(asked, timeout=15)) as reply:
        expected = json.load(reply)
    assert one.get("code-text").text_content() == expected["numpy"]
    one.choose("code-language-torch")
    assert one.get("code-text").text_content() == expected["torch"]
    for of in ("predict", "network_trace", "explain"):
        one.set(of=of)
        assert len(one.get("code-text").text_content() or "") > 100, of
    one.set(layer="softmax", map=None)
    assert not one.get("save-png").is_visible()
    assert one.get("save-all").is_visible()


def test_from_the_lab_to_the_network_and_back_with_the_picture(open_lab):
    lab = open_lab("image=cat&lang=zh&theme=dark&k=box-3")
    page = lab.page
    page.locator("p a[data-door=network]").click()
    page.wait_for_url("**/network#image=cat&lang=zh&theme=dark", wait_until="commit")
    page.locator("nav.pages a[data-door='./']").click()
    page.wait_for_url("**/#image=cat&lang=zh&theme=dark", wait_until="commit")
    page.locator("nav.pages a[data-door=docs]").click()
    page.wait_for_url("**/docs?lang=zh", wait_until="commit")
    page.locator("nav.pages a").nth(1).click()
    page.wait_for_url("**/network#lang=zh", wait_until="commit")


@pytest.mark.parametrize("held", ["**/static/network.js*", "**/api/networks"], ids=["script", "answer"])
def test_a_link_that_is_followed_before_the_page_has_begun_takes_the_picture_along(open_network, held):
    one = open_network()
    waiting = []

    def hold(route):
        waiting.append(route.request.url)

    one.page.route(held, hold)
    one.page.goto(one.address + "docs")
    one.page.goto(one.address + "network#image=cat&layer=conv1&theme=dark", wait_until="commit")
    one.page.locator("footer a[data-door='./']").click()
    one.page.wait_for_url("**/#image=cat&theme=dark", wait_until="commit")
    assert len(waiting) == 1


def test_before_the_page_has_begun_the_reference_is_opened_in_its_language(open_network):
    one = open_network()
    one.page.route("**/static/network.js*", lambda route: None)
    one.page.goto(one.address + "docs")
    one.page.goto(one.address + "network#lang=zh&image=cat", wait_until="commit")
    one.page.locator("nav.pages a[data-door=docs]").click()
    one.page.wait_for_url("**/docs?lang=zh", wait_until="commit")
