"""Nonsense for every registered operation: refused in the envelope, by the field's name, before it costs."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from engine.declaration.parameters import Json
from engine.errors import LimitError
from engine.limits import Limits
from server.calls.drawn import draw
from server.calls.examples import example, example_params
from server.settings import Settings
from tests.server.every import EVERY, error_of, shape_wish, wish

RANKS = ([], 7, [[[[[[[[1]]]]]]]], [[]], [[[]]], [[[[[[]]]]]])
NOT_NUMBERS = ("text", ["a"], [[1, 2], [3]], [[True, "1"]], {"x": 1}, [None], [[1e300]])
VALUES: tuple[Json, ...] = ({}, "nonsense", [1] * 9, -(2**70), [1.5, {}])
"""What no parameter may be."""
ENDS = (-1, 2**31, True, 1.5, "same", [0, 0])
"""What some may be."""


def refused(reply, *starts: str) -> None:
    error = error_of(reply)
    assert error["field"] is not None, error
    assert error["field"].startswith(starts), error
    assert len(error["message"]) > 10


@EVERY
def test_inputs_of_a_wrong_rank(client, operation):
    body = wish(operation)
    for values in RANKS:
        reply = client.post("/api/run", json=body | {"input": {"values": values}, "format": "png"})
        if operation.dims is not None or reply.status_code != 200:
            refused(reply, "input", "params", "weights", "format")


@EVERY
def test_inputs_that_are_no_numbers(client, operation):
    body = wish(operation)
    for values in NOT_NUMBERS:
        refused(client.post("/api/run", json=body | {"input": {"values": values}}), "input.values")
        for name in body["inputs"]:
            inputs = body["inputs"] | {name: {"values": values}}
            refused(client.post("/api/run", json=body | {"inputs": inputs}), f"inputs.{name}.values")
    for source in (
        {},
        {"seed": 1, "values": 1},
        {"seed": -1},
        {"seed": 1.5},
        {"seed": 2**31},
        {"seed": 1},
        5,
    ):
        refused(client.post("/api/run", json=body | {"input": source}), "input")


@EVERY
def test_inputs_unknown_missing_or_given_twice(client, operation):
    body = wish(operation)
    refused(client.post("/api/run", json=body | {"input": None}), "input")
    refused(client.post("/api/run", json=body | {"inputs": {"nonesuch": {"values": 1}}}), "input", "weights")
    refused(client.post("/api/run", json=body | {"inputs": {"nonesuch": {"seed": 1}}}), "input", "weights")
    refused(client.post("/api/run", json=body | {"inputs": {"input": body["input"]}}), "input")
    for declared in operation.inputs[1:]:
        if declared.required:
            inputs = {name: source for name, source in body["inputs"].items() if name != declared.name}
            refused(client.post("/api/run", json=body | {"inputs": inputs}), "input", "weights", "params")
    shape = shape_wish(operation)
    for name in ("nonesuch", "input"):
        reply = client.post("/api/shape", json=shape | {"input_shapes": {name: [1]}})
        refused(reply, f"input_shapes.{name}")


@EVERY
def test_further_inputs_of_a_wrong_shape(client, operation):
    body, shape = wish(operation), shape_wish(operation)
    for name in body["inputs"]:
        for values in ([[[[[1]]]]], [[]], [0.5] * 7):
            inputs = body["inputs"] | {name: {"values": values}}
            reply = client.post("/api/run", json=body | {"inputs": inputs})
            if reply.status_code != 200:
                refused(reply, "inputs.", "params.", "input")
        for sizes in ([], [1, 1, 1, 1, 1], [0], [2**31 - 1] * 2):
            shapes = shape["input_shapes"] | {name: sizes}
            reply = client.post("/api/shape", json=shape | {"input_shapes": shapes})
            if reply.status_code != 200:
                error = error_of(reply)
                assert error["field"] is None or error["field"].startswith(("input_shape", "params")), error


@EVERY
def test_parameters_that_cannot_be(client, operation):
    body, shape = wish(operation), shape_wish(operation)
    refused(client.post("/api/run", json=body | {"params": {"nonesuch": 1}}), "params.nonesuch")
    for parameter in operation.parameters:
        field = f"params.{parameter.name}"
        for value in VALUES:
            params = body["params"] | {parameter.name: value}
            refused(client.post("/api/run", json=body | {"params": params}), field)
        for value in ENDS:
            reply = client.post(
                "/api/shape", json=shape | {"params": body["params"] | {parameter.name: value}}
            )
            if reply.status_code != 200:
                error = error_of(reply)
                assert error["field"] is None or error["field"].startswith(("params.", "input")), error


@EVERY
def test_cells_that_are_not_there(client, operation):
    body = wish(operation)
    shape = client.post("/api/run", json=body).json()["shape"]
    middle = [size // 2 for size in shape]
    for cell in ([*middle, 0], middle[1:] if shape else [0], [*middle, *[0] * 9], shape or [5]):
        refused(client.post("/api/trace", json=body | {"cell": cell}), "cell")
    for axis, size in enumerate(shape):
        for place in (-1, size, 1.5):
            cell = [*middle[:axis], place, *middle[axis + 1 :]]
            refused(client.post("/api/trace", json=body | {"cell": cell}), "cell")


@EVERY
def test_maps_and_regions_that_are_not_there(client, operation):
    body = wish(operation)
    for more, field in (
        ({"channels": [2**30]}, "channels"),
        ({"channels": []}, "channels"),
        ({"region": [0, 0, 99, 1]}, "region"),
        ({"region": [0, 0, 0, 0]}, "region"),
        ({"output": "nonesuch"}, "output"),
        ({"output": 5}, "output"),
        ({"format": "gif"}, "format"),
    ):
        refused(client.post("/api/run", json=body | more), field)


@EVERY
def test_huge_shapes_are_refused_with_the_amount(client, operation):
    ranks = range(6) if operation.dims is None else (operation.dims + 1, operation.dims + 2)
    for rank in ranks:
        body = {"operation": operation.name, "params": example_params(operation)}
        tracemalloc.start()
        try:
            reply = client.post("/api/shape", json=body | {"input_shape": [2**31 - 1] * rank})
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert most < 2**26, (rank, most)
        if reply.status_code == 200:
            assert rank < 2 or np.prod(reply.json()["output_shape"], dtype=float) <= 16e6
            continue
        error = error_of(reply)
        if error["code"].startswith("limit_"):
            assert error["values"]["asked"] > error["values"]["max"]
            assert f"{error['values']['max']:,}" in error["message"]
    refused(client.post("/api/shape", json=shape_wish(operation) | {"input_shape": [1] * 6}), "input_shape")
    refused(client.post("/api/shape", json=shape_wish(operation) | {"input_shape": [-1]}), "input_shape")


@EVERY
def test_what_is_drawn_is_bounded_before_it_is_drawn(operation):
    call = example(operation, Limits())
    seeds = {name: 1 for name in call.inputs if name != "input"}
    if not seeds:
        return
    params = example_params(operation)
    given = {"input": call.inputs["input"]}
    assert set(draw(operation, given, seeds, params, Limits())) == set(seeds)
    with pytest.raises(LimitError) as refused:
        draw(operation, given, seeds, params, Limits(bytes=8))
    assert refused.value.code == "limit_bytes"
    assert "the limit (bytes) is 8" in refused.value.message


def test_a_weight_too_large_is_never_drawn(client):
    """3 x 4096 x 4096 weights of 31 x 31 would be gigabytes."""
    features = Settings().max_channels
    body = {
        "operation": "conv2d",
        "input": {"values": [[[1]]] * features},
        "inputs": {"weight": {"seed": 1}},
        "params": {"out_channels": features, "kernel_size": 31, "padding": 15},
    }
    tracemalloc.start()
    error = error_of(client.post("/api/run", json=body))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error["code"] == "limit_bytes"
    assert error["values"]["asked"] > 1e9
    assert most < 1e8


@EVERY
@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-1e999"])
def test_numbers_that_are_not_finite(client, operation, literal):
    body = wish(operation)
    text = json.dumps(body | {"input": {"values": "@"}}).replace('"@"', literal)
    assert error_of(client.post("/api/run", content=text))["code"] == "not_finite"
    for name in body["inputs"]:
        inputs = body["inputs"] | {name: {"values": ["@"]}}
        text = json.dumps(body | {"inputs": inputs}).replace('"@"', literal)
        error = error_of(client.post("/api/run", content=text))
        assert (error["code"], error["field"]) == ("not_finite", f"inputs.{name}.values.0")
