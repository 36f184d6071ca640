"""The shape report, as the page and POST /api/shape read it."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from engine.analysis.report import shape_report
from engine.declaration.kinds import Padding
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError, LimitError
from engine.limits import Limits
from engine.registry import all_operations, operation
from engine.windows.axis import AXIS_NAMES, SIDES
from tests.engine.draws import PICTURES, Shape, drawings, usual_params, usual_shapes

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
        names = [axis["axis"] for axis in told["axes"]]
        assert tuple(names) in AXIS_NAMES.values()
        assert len(names) in (0, operation.dims or len(names))
        assert told["outputs"] == {"output": told["output_shape"]} | {
            name: list(shape) for name, shape in drawn.call.layout.further.items()
        }
        sides = told["padding"]
        for axis, place in zip(told["axes"], range(-len(names), 0), strict=True):
            assert axis["input"] == told["input_shape"][place]
            assert axis["output"] == told["output_shape"][place] == len(axis["index"])
            reads = [cell for row in axis["index"] for cell in row if cell >= 0]
            assert axis["coverage"] == [reads.count(cell) for cell in range(axis["input"])]
            assert axis["unread"] == [cell for cell, times in enumerate(axis["coverage"]) if times == 0]
            assert axis["text"].endswith(f" = {axis['output']}")
            assert axis["formula"]["op"] == "="
            assert axis["formula"]["args"][0] == {"symbol": "o", "value": axis["output"]}
            assert 0 <= told["dropped"][SIDES[axis["axis"]][1]] <= axis["input"]
        assert told["receptive_field"] == [axis.extent for axis in drawn.call.layout.axes]
        padding = told["params"].get("padding")
        declared = [p for p in operation.parameters if isinstance(p, Padding) and p.name == "padding"]
        if declared and names and not isinstance(padding, str):
            assert padding == [sides[side] for name in names for side in SIDES[name]]


@everyone
def test_costs_are_whole_and_of_the_whole_batch(operation: Operation):
    for drawn in drawings(operation, 60, PICTURES, seed=62):
        layout = drawn.call.layout
        for count in (layout.parameters, layout.macs, layout.additions, layout.bytes):
            assert isinstance(count, int)
            assert count >= 0
        if layout.spatial is None:
            continue
        kinds = {declared.name: declared.kind for declared in operation.inputs}
        five = {
            name: np.stack([array] * 5)
            for name, array in drawn.arrays.items()
            if kinds[name] in ("maps", "places")
        }
        batch = drawn.bound(**five).layout
        assert (batch.macs, batch.additions) == (5 * layout.macs, 5 * layout.additions)
        assert batch.parameters == layout.parameters


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
        assert (cost["parameters"], cost["macs"]) == (told["parameters"], 5 * told["macs"])
        assert told["additions"] == (maps * height * width if "bias" in shapes else 0)
        moved = sum(int(np.prod(shape)) for shape in (*shapes.values(), told["output_shape"]))
        assert told["bytes_moved"] == 4 * moved


def test_pooling_costs_no_parameters():
    for name in ("max_pool2d", "avg_pool2d"):
        assert report(operation(name), {"input": (3, 8, 8)}, {"kernel_size": 2})["parameters"] == 0


def refusal(operation: Operation, shape: Shape, params: dict[str, object]) -> ConvscopeError | None:
    """Why a size is refused, before memory is taken."""
    follow = {p.name: 3 for p in operation.parameters if p.follows is not None and p.name != "out_channels"}
    tracemalloc.start()
    try:
        report(operation, {"input": shape}, {**follow, **params})
    except ConvscopeError as error:
        return error
    else:
        return None
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 20_000_000


@pytest.mark.parametrize("name", ["conv1d", "conv2d", "conv3d", "max_pool2d", "avg_pool1d", "avg_pool3d"])
@pytest.mark.parametrize("size", [10**6, 10**9, 10**18])
def test_a_size_beyond_the_limits_is_refused_before_memory_is_taken(name: str, size: int):
    wanted = operation(name)
    params: dict[str, object] = {"kernel_size": 3, "stride": 1, "padding": 1}
    for place in range(wanted.dims or 0):
        sizes = [4] * (wanted.dims or 0)
        sizes[place] = size
        error = refusal(wanted, (1, *sizes), params)
        assert isinstance(error, LimitError)
        assert error.code.startswith("limit_")
        assert f"{error.values['max']:,}" in str(error)


@everyone
def test_no_operation_takes_memory_for_what_is_enormous(operation: Operation):
    refused: list[ConvscopeError | None] = []
    for usual in usual_shapes(operation):
        params = usual_params(operation, usual)
        if params is None:
            continue
        refused += [
            refusal(operation, (*usual[:-2], size, size)[-len(usual) :], params) for size in (10**9, 10**18)
        ]
    assert refused
    assert all(refused)
    assert any(isinstance(error, LimitError) for error in refused)
