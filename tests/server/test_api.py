"""The calls of the API, over HTTP."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

import engine
from engine.kernels import kernels
from engine.registry import all_operations
from tests.refusals import check_texts
from tests.worked_examples import EXAMPLES

TINY = {"values": [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]}


def error_of(reply, status=422):
    assert reply.status_code == status, reply.text
    assert len(reply.content) < 2048
    body = reply.json()
    assert set(body) == {"error"}
    check_texts(body["error"])
    return body["error"]


def test_operations_are_the_registry(client):
    listed = client.get("/api/operations").json()["operations"]
    assert [o["name"] for o in listed] == [o.name for o in all_operations()]
    stride = next(p for p in listed[0]["params"] if p["name"] == "stride")
    assert (stride["kind"], stride["axes"], stride["min"], stride["max"]) == ("integer", 2, 1, 16)
    assert set(stride["help"]) == {"en", "zh"}


def test_operations_say_what_they_are(client):
    listed = client.get("/api/operations").json()["operations"]
    for said, known in zip(listed, all_operations(), strict=True):
        assert said.items() >= known.traits().items()
        flags = [said[flag] for flag in ("elementwise", "parts", "spreads", "shares")]
        assert flags == [known.elementwise, known.sums_channels, known.spreads, known.shares]
    short = {said["name"]: said["short"] for said in listed if said["short"] != said["name"]}
    assert short == {"relu": "ReLU", "relu6": "ReLU6", "cat": "concat"}
    for name in ("conv_transpose2d", "conv2d"):
        ask = {"operation": name, "input_shape": [1, 8, 8], "params": {"kernel_size": 3}}
        assert client.post("/api/shape", json=ask).json()["spreads"] == (name == "conv_transpose2d")


def test_kernels_are_the_named_kernels(client):
    listed = client.get("/api/kernels").json()["kernels"]
    assert [k["name"] for k in listed] == list(kernels())
    assert next(k for k in listed if k["name"] == "sobel-x")["values"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case)
def test_worked_examples_come_out(client, example):
    reply = client.post(
        "/api/shape",
        json={
            "operation": example.operation,
            "input_shape": list(example.input_shape),
            "params": example.params,
        },
    )
    assert reply.status_code == 200, reply.text
    assert reply.json()["output_shape"] == list(example.output_shape)


def test_shape_tells_windows_and_limits(client):
    body = {
        "operation": "conv2d",
        "input_shape": [1, 10, 10],
        "params": {"kernel_size": 3, "stride": 3},
    }
    shape = client.post("/api/shape", json=body).json()
    rows = shape["axes"][0]
    assert rows["text"] == "floor((10 + 0 + 0 - 1 * (3 - 1) - 1) / 3) + 1 = 3"
    assert rows["index"] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert rows["unread"] == [9]
    assert shape["dropped"] == {"bottom": 1, "right": 1}
    assert shape["limits"]["dilation"][0]["max"] == 4
    assert shape["limits"]["dilation"][0]["max_reason"]["code"] == "kernel_exceeds_input"


def test_run_json_npy_png_agree(client):
    body = {"operation": "conv2d", "weights": "gauss-3", "input": {"image": "cat", "size": 40}, "params": {}}
    answer = client.post("/api/run", json=body).json()
    npy = client.post("/api/run", json=body | {"format": "npy"})
    maps = np.load(io.BytesIO(npy.content), allow_pickle=False)
    assert answer["shape"] == list(maps.shape)
    assert np.array_equal(np.array(answer["values"], np.float32), maps)
    assert answer["outputs"]["output"]["values"] == answer["values"]
    png = Image.open(io.BytesIO(client.post("/api/run", json=body | {"format": "png"}).content))
    assert png.size == (maps.shape[2], maps.shape[1])
    assert (png.getextrema()) == (0, 255)


def test_run_is_the_engine_on_the_very_pixels_served(client):
    query = {"size": 64, "format": "npy"}
    pixels = np.load(io.BytesIO(client.get("/api/images/flower/pixels", params=query).content))
    body = {
        "operation": "conv2d",
        "weights": ["sobel-x", "gauss-3"],
        "bias": [0.5, -1],
        "input": {"image": "flower", "size": 64},
        "params": {"groups": 3, "stride": [2, 3], "padding": "same"},
        "format": "npy",
    }
    maps = np.load(io.BytesIO(client.post("/api/run", json=body).content))
    expected = engine.conv2d(
        pixels,
        np.stack([kernels()["sobel-x"].values, kernels()["gauss-3"].values]),
        np.array([0.5, -1], np.float32),
        stride=(2, 3),
        padding="same",
        groups=3,
        divisor=[1, 16],
    )
    assert np.array_equal(maps, expected)


def test_region_and_channels_are_cut_from_the_whole(client):
    body = {"operation": "max_pool2d", "input": {"image": "cat", "size": 50}, "params": {"kernel_size": 2}}
    whole = np.array(client.post("/api/run", json=body).json()["values"])
    part = client.post("/api/run", json=body | {"channels": [2, 0], "region": [1, 2, 3, 4]}).json()
    assert np.array_equal(part["values"], whole[[2, 0], 1:4, 2:6])


def test_values_that_are_not_finite_are_null(client):
    huge = [[[3e38, 3e38]]]
    body = {"operation": "conv2d", "input": {"values": huge}, "weights": [[1, 1.5]]}
    assert client.post("/api/run", json=body).json()["values"] == [[[None]]]
    trace = client.post("/api/trace", json=body | {"cell": [0, 0, 0]}).json()
    assert trace["value"] is None
    pool = {"operation": "max_pool2d", "input": TINY, "params": {"kernel_size": 2, "padding": 1}}
    trace = client.post("/api/trace", json=pool | {"cell": [0, 0, 0]}).json()
    assert [term["value"] for term in trace["terms"]] == [None, None, None, 1]
    assert trace["printed"]["values"][0] == "-Infinity"


def test_trace_names_the_terms(client):
    body = {"operation": "conv2d", "input": TINY, "weights": "sobel-x", "cell": [0, 0, 0], "bias": 2}
    trace = client.post("/api/trace", json=body).json()
    assert trace["sum"] == 8
    assert trace["value"] == 10
    assert (trace["steps"], trace["each"]) == ([], None)
    assert trace["terms"][5] == {
        "of": "input",
        "input": [0, 1, 2],
        "kernel": [0, 1, 2],
        "value": 6,
        "weight": 2,
        "product": 12,
        "chosen": False,
    }


def test_weights_may_be_numbers_names_or_both(client):
    def run(weights, **more):
        body = {"operation": "conv2d", "input": TINY, "weights": weights, **more}
        return client.post("/api/run", json=body)

    mean = run("box-3").json()["values"]
    assert mean == [[[5.0]]]
    assert run({"values": [[1] * 3] * 3, "divisor": 9}).json()["values"] == mean
    assert run([[1] * 3] * 3).json()["values"] == [[[45.0]]]
    assert run(["box-3", "identity", [[1] * 3] * 3]).json()["values"] == [[[5.0]], [[5.0]], [[45.0]]]
    assert error_of(run("nonesuch"), 404)["field"] == "weights"
    assert error_of(run(["box-3", "gauss-5"]))["field"] == "weights"
    assert error_of(run({"values": "box-3", "divisor": 0}))["field"] == "weights.divisor"
    assert error_of(run({"value": 1}))["field"] == "weights"
    assert error_of(run([[1, 2], [3]]))["field"] == "weights"
    assert error_of(run([["1"]]))["field"] == "weights"
    assert error_of(run([[1e300]]))["code"] == "not_finite"
    assert error_of(run("box-3", bias=[1, 2, 3]))["field"] == "bias"
    assert error_of(run("box-3", params={"kernel_size": 5}))["code"] == "contradiction"


# Fault 19: what cannot be, with the field and the allowed range.
@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"params": {"stride": 0}}, "params.stride", "from 1 to 16"),
        ({"params": {"stride": [1, 17]}}, "params.stride", "from 1 to 16"),
        ({"params": {"stride": 1.5}}, "params.stride", "whole number"),
        ({"params": {"stride": True}}, "params.stride", "whole number"),
        ({"params": {"stride": "2"}}, "params.stride", "whole number"),
        ({"params": {"padding": -1}}, "params.padding", "from 0 to 512"),
        ({"params": {"padding": [1, 2, 3]}}, "params.padding", "top, bottom, left, right"),
        ({"params": {"padding": "mirror"}}, "params.padding", "valid, same, full"),
        ({"params": {"padding": 3, "padding_mode": "reflect"}}, "params.padding", "0 to 2"),
        ({"params": {"padding_mode": "wrap"}}, "params.padding_mode", "zeros, reflect"),
        ({"params": {"dilation": 4}}, "params.kernel_size", "1 to 1"),
        ({"params": {"groups": 2}}, "params.groups", "does not divide"),
        ({"params": {"nonesuch": 1}}, "params.nonesuch", "stride"),
        ({"weights": [[1] * 4]}, "params.kernel_size", "1 to 3"),
        ({"weights": [[1] * 32]}, "params.kernel_size", "from 1 to 31"),
        ({"weights": None}, "weights", "needs weight"),
        ({"weights": []}, "weights", "(kh, kw)"),
        ({"weights": [[]]}, "weights", "none of them 0"),
        ({"weights": [[[[1]], [[1]]]]}, "weights", "must have 1"),
        ({"input": {"values": []}}, "input", "(C, H, W)"),
        ({"input": {"values": [[[]]]}}, "input", "at least one"),
        ({"input": {"values": 3}}, "input", "(C, H, W)"),
        ({"input": {}}, "input", "image or values, or a seed"),
        ({"input": {"image": "cat", "values": [[[1]]]}}, "input", "either image or values"),
        ({"input": {"image": "cat", "size": 0}}, "input.size", "1"),
        ({"input": {"image": "cat", "size": 100000}}, "input.size", "from 1 to"),
        ({"input": {"image": "cat", "frame": 5}}, "input.frame", "0"),
        ({"input": {"image": "cat", "color": "cmyk"}}, "input.color", "rgb"),
        ({"input": None}, "input", "needs input"),
        ({"inputs": {"input": TINY}}, "input", "twice"),
        ({"inputs": {"other": TINY}}, "inputs", "weight"),
        ({"operation": 5}, "operation", "string"),
        ({"surplus": 5}, "surplus", "not a field"),
        ({"format": "gif"}, "format", "npy"),
        ({"channels": [1]}, "channels", "0 to 0"),
        ({"channels": []}, "channels", "1"),
        ({"region": [0, 0, 5, 5]}, "region", "within"),
        ({"region": [0, 0]}, "region", "4"),
    ],
)
def test_what_cannot_be_is_refused_by_name(client, change, field, words):
    body = {"operation": "conv2d", "input": TINY, "weights": "sobel-x", "params": {}} | change
    error = error_of(client.post("/api/run", json=body))
    assert error["field"] == field, error
    assert words in error["message"], error


def test_unknown_names_are_404(client):
    body = {"operation": "conv9d", "input": TINY}
    error = error_of(client.post("/api/run", json=body), 404)
    assert error["field"] == "operation"
    assert "conv2d" in error["message"]
    error = error_of(client.post("/api/shape", json={"operation": "x", "input_shape": [1, 2, 3]}), 404)
    assert error["code"] == "unknown_operation"
    body = {"operation": "conv2d", "input": {"image": "f" * 32}, "weights": "box-3"}
    assert error_of(client.post("/api/run", json=body), 404)["field"] == "input.image"
    error_of(client.get("/nowhere"), 404)
    error_of(client.get("/api/run"), 405)


@pytest.mark.parametrize("cell", [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
def test_a_cell_outside_the_output_is_refused(client, cell):
    body = {"operation": "conv2d", "input": TINY, "weights": "box-3", "cell": cell}
    error = error_of(client.post("/api/trace", json=body))
    assert error["field"] == "cell"
    assert "0 to 0" in error["message"]


# Faults 16 and 17.
@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_not_finite_are_refused(client, literal):
    text = '{"operation": "conv2d", "weights": [[%s]], "input": {"values": [[[1]]]}}' % literal
    error = error_of(client.post("/api/run", content=text))
    assert error["code"] == "not_finite"


def test_many_bad_rows_get_a_short_answer(client):
    rows = {"operation": "conv2d", "weights": "box-3", "input": {"values": [[["bad"]] * 200_000]}}
    error = error_of(client.post("/api/run", content=json.dumps(rows)))
    assert error["field"] == "input.values"
    error = error_of(client.post("/api/shape", content=json.dumps({"operation": ["bad"] * 200_000})))
    assert error["field"] == "operation"


def test_limits_are_named(client):
    body = {"operation": "conv2d", "weights": "box-3", "input": {"image": "cat"}, "params": {"padding": 512}}
    assert client.post("/api/run", json=body | {"format": "png"}).status_code == 200
    shape = {"operation": "max_pool2d", "input_shape": [4096, 100, 100], "params": {"kernel_size": 1}}
    error = error_of(client.post("/api/shape", json=shape))
    assert error["code"] == "limit_cells"
    assert "16,000,000" in error["message"]
    shape["input_shape"] = [5000, 1, 1]
    assert error_of(client.post("/api/shape", json=shape))["code"] == "limit_channels"


def test_the_api_describes_itself(client):
    schema = client.get("/openapi.json").json()
    run = schema["paths"]["/api/run"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert "operation" in run["properties"]
    assert run["additionalProperties"] is False
    assert "$ref" not in json.dumps(run)
    assert "maps" in run["properties"]["channels"]["description"]
    source = run["properties"]["inputs"]["additionalProperties"]["properties"]
    assert {"image", "values", "seed", "row"} <= set(source)
    assert {"output", "inputs", "input", "weights", "bias"} <= set(run["properties"])


def test_livez(client):
    assert client.get("/livez").json() == {"status": "ok"}
