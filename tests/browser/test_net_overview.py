"""The top of the Network page: the picture, the whole network, the classes."""

from __future__ import annotations

import json
import urllib.request
from contextlib import closing

import numpy as np
import pytest
from playwright.sync_api import Route

from tests.browser import pictures
from tests.browser.test_axe import NARROW, WIDE, violations

pytestmark = pytest.mark.browser

CAT = {"image": "cat"}
BARE = "open=-"
"""No chapter: they have tests of their own."""


def listed(address: str) -> list[dict]:
    with closing(urllib.request.urlopen(address + "api/networks", timeout=15)) as reply:
        return json.load(reply)["networks"]


def area_means(maps: np.ndarray, side: int) -> np.ndarray:
    """Reduce (C, H, W) to at most ``side`` a side: each cell the mean of the area it covers."""

    def shares(size: int) -> np.ndarray:
        small = min(size, side)
        edges = np.arange(small + 1) * size / small
        low, high = edges[:-1, None], edges[1:, None]
        cells = np.arange(size)[None]
        return np.clip(np.minimum(high, cells + 1) - np.maximum(low, cells), 0, None) * small / size

    return shares(maps.shape[1]) @ maps.astype(float) @ shares(maps.shape[2]).T


def unit(name: str) -> str:
    return f'[data-unit="{name}"]'


def test_every_network_is_one_figure_from_the_picture_to_the_classes(open_network):
    page = open_network(BARE)
    names = [one["name"] for one in listed(page.address) if one["available"]]
    assert len(names) >= 2
    for name in names:
        page.choose(f"net-{name}")
        graph = page.page.evaluate("() => window.network.graph")
        assert graph["name"] == name
        heads = list(dict.fromkeys(layer["unit"] for layer in graph["layers"]))
        shown = page.page.eval_on_selector_all(
            ".unit", "units => units.map((one) => [one.dataset.unit, one.hasAttribute('data-there')])"
        )
        assert shown == [[head, True] for head in heads]
        modules = {layer["module"] for layer in graph["layers"] if layer["module"]}
        assert set(page.page.locator(".module").all_inner_texts()) == modules
        assert page.page.locator(".class").count() == min(10, len(graph["classes"]))
        assert page.sideways() == 0


@pytest.mark.parametrize("name", ["conv1", "pool5"])
def test_thumbnails_are_the_strongest_maps_made_small(open_network, name):
    page = open_network(f"{BARE}&image=cat")
    layer = {"conv1": "conv1/relu"}.get(name, name)
    maps = page.array("squeezenet-1.1/activations", layer=layer, **CAT)
    strongest = np.argsort(-np.abs(maps).mean((1, 2)), kind="stable")[:8]
    small = area_means(maps[strongest], 48)
    low, high = small.min((1, 2), keepdims=True), small.max((1, 2), keepdims=True)
    wanted = np.round(255 * (small - low) / (high - low))
    shown = page.pixels_of(f"{unit(name)} canvas").reshape(*wanted.shape, 4)
    assert np.abs(shown[..., 0] - wanted).max() <= 1
    assert (shown[..., 0] == shown[..., 2]).all()
    assert (shown[..., 3] == 255).all()
    assert f"map {strongest[0]}." in (page.page.locator(unit(name)).get_attribute("aria-label") or "")


def test_the_picture_is_what_the_network_is_given(open_network):
    page = open_network(f"{BARE}&image=cat&layer=fire2/concat&map=3&cell=10.20")
    given = page.array("squeezenet-1.1/input", **CAT)
    about = page.page.evaluate("() => window.network.graph.preparation")
    levels = given * np.array(about["divide"])[:, None, None] + np.array(about["subtract"])[:, None, None]
    order = [about["channels"].index(colour) for colour in ("red", "green", "blue")]
    shown = np.moveaxis(page.canvas("photo")[..., :3], 2, 0)
    assert np.abs(shown - levels[order]).max() < 0.01
    sees = page.ask("squeezenet-1.1/trace", layer="fire2/concat", cell=[3, 10, 20], **CAT)["field"]
    part = page.get("photo-field")
    for axis, (start, length) in zip(sees, (("y", "height"), ("x", "width")), strict=True):
        assert float(part.get_attribute(start)) == max(0, axis["first"])
        assert float(part.get_attribute(length)) == axis["last"] + 1 - max(0, axis["first"])


def test_a_photo_of_ones_own_goes_through_all_layers(open_network):
    page = open_network(BARE)
    before = page.pixels_of(f"{unit('conv1')} canvas")
    with page.page.expect_response("**/api/images"):
        file = {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": pictures.jpeg(1)}
        page.get("file").set_input_files(file)
    page.rest()
    image = page.value("image")
    assert (page.pixels_of(f"{unit('conv1')} canvas") != before).any()
    assert page.page.locator(".unit[data-stale]").count() == 0
    wanted = page.ask("squeezenet-1.1/predict", image=image, top=10)["classes"]
    said = page.page.locator(".class").evaluate_all(
        "all => all.map((one) => [one.dataset.class, one.querySelector('.class-share').textContent])"
    )
    shares = [one["probability"] * 100 for one in wanted]
    words = ["< 0.1 %" if 0 < share < 0.05 else f"{share:.1f} %" for share in shares]
    assert [index for index, _ in said] == [str(one["index"]) for one in wanted]
    assert [share for _, share in said] == words


def test_the_keyboard_walks_over_the_network_and_chooses(open_network):
    page = open_network(BARE)
    keys = page.page.keyboard
    assert page.page.locator(".unit[tabindex='0']").count() == 1
    page.page.locator(".unit[tabindex='0']").focus()
    for key in ["ArrowRight"] * 3 + ["ArrowDown"] * 5:
        keys.press(key)
    focused = "() => document.activeElement.dataset.unit"
    assert page.page.evaluate(focused) == "fire2/expand3x3", "past the four maps of the branch above"
    keys.press("ArrowDown")
    keys.press("Enter")
    page.rest()
    shown = page.page.evaluate(
        "() => window.network.session.layers.get('fire2/expand3x3/relu').thumbs.map((map) => map.channel)"
    )
    assert [page.value("layer"), page.value("map")] == ["fire2/expand3x3/relu", shown[0]]
    keys.press("ArrowRight")
    assert page.page.evaluate(focused) == "fire2/concat"
    keys.press("End")
    assert page.page.evaluate(focused) == "softmax"
    keys.press("Enter")
    page.rest()
    assert [page.value("layer"), page.value("map")] == ["softmax", None]
    assert page.page.evaluate("() => document.querySelector('.overview').scrollLeft") > 500
    current = page.page.locator(".unit[aria-current]")
    assert current.count() == 1
    assert current.get_attribute("data-unit") == "softmax"


def test_a_click_takes_a_map_a_unit_or_a_class(open_network):
    page = open_network(BARE)
    shown = page.page.evaluate(
        "() => window.network.session.layers.get('pool1').thumbs.map((map) => map.channel)"
    )
    height = page.page.locator(unit("pool1")).bounding_box()["height"]
    page.page.locator(unit("pool1")).click(position={"x": 20, "y": height * 2.5 / 8})
    page.rest()
    assert [page.value("layer"), page.value("map")] == ["pool1", shown[2]]
    page.page.locator(f"{unit('conv1')} .unit-name").click()
    page.rest()
    assert [page.value("layer"), page.value("map")] == ["conv1/relu", None]
    page.page.locator(".class").nth(1).click()
    page.rest()
    index = int(page.page.locator(".class").nth(1).get_attribute("data-class"))
    assert [page.value("layer"), page.value("map")] == ["flatten", index]
    assert page.page.locator(".class[aria-pressed='true']").count() == 1
    assert page.get("photo-heat").is_visible(), "what speaks for the class, although every chapter was closed"


def test_it_reads_well_on_a_phone_and_in_chinese(open_network):
    page = open_network(f"{BARE}&lang=zh", viewport={"width": 390, "height": 844})
    assert page.sideways() == 0
    frame = "(frame) => frame.scrollWidth - frame.clientWidth"
    assert page.get("overview").evaluate(frame) > 500
    assert page.page.locator(".look-title").all_inner_texts() == ["你的图片", "经过 66 层", "得出的结论"]
    assert page.page.locator(".class-name").first.get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("scheme", "viewport", "link"),
    [("light", WIDE, "net=efficientnet-lite0"), ("dark", NARROW, "lang=zh&layer=flatten&map=967")],
    ids=["light wide skips", "dark narrow zh"],
)
def test_axe_finds_nothing(open_network, scheme, viewport, link):
    page = open_network(f"{BARE}&{link}", color_scheme=scheme, viewport=viewport)
    assert violations(page.page) == []


def test_what_speaks_for_a_class_covers_the_picture_once_it_is_asked_for(open_network):
    page = open_network("open=trace&image=cat")
    heat = page.get("photo-heat")
    assert not heat.is_visible()
    page.page.locator(".class").first.click()
    page.rest()
    heat.wait_for(state="visible")
    assert (page.canvas("photo-heat")[..., 3] > 0).any()
    page.choose("seeing-photo")
    assert not heat.is_visible()


def test_a_network_that_is_not_to_be_had_is_shown_with_its_reason(open_network):
    page = open_network(BARE)

    def broken(route: Route) -> None:
        body = route.fetch().json()
        one = next(item for item in body["networks"] if item["name"] == "efficientnet-lite0")
        text = {
            "en": "The network {name} cannot be used just now. {reason}",
            "zh": "网络 {name} 暂时无法使用。{reason}",
        }
        values = {"name": one["name"], "reason": "The file network.npz is missing."}
        problem = {"code": "network_unavailable", "message": "no", "text": text, "values": values}
        one |= {"available": False, "problem": problem, "parameters": None, "macs": None, "summary": None}
        route.fulfill(json=body)

    page.page.route("**/api/networks", broken)
    page.page.reload()
    page.rest()
    assert page.get("net-efficientnet-lite0").is_disabled()
    assert "EfficientNet-Lite0 cannot be used just now" in page.text("net-about")
    assert page.page.locator(".class").count() == 10, "the others go on"
