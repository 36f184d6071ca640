"""The shape report, as the page and POST /api/shape read it."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from engine.errors import LimitError
from engine.limits import Limits
from engine.operation import Operation
from engine.registry import all_operations, operation
from engine.report import shape_report
from tests.engine.draws import PICTURES, Shape, drawings

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


def report(of: Operation, shapes: dict[str, Shape], params: dict[str, object], limits: Limits | None = None):
    limits = limits or Limits()
    asked = of.plan(shapes, params, limits)[0]
    return json.loads(json.dumps(shape_report(of, shapes, asked, limits), allow_nan=False))


@everyone
def test_the_tables_agree_with_each_other(operation: Operation):
    for drawn in drawings(operation, 60, PICTURES, seed=60):
        shapes = {name: array.shape for name, array in drawn.arrays.items()}
        told = report(operation, shapes, drawn.params)
        assert told["operation"] == operation.name
        assert told["input_shape"] == list(shapes["input"])
        assert [axis["axis"] for axis in told["axes"]] == ["height", "width"]
        sides = told["padding"]
        for axis, place, end in zip(told["axes"], (-2, -1), ("bottom", "right"), strict=True):
            assert axis["input"] == told["input_shape"][place]
            assert axis["output"] == told["output_shape"][place] == len(axis["index"])
            reads = [cell for row in axis["index"] for cell in row if cell >= 0]
            assert axis["coverage"] == [reads.count(cell) for cell in range(axis["input"])]
            assert axis["unread"] == [cell for cell, times in enumerate(axis["coverage"]) if times == 0]
            assert axis["text"].endswith(f" = {axis['output']}")
            assert axis["formula"]["op"] == "="
            assert axis["formula"]["args"][0] == {"symbol": "o", "value": axis["output"]}
            assert 0 <= told["dropped"][end] <= axis["input"]
        assert told["receptive_field"] == [axis.extent for axis in drawn.call.layout.axes]
        padding = told["params"]["padding"]
        if not isinstance(padding, str):
            assert padding == [sides["top"], sides["bottom"], sides["left"], sides["right"]]


def test_cost_of_a_convolution():
    rng = np.random.default_rng(61)
    conv2d = operation("conv2d")
    for _ in range(100):
        groups, per_group, kernels = (int(rng.integers(1, 4)) for _ in range(3))
        weight = (groups * kernels, per_group, *rng.integers(1, 4, 2).tolist())
        shapes: dict[str, Shape] = {"input": (groups * per_group, 6, 7), "weight": weight}
        if rng.random() < 0.5:
            shapes["bias"] = ()
        told = report(conv2d, shapes, {"groups": groups, "stride": int(rng.integers(1, 4))})
        maps, height, width = told["output_shape"]
        weights = maps * per_group * weight[2] * weight[3]
        assert told["parameters"] == weights + (maps if "bias" in shapes else 0)
        assert told["macs"] == weights * height * width
        batch = {**shapes, "input": (5, *shapes["input"])}
        cost = report(conv2d, batch, {"groups": groups, "stride": told["params"]["stride"]})
        assert (cost["parameters"], cost["macs"]) == (told["parameters"], told["macs"]), "of one picture"


def test_pooling_costs_no_parameters():
    for name in ("max_pool2d", "avg_pool2d"):
        assert report(operation(name), {"input": (3, 8, 8)}, {"kernel_size": 2})["parameters"] == 0


@everyone
@pytest.mark.parametrize("size", [(10**6, 4), (4, 10**6), (10**9, 10**9), (10**18, 1)])
def test_a_size_beyond_the_limits_is_refused_before_memory_is_taken(
    operation: Operation, size: tuple[int, int]
):
    shapes: dict[str, Shape] = {"input": (1, *size)}
    tracemalloc.start()
    with pytest.raises(LimitError) as caught:
        report(operation, shapes, {"kernel_size": 3, "stride": 1, "padding": 1})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code.startswith("limit_")
    assert f"{caught.value.values['max']:,}" in str(caught.value)
    assert peak < 20_000_000
