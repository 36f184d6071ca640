"""What is particular to resizing: coordinates, rounding, blending, and what contradicts itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

import engine
from engine.errors import ParameterError, ShapeError
from engine.windows.resample import ResampleAxis

SQUARE = np.array([[[1, 2], [3, 4]]])


def test_torchs_documented_nearest():
    rows = [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]
    assert engine.interpolate(SQUARE, scale_factor=2).tolist() == [rows]
    assert engine.interpolate(SQUARE, 4).tolist() == [rows]


def test_torchs_documented_bilinear():
    rows = [[1, 1.25, 1.75, 2], [1.5, 1.75, 2.25, 2.5], [2.5, 2.75, 3.25, 3.5], [3, 3.25, 3.75, 4]]
    assert engine.interpolate(SQUARE, scale_factor=2, mode="bilinear").tolist() == [rows]
    expected = [
        [1, 4 / 3, 5 / 3, 2],
        [5 / 3, 2, 7 / 3, 8 / 3],
        [7 / 3, 8 / 3, 3, 10 / 3],
        [3, 10 / 3, 11 / 3, 4],
    ]
    aligned = engine.interpolate(SQUARE, scale_factor=2, mode="bilinear", align_corners=True)
    np.testing.assert_allclose(aligned, [expected], rtol=1e-6)


def test_the_scale_given_counts_and_not_that_of_the_sizes():
    signal = np.arange(5.0).reshape(1, 1, 5)
    assert engine.interpolate(signal, scale_factor=[1, 0.7])[0, 0].tolist() == [0, 1, 2]
    assert engine.interpolate(signal, [1, 3])[0, 0].tolist() == [0, 1, 3]


def test_the_table_of_bilinear_has_a_second_neighbour_where_it_takes_any_of_it():
    axis = ResampleAxis("width", 2, 4, None, "half_pixel", None)
    assert axis.index.tolist() == [[0, -1], [0, 1], [0, 1], [1, -1]]
    assert axis.weights is not None
    assert axis.weights.tolist() == [[1, 0], [0.75, 0.25], [0.25, 0.75], [1, 0]]


def test_laws():
    assert ResampleAxis("width", 5, 10, 2.0).text == "5 * 2 = 10"
    assert ResampleAxis("width", 5, 7, 1.5).text == "floor(5 * 3 / 2) = 7"
    assert ResampleAxis("width", 5, 15, np.pi).text == "15 = 15"
    assert ResampleAxis("width", 5, 9).formula.symbols == "o = size"


def test_what_is_not_a_number_stays_where_it_is_read():
    output = engine.interpolate([[[np.nan, 1.0, 2.0]]], [1, 5], mode="bilinear", align_corners=True)
    assert np.isnan(output[0, 0]).tolist() == [True, True, False, False, False]


def test_the_trace_blends_four_cells():
    trace = engine.interpolate.call(SQUARE, 4, mode="bilinear").trace((0, 1, 2))
    assert trace.sources.tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1]]
    assert trace.weights is not None
    assert trace.weights.tolist() == [0.1875, 0.5625, 0.0625, 0.1875]
    assert trace.sum == float(trace.value) == 2.25


def test_every_copy_has_a_gradient():
    call = engine.interpolate.call(SQUARE, [4, 6])
    assert np.all(call.backward(np.ones((1, 4, 6)))["input"] == 6)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"size": 3, "scale_factor": 2},
        {"size": 3, "align_corners": True},
        {
            "size": 3,
            "mode": "bilinear",
            "align_corners": True,
            "coordinate_transformation_mode": "half_pixel",
        },
        {"scale_factor": 0},
        {"scale_factor": [1, 2, 3]},
        {"scale_factor": True},
        {"size": 0},
    ],
)
def test_parameters_that_are_refused(params: dict[str, object]):
    with pytest.raises(ParameterError):
        engine.interpolate(SQUARE, **params)


def test_a_scale_that_leaves_nothing():
    with pytest.raises(
        ShapeError, match="scale_factor 0.4 leaves nothing of 2 cells; it must be at least 0.5"
    ):
        engine.interpolate(SQUARE, scale_factor=0.4)


def _onnx(array: np.ndarray, scales, sizes, **attributes: Any) -> np.ndarray:
    """What ONNX's own reference makes of a Resize."""
    values = [onnx.numpy_helper.from_array(np.array(scales, np.float32), "scales")] if scales else []
    values += [onnx.numpy_helper.from_array(np.array(sizes, np.int64), "sizes")] if sizes else []
    names = ["X", "", "scales" if scales else "", *(["sizes"] if sizes else [])]
    node = helper.make_node("Resize", names, ["Y"], **attributes)
    given = helper.make_tensor_value_info("X", TensorProto.FLOAT, array.shape)
    made = helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "g", [given], [made], values)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)])
    [found] = ReferenceEvaluator(model).run(None, {"X": array})
    return np.asarray(found)


@pytest.mark.parametrize("rule", ["half_pixel", "half_pixel_symmetric", "align_corners", "asymmetric"])
@pytest.mark.parametrize("scales", [[2, 1.5], [0.75, 0.5], [2.75, 1], None])
@pytest.mark.parametrize("rounding", [None, "floor", "ceil", "round_prefer_floor", "round_prefer_ceil"])
def test_as_onnx_does(rule: str, scales, rounding: str | None):
    array = np.random.default_rng(0).standard_normal((1, 2, 4, 6)).astype(np.float32)
    sizes = None if scales else [7, 3]
    ours: dict[str, object] = {"coordinate_transformation_mode": rule}
    theirs: dict[str, object] = {**ours, "mode": "nearest" if rounding else "linear"}
    ours["mode"] = "nearest" if rounding else "bilinear"
    if rounding:
        ours["nearest_mode"] = theirs["nearest_mode"] = rounding
    expected = _onnx(array, [1, 1, *scales] if scales else None, [1, 2, *sizes] if sizes else None, **theirs)
    output = engine.interpolate(array, sizes, scales, **ours)
    np.testing.assert_allclose(output, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("bad", [np.inf, np.nan])
@pytest.mark.parametrize("mode", ["nearest", "bilinear"])
def test_a_gradient_that_is_not_finite_stays_with_what_was_read(bad: float, mode: str):
    call = engine.interpolate.call(np.zeros((2, 4, 5)), [9, 7], mode=mode)
    gradient = np.ones((2, 9, 7))
    gradient[1, 4, 2] = bad
    found = call.backward(gradient)["input"]
    read = np.zeros((2, 4, 5), bool)
    read[tuple(call.trace((1, 4, 2)).sources.T)] = True
    np.testing.assert_array_equal(np.isfinite(found), ~read)


@pytest.mark.parametrize("sizes", [[1, 1], [3, 2], [4, 5], [7, 23], [64, 1]])
@pytest.mark.parametrize("rounding", ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"])
def test_the_gradient_of_nearest_counts_exactly(sizes: list[int], rounding: str):
    """Whole numbers: of each cell, what was read there, and 0 where nothing was."""
    call = engine.interpolate.call(np.zeros((2, 4, 5), np.float32), sizes, nearest_mode=rounding)
    gradient = np.random.default_rng(5).integers(-999, 1000, (2, *sizes)).astype(np.float32)
    rows, columns = (axis.index[:, 0] for axis in call.layout.axes)
    expected = np.zeros((2, 4, 5))
    for channel, part in zip(expected, gradient, strict=True):
        np.add.at(channel, (rows[:, None], columns), part)
    found = call.backward(gradient)["input"]
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, expected)


def test_the_gradient_of_nothing():
    call = engine.interpolate.call(np.zeros((0, 1, 2, 2)), 3, mode="bilinear")
    assert call.backward(np.zeros((0, 1, 3, 3)))["input"].shape == (0, 1, 2, 2)
