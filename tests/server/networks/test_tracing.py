"""How a cell came to be: traces that add up, and a walk that ends at the pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from engine.network import explain, reach
from server.errors import ApiError
from server.networks.runs import Run
from server.networks.tracing import network_trace
from server.networks.wishes import PictureWish
from tests.engine.sums import check_adds_up
from tests.server.every import error_of
from tests.server.networks import deep, small
from tests.server.networks.small import NAME, networks, serving

PICTURE = PictureWish(image="cat")
STARTS = {
    small.NAME: [("conv/relu", (2, 5, 6)), ("fork/b", (3, 0, 0)), ("pool", (7, 1, 2)), ("dense", (3,))],
    deep.NAME: [("stem/norm", (1, 3, 3)), ("deep/relu6", (2, 11, 4)), ("add", (0, 5, 6))],
}


@pytest.fixture(scope="module")
def runs(folder, tmp_path_factory) -> dict[str, Run]:
    """The small network and the deep one, each on a photo."""
    other = tmp_path_factory.mktemp("deep")
    deep.ship(other)
    return {
        small.NAME: networks(folder).run(small.NAME, PICTURE),
        deep.NAME: networks(other).run(deep.NAME, PICTURE),
    }


def slopes(trace: Mapping[str, Any]) -> list[float]:
    """By how much the value of a traced cell changes with each of its terms, read off the trace alone."""
    rest, last = 1 / (trace["divisor"] or 1), trace["sum"]
    for step in trace["steps"]:
        match step["kind"]:
            case "multiply":
                rest *= step["operand"]
            case "divide":
                rest /= step["operand"]
            case "apply":  # of the two ReLUs: what is cut off changes nothing
                rest *= float(step["result"] == np.float32(last) and step["result"] != 0)
        last = step["result"]
    chosen = [float(term["chosen"]) for term in trace["terms"]]
    weights = [1 if term["weight"] is None else term["weight"] for term in trace["terms"]]
    return [rest * one for one in (weights if trace["reduction"] == "sum" else chosen)]


def walked_back(run: Run, layer: str, cell: tuple[int, ...]) -> np.ndarray:
    """The gradient by each pixel, found by asking for one trace after another and nothing else."""
    waiting: dict[str, dict[tuple[int, ...], float]] = defaultdict(lambda: defaultdict(float))
    waiting[layer][cell] = 1.0
    steps: dict[tuple[str, tuple[int, ...]], Any] = {}
    for node in reversed(run.shipped.network.nodes):
        name = node.layer.name
        for place, gradient in waiting.pop(name, {}).items():
            if (name, place) not in steps:  # the layers before in its unit come with it
                told = network_trace(run, name, place, 10**6)["steps"]
                assert told[-1]["layer"] == name
                steps |= {(step["layer"], place): step for step in told}
            step = steps.pop((name, place))
            for term, slope in zip(step["trace"]["terms"], slopes(step["trace"]), strict=True):
                if term["input"] is not None and slope:
                    waiting[step["sources"][term["of"]]][tuple(term["input"])] += gradient * slope
    assert set(waiting) <= {"input"}
    found = np.zeros(run.prepared.values.shape)
    for place, gradient in waiting["input"].items():
        found[place] = gradient
    return found


@pytest.mark.parametrize(("name", "at"), [(name, at) for name, each in STARTS.items() for at in each])
def test_all_walks_to_the_pixels_together_are_the_gradient(runs, name, at):
    run = runs[name]
    found = walked_back(run, *at)
    expected = explain(run.shipped.network, run.prepared.values, *at, kept=run.until(at[0]))
    np.testing.assert_allclose(found, expected.gradient, rtol=1e-4, atol=1e-5 * np.abs(found).max())
    assert not found[:, ~reach(run.shipped.network, *at)].any()


@pytest.mark.parametrize("name", STARTS)
def test_the_traces_of_every_layer_add_up_and_hang_together(runs, name):
    run = runs[name]
    for layer, array in run.layers():
        cell = tuple(int(at) for at in np.unravel_index(int(array.argmax()), array.shape))
        told = network_trace(run, layer, cell, 10**6)
        unit = run.shipped.unit_of[layer].layers
        assert [step["layer"] for step in told["steps"]] == list(unit[: unit.index(layer) + 1])
        assert told["sources"] == told["steps"][0]["sources"]
        for step in told["steps"]:
            check_adds_up(step["trace"])
            kept = run.until(step["layer"])
            assert step["trace"]["value"] == kept[step["layer"]][cell]
            for term in step["trace"]["terms"]:
                source = step["sources"][term["of"]]
                before = run.prepared.values if source == "input" else kept[source]
                assert term["input"] is None or term["value"] == before[tuple(term["input"])]


def test_softmax_shows_logits_exponentials_and_their_sum(runs):
    run = runs[small.NAME]
    trace = network_trace(run, "share", (2,), 100)["steps"][0]["trace"]
    logits = run.until("share")["dense"]
    assert [term["value"] for term in trace["terms"]] == logits.tolist()
    exponentials = np.exp(logits - logits.max())
    assert [term["product"] for term in trace["terms"]] == pytest.approx(exponentials.tolist(), rel=1e-6)
    own, share = trace["steps"]
    assert (own["kind"], own["name"]) == ("apply", "exp(x[2] - max)")
    assert own["result"] == trace["terms"][2]["product"]
    assert (share["kind"], share["name"]) == ("divide", "sum")
    assert share["operand"] == pytest.approx(trace["sum"], rel=1e-6)
    assert share["result"] == trace["value"]


def test_flatten_says_which_cell_of_which_map_it_reads(runs):
    run = runs[small.NAME]
    maps, height, width = run.shipped.network.shape("pool")
    for index in (0, 1, width, height * width, maps * height * width - 1):
        [term] = network_trace(run, "flat", (index,), 1)["steps"][0]["trace"]["terms"]
        assert term["input"] is not None
        assert np.ravel_multi_index(term["input"], (maps, height, width)) == index


def test_a_cell_of_joined_maps_says_of_which_branch_it_is(runs):
    run = runs[small.NAME]
    for cell, source, place in (((9, 3, 4), "fork/a", 9), ((10, 3, 4), "fork/b", 0)):
        [step] = network_trace(run, "fork/cat", cell, 1)["steps"]
        [term] = step["trace"]["terms"]
        assert (step["sources"][term["of"]], term["input"]) == (source, [place, 3, 4])


def test_the_field_is_told_with_and_without_padding(runs):
    shipped = runs[small.NAME].shipped
    told = network_trace(runs[small.NAME], "fork/b", (0, 0, 21), 100)["field"]
    assert told == [
        {"axis": "height", "first": -1, "last": 3, "inside": [0, 3]},
        {"axis": "width", "first": 20, "last": 24, "inside": [20, 23]},
    ]
    whole = [{"axis": axis, "first": 0, "last": 23, "inside": [0, 23]} for axis in ("height", "width")]
    assert network_trace(runs[small.NAME], "dense", (0,), 1000)["field"] == whole
    assert shipped.summary["dense"].field[0].jump is None


@pytest.mark.parametrize(
    ("change", "status", "code", "said"),
    [
        ({"layer": "nowhere"}, 404, "unknown_layer", "there are conv, conv/relu, fork/a"),
        ({"layer": "input"}, 404, "unknown_layer", "There is no layer called 'input'"),
        ({"cell": [6, 0, 0]}, 422, "cell", "cell's map is 6; it must be 0 to 5."),
        ({"cell": [0, 22, 0]}, 422, "cell", "cell's row is 22; it must be 0 to 21."),
        ({"cell": [0, 0, 99]}, 422, "cell", "cell's column is 99; it must be 0 to 21."),
        (
            {"cell": [3]},
            422,
            "cell_rank",
            "must be [map, row, column], for the layer gives maps, [6, 22, 22]",
        ),
        (
            {"layer": "dense", "cell": [3, 0, 0]},
            422,
            "cell_rank",
            "must be [feature], for the layer gives a row of 5 numbers",
        ),
        ({"cell": [-1, 0, 0]}, 422, "invalid", "cell.0 must be greater than or equal to 0"),
        ({"map": 3}, 422, "unknown_field", "map is not a field"),
        ({"image": "nobody"}, 404, "unknown_image", "No picture has this id"),
    ],
)
def test_what_is_not_there_is_refused_in_words(small, change, status, code, said):
    wish = {"image": "cat", "layer": "conv/relu", "cell": [2, 5, 6]} | change
    for path in ("trace", "explain"):
        reply = small.post(f"/api/networks/{NAME}/{path}", json=wish)
        error = error_of(reply, status)
        assert error["code"] == code
        assert said in error["message"]


def test_sums_of_too_many_terms_are_refused(folder, runs):
    with pytest.raises(ApiError, match=r"sum of 27 terms; the limit \(max_trace_terms\) is 26") as caught:
        network_trace(runs[NAME], "conv", (0, 0, 0), 26)
    assert (caught.value.status_code, caught.value.code, caught.value.field) == (422, "limit_terms", "cell")
    with serving(folder, max_trace_terms=26) as client:
        wish = {"image": "cat", "layer": "conv", "cell": [0, 0, 0]}
        assert error_of(client.post(f"/api/networks/{NAME}/trace", json=wish))["code"] == "limit_terms"


def test_squeezenet_is_walked_down_its_strongest_terms_to_a_pixel(client):
    """From the class over every kind of layer to the picture, by nothing but the answers."""
    address, wish = "/api/networks/squeezenet-1.1", {"image": "coffee"}
    top = client.post(f"{address}/predict", json=wish | {"top": 1}).json()["classes"][0]
    layer, cell, value = "softmax", [top["index"]], top["probability"]
    seen = [layer]
    while layer != "input":
        told = client.post(f"{address}/trace", json=wish | {"layer": layer, "cell": cell}).json()
        assert told["steps"][-1]["trace"]["value"] == value
        step = told["steps"][0]
        terms = [term for term in step["trace"]["terms"] if term["input"] is not None]
        best = max(terms, key=lambda term: (term["chosen"], term["product"]))
        layer, cell, value = step["sources"][best["of"]], best["input"], best["value"]
        seen.append(layer)
    assert len(seen) > 20
    given = client.post(f"{address}/input", json=wish).json()["values"]
    assert given[cell[0]][cell[1]][cell[2]] == pytest.approx(value, rel=1e-6)
