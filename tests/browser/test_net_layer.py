"""What the net is given, a layer and its weights: pictures and numbers are the engine's."""

from __future__ import annotations

import numpy as np
import pytest

from tests.browser.colours import assert_colours
from tests.browser.lab import Scale, decimal
from tests.browser.network import NetworkPage
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

NET = "squeezenet-1.1"
RELU = "fire3/expand3x3/relu"
ANSWERED = """(name) => {
  const entry = window.network.chapters.entries.find(({ chapter }) => chapter.name === name);
  return Boolean(entry.view && entry.answer && !entry.late);
}"""


def settle(net: NetworkPage, name: str) -> None:
    """Wait for rest: then the chapter has its answer."""
    net.rest()
    assert net.page.evaluate(ANSWERED, name)


def scale_of(net: NetworkPage, colormap: str, lo: float, hi: float) -> Scale:
    """Return the page's table of colours, on a scale."""
    words = net.page.evaluate(
        'async (name) => [...(await import("/static/draw/colour.js")).lut(name)]', colormap
    )
    table = np.array(words, np.uint32)
    lut = np.stack([(table >> shift) & 255 for shift in (0, 8, 16, 24)], axis=1).astype(np.uint8)
    return Scale(colormap, lo, hi, lut)


def order(net: NetworkPage, grid: str) -> list[int]:
    """Return what stands at the first places of a grid."""
    places = net.page.locator(f"[data-testid={grid}] .grid-item")
    return [int(one) for one in places.evaluate_all("(all) => all.map(({ dataset }) => dataset.index)")]


def chosen(net: NetworkPage, grid: str) -> str | None:
    """Return the number of the chosen one of a grid."""
    return net.page.locator(f"[data-testid={grid}] [aria-checked=true]").get_attribute("data-index")


def row(net: NetworkPage, testid: str, key: str) -> str:
    """Return a number of a list of rows, by its key."""
    return net.page.locator(f"[data-testid={testid}] [data-row='{key}'] dd").inner_text()


def test_all_maps_of_a_layer_stand_there_sorted_and_in_the_engines_colours(open_network) -> None:
    net = open_network(f"layer={RELU}&open=layer")
    settle(net, "layer")
    maps = net.array(f"{NET}/activations", image="coffee", layer=RELU)
    strength = np.abs(maps).mean(axis=(1, 2), dtype=np.float64)
    strongest = np.argsort(-strength, kind="stable")
    assert order(net, "layer-maps")[:20] == strongest[:20].tolist()
    for map_number in strongest[:3]:
        wanted = maps[map_number]
        seen = net.pixels_of(f"[data-testid=layer-maps] canvas[data-map='{map_number}']")
        assert_colours(seen, wanted, scale_of(net, "grey", float(wanted.min()), float(wanted.max())))

    net.set(sort="index", scale="shared")
    settle(net, "layer")
    assert order(net, "layer-maps")[:10] == list(range(10))
    seen = net.pixels_of("[data-testid=layer-maps] canvas[data-map='2']")
    assert_colours(seen, maps[2], scale_of(net, "grey", float(maps.min()), float(maps.max())))
    assert float(decimal(row(net, "layer-stats", "max"))) == pytest.approx(float(maps.max()), rel=1e-7)
    assert row(net, "layer-stats", "zeros") == f"{round(100 * float((maps == 0).mean()), 1):g} %"
    dead = int((strength == 0).sum())
    assert row(net, "layer-stats", "dead") == f"{dead} of {len(maps)}"


def test_a_layer_of_a_thousand_maps_is_walked_with_the_keyboard(open_network) -> None:
    net = open_network("layer=conv10/relu&open=layer&sort=index&map=0")
    settle(net, "layer")
    made = net.page.locator("[data-testid=layer-maps] .grid-item")
    assert made.count() < 400  # only what is seen
    first = net.page.locator("[data-testid=layer-maps] [aria-checked=true]")
    first.focus()
    for key, wanted in (("ArrowRight", 1), ("End", 999), ("ArrowLeft", 998), ("Home", 0)):
        net.page.keyboard.press(key)
        assert net.value("map") == wanted
        assert net.page.evaluate("document.activeElement.dataset.index") == str(wanted)
    net.page.keyboard.press("End")
    focused = net.page.locator("[data-testid=layer-maps] .grid-item:focus")
    assert focused.get_attribute("aria-posinset") == focused.get_attribute("aria-setsize") == "1000"
    maps = net.array(f"{NET}/activations", image="coffee", layer="conv10/relu", channels=[999])
    seen = net.pixels_of("[data-testid=layer-maps] canvas[data-map='999']")
    assert_colours(seen, maps[0], scale_of(net, "grey", float(maps.min()), float(maps.max())))

    # The stage before keeps the map.
    net.page.get_by_test_id("layer-stage-conv10").check(force=True)
    settle(net, "layer")
    assert (net.value("layer"), chosen(net, "layer-maps")) == ("conv10", "999")
    assert "1,000" in row(net, "layer-facts", "shape")
    assert "out_channels=1000" in row(net, "layer-facts", "code")


def test_a_list_of_numbers_is_bars_with_the_names_of_the_classes(open_network) -> None:
    net = open_network("layer=softmax&open=layer")
    settle(net, "layer")
    classes = net.ask(f"{NET}/predict", image="coffee", top=4)["classes"]
    bars = net.page.locator("[data-testid=layer-numbers] .grid-item")
    assert order(net, "layer-numbers")[:4] == [one["index"] for one in classes]
    for at, one in enumerate(classes):
        assert bars.nth(at).locator(".grid-name").inner_text() == one["name"]
        seen = float(bars.nth(at).locator(".grid-value").inner_text().replace("−", "-"))
        assert seen == pytest.approx(one["probability"], rel=1e-7)
    bars.nth(2).click()
    assert net.value("map") == classes[2]["index"]
    assert chosen(net, "layer-numbers") == str(classes[2]["index"])


def test_what_is_clicked_is_chosen_at_once(open_network) -> None:
    """Whoever looks before the next frame sees it too."""
    net = open_network("layer=softmax&open=layer")
    settle(net, "layer")
    seen = net.page.locator("[data-testid=layer-numbers] .grid-item").nth(2)
    checked = seen.evaluate("(item) => { item.click(); return item.getAttribute('aria-checked'); }")
    assert checked == "true"


def test_the_input_is_told_step_by_step_with_the_engines_numbers(open_network) -> None:
    net = open_network("open=given&invert=1&scale=map")
    settle(net, "given")
    given = net.array(f"{NET}/input", image="coffee", invert=True)
    table = net.page.get_by_test_id("given-table")
    view = net.page.get_by_test_id("given-value-0")
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    assert box
    y, x = 100, 40
    net.page.mouse.move(box["x"] + (x + 0.5) * box["width"] / 227, box["y"] + (y + 0.5) * box["height"] / 227)
    assert f"y {y}, x {x}" in table.inner_text()
    net.page.get_by_test_id("given-resized").locator("..").press("ArrowRight")
    x += 1
    assert f"y {y}, x {x}" in table.inner_text()
    for channel, less in enumerate((104.006, 116.669, 122.679)):
        told = table.locator("[data-cell]").nth(channel).inner_text()
        level = 255 - int(told.split("255 − ")[1].split(" ")[0])
        value = float(decimal(told.rsplit("= ", 1)[1]))
        assert f"= {level}; {level} − {less} = " in told
        assert value == pytest.approx(float(given[channel, y, x]), rel=1e-7)
        assert value == pytest.approx(level - less, abs=1e-4)
    reach = float(np.abs(given).max())
    for channel in range(3):
        seen = net.pixels_of(f"[data-testid=given-value-{channel}]")
        wanted = scale_of(net, "diverging", -reach, reach)
        # Every cell by its own value: no levels in between.
        away = np.sign(given[channel]) * np.floor(
            127 * np.abs(given[channel].astype(np.float64)) / reach + 0.5
        )
        assert (seen == wanted.lut[128 + away.astype(int)]).all(axis=2).mean() > 0.999


def test_weights_are_the_engines_kernel_by_kernel(open_network) -> None:
    net = open_network("layer=conv1&map=46&open=weights")
    settle(net, "weights")
    kernels = net.array(f"{NET}/weights", layer="conv1", input="weight")
    cells = net.page.locator("[data-testid=weights-chosen] td").all_inner_texts()
    seen = np.array([float(decimal(one)) for one in cells]).reshape(3, 3, 3)
    assert seen == pytest.approx(kernels[46], rel=1e-6)
    bias = net.array(f"{NET}/weights", layer="conv1", input="bias")
    assert float(decimal(row(net, "weights-own", "bias"))) == pytest.approx(float(bias[46]), rel=1e-6)
    # Zero is grey; red, green and blue stand in the picture as such, whatever the net's order.
    pixels = net.pixels_of("[data-testid=weights-kernels] canvas[data-kernel='46']")[..., :3]
    kernel = kernels[46][::-1].astype(np.float64)
    wanted = 127.5 + 127.5 * kernel / np.abs(kernel).max()
    assert np.abs(np.moveaxis(pixels, 2, 0) - wanted).max() <= 0.51

    said = net.page.get_by_test_id("weights-histogram").get_attribute("aria-label") or ""
    ends = [float(decimal(one)) for one in said.rsplit("from ", 1)[1].split(" to ")]
    assert ends == pytest.approx([float(kernels.min()), float(kernels.max())], rel=1e-7)

    net.set(layer="fire3/squeeze1x1", map=5)
    settle(net, "weights")
    whole = net.array(f"{NET}/weights", layer="fire3/squeeze1x1", input="weight")[:, :, 0, 0]
    reach = float(np.abs(whole).max())
    picture = net.pixels_of("[data-testid=weights-matrix] canvas")
    lut = scale_of(net, "diverging", -reach, reach).lut
    away = np.sign(whole) * np.floor(127 * np.abs(whole.astype(np.float64)) / reach + 0.5)
    assert (picture == lut[128 + away.astype(int)]).all(axis=2).mean() > 0.999
    assert order(net, "weights-numbers")[:5] == np.argsort(-np.abs(whole[5]), kind="stable")[:5].tolist()
    matrix = net.page.get_by_test_id("weights-matrix")
    matrix.scroll_into_view_if_needed()
    box = matrix.bounding_box()
    assert box
    matrix.click(position={"x": (30 + 0.5) * box["width"] / 128, "y": (7 + 0.5) * box["height"] / 16})
    settle(net, "weights")
    assert (net.value("map"), net.value("from")) == (7, 30)
    line = net.page.get_by_test_id("weights-line").inner_text()
    assert float(decimal(line.rsplit(" ", 1)[1])) == pytest.approx(float(whole[7, 30]), rel=1e-6)


def test_what_a_map_has_of_its_own_and_what_a_class_weighs(open_network) -> None:
    net = open_network("net=fashion-cnn&image=fashion-sneaker&layer=pool1/norm&map=4&open=weights")
    settle(net, "weights")
    for name in ("weight", "bias", "running_mean", "running_var"):
        held = net.array("fashion-cnn/weights", layer="pool1/norm", input=name)
        seen = float(decimal(row(net, "weights-own", f".{name}")))
        assert seen == pytest.approx(float(held[4]), rel=1e-6)
    net.set(layer="dense2", map=7)
    settle(net, "weights")
    weights = net.array("fashion-cnn/weights", layer="dense2", input="weight")[7]
    strongest = np.argsort(-np.abs(weights), kind="stable")
    assert order(net, "weights-numbers")[:5] == strongest[:5].tolist()
    first = net.page.locator("[data-testid=weights-numbers] .grid-value").first.inner_text()
    assert float(decimal(first)) == pytest.approx(float(weights[strongest[0]]), rel=1e-6)
    assert "7 " in net.page.get_by_test_id("weights-about").inner_text()


def test_the_chapters_fit_a_narrow_screen_and_are_accessible(open_network) -> None:
    net = open_network(
        "layer=fire2/expand3x3&open=given,layer,weights", viewport={"width": 390, "height": 844}
    )
    for lang in ("en", "zh"):
        net.set(lang=lang)
        for name in ("given", "layer", "weights"):
            settle(net, name)
        assert net.sideways() == 0
    assert violations(net.page) == []
