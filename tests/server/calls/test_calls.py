"""From a wish to the engine: what cannot be is refused, and the field has the name that the caller wrote."""

from __future__ import annotations

import pytest

from tests.server.every import error_of

TINY = {"values": [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]}


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


def test_limits_are_named(client):
    body = {"operation": "conv2d", "weights": "box-3", "input": {"image": "cat"}, "params": {"padding": 512}}
    assert client.post("/api/run", json=body | {"format": "png"}).status_code == 200
    shape = {"operation": "max_pool2d", "input_shape": [4096, 100, 100], "params": {"kernel_size": 1}}
    error = error_of(client.post("/api/shape", json=shape))
    assert error["code"] == "limit_cells"
    assert "16,000,000" in error["message"]
    shape["input_shape"] = [5000, 1, 1]
    assert error_of(client.post("/api/shape", json=shape))["code"] == "limit_channels"
