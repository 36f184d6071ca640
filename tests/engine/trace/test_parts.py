"""What each input channel gives to a map: the parts and the bias add up to the map."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.declaration.operation import Operation
from engine.errors import ParameterError, ShapeError
from engine.registry import all_operations
from tests.engine.draws import PICTURES, WHOLE, Drawn, Taste, drawings

SUMS = [one for one in all_operations() if one.sums_channels]
of_sums = pytest.mark.parametrize("operation", SUMS, ids=lambda operation: operation.name)


def drawn_parts(operation: Operation, number: int, taste: Taste, seed: int):
    """Drawn calls with one of their maps, and its parts in one array."""
    rng = np.random.default_rng(seed)
    for drawn in drawings(operation, number, taste, seed):
        maps = drawn.call.layout.maps
        if 0 in maps:
            continue
        wanted = int(rng.integers(maps[0]))
        parts = drawn.call.parts(wanted)
        runs = list(parts.maps())
        assert [n for run, _ in runs for n in run] == list(parts.channels)
        found = np.concatenate([array for _, array in runs])
        assert found.shape == parts.shape == (len(parts.channels), *maps[1:])
        yield drawn, wanted, parts, found


def map_of(drawn: Drawn, number: int) -> np.ndarray:
    [(_, maps)] = drawn.call.maps([number])
    return maps[0]


@of_sums
def test_whole_parts_and_bias_are_the_map_exactly(operation: Operation):
    checked = 0
    for drawn, number, parts, found in drawn_parts(operation, 60, WHOLE, seed=1):
        expected = map_of(drawn, number)
        if "divisor" in drawn.inputs or np.abs(expected).max() >= 2**53:
            continue
        total = found.astype(np.float64).sum(axis=0) + float(parts.bias or 0)
        assert np.array_equal(total, expected)
        checked += 1
    assert checked > 2


@of_sums
def test_parts_and_bias_are_the_map_within_rounding(operation: Operation):
    for drawn, number, parts, found in drawn_parts(operation, 80, PICTURES, seed=2):
        expected = map_of(drawn, number)
        if not np.isfinite(expected).all():
            continue
        whole = found.astype(np.float64)
        size = np.abs(whole).sum(axis=0) + abs(float(parts.bias or 0)) + magnitude(drawn, number)
        error = np.abs(whole.sum(axis=0) + float(parts.bias or 0) - expected)
        assert (error <= size * 2e-5).all()


def magnitude(drawn: Drawn, number: int) -> float:
    """What the largest sum would be, were nothing taken away from anything."""
    inputs = {name: np.abs(array).astype(np.float64) for name, array in drawn.arrays.items()}
    [(_, maps)] = drawn.operation.bind(inputs, drawn.params).maps([number])
    return float(np.abs(maps).max())


@of_sums
def test_a_part_is_the_map_of_its_channel_alone(operation: Operation):
    for drawn, number, parts, found in drawn_parts(operation, 12, WHOLE, seed=3):
        axis = -1 - (operation.dims or 2)
        for channel, part in zip(parts.channels, found, strict=True):
            alone = np.zeros_like(drawn.arrays["input"])
            at = (slice(None),) * (alone.ndim + axis) + (channel,)
            alone[at] = drawn.arrays["input"][at]
            inputs = {**drawn.inputs, "input": alone}
            inputs.pop("bias", None)
            [(_, maps)] = operation.bind(inputs, drawn.params).maps([number])
            assert np.allclose(part, maps[0], rtol=1e-6, atol=1e-9)


def test_groups_read_their_own_channels():
    array, weight = np.arange(4 * 9).reshape(4, 3, 3), np.ones((2, 2, 3, 3), int)
    parts = engine.conv2d.call(array, weight, [5, 7], groups=2).parts(1)
    assert (parts.channels, parts.bias, parts.shape) == (range(2, 4), 7, (2, 1, 1))
    [(_, found)] = parts.maps()
    assert found.ravel().tolist() == [array[2].sum(), array[3].sum()]


def test_a_divisor_divides_each_part():
    call = engine.conv2d.call(np.ones((3, 2, 2), int), [[1, 1], [1, 1]], 1, divisor=2)
    [(_, found)] = call.parts(0).maps()
    assert found.ravel().tolist() == [2, 2, 2]
    assert call.run().item() == 7


def test_planes_of_a_volume_are_maps():
    array, weight = np.arange(2 * 27).reshape(2, 3, 3, 3), np.ones((1, 2, 2, 2, 2), int)
    call = engine.conv3d.call(array, weight)
    for plane in (0, 1):
        [(_, found)] = call.parts(plane).maps()
        assert np.array_equal(found.sum(axis=0), call.run()[0, plane])


def test_large_parts_come_in_runs():
    call = engine.conv2d.call(np.ones((3, 400, 500), np.uint8), [[1, 1]])
    assert [list(run) for run, _ in call.parts(0).maps()] == [[0], [1], [2]]


def test_what_is_no_sum_over_channels_is_refused():
    others = [one for one in all_operations() if not one.sums_channels]
    assert {"relu", "max_pool2d", "linear", "softmax"} <= {one.name for one in others}
    with pytest.raises(ParameterError) as refused:
        engine.relu.call([1.0]).parts(0)
    assert (refused.value.code, refused.value.field) == ("no_parts", "parts")


def test_a_map_that_is_not_there_and_a_batch_are_refused():
    with pytest.raises(ShapeError) as refused:
        engine.conv2d.call(np.ones((1, 2, 2)), [[1]]).parts(1)
    assert (refused.value.code, refused.value.field) == ("channels", "parts")
    with pytest.raises(ShapeError) as refused:
        engine.conv2d.call(np.ones((2, 1, 2, 2)), [[1]]).parts(0)
    assert refused.value.code == "batch"


def test_the_declaration_tells_it():
    for operation in all_operations():
        assert operation.describe()["parts"] == operation.sums_channels
        assert operation.sums_channels == (type(operation).parts is not Operation.parts)


@pytest.mark.filterwarnings("error")
@of_sums
def test_what_is_beyond_float32_is_infinite_without_a_word(operation: Operation):
    """As in a run; a warning would be a line in the service's log for whoever sends such numbers."""
    for drawn in drawings(operation, 3, PICTURES, 5):
        huge = {
            name: np.full(array.shape, 3e38, np.float32)
            if array.dtype.kind == "f" or name == "input"
            else array
            for name, array in drawn.call.inputs.items()
        }
        call = operation.bind(huge, dict(drawn.call.asked.items()))
        if 0 not in call.layout.maps:
            assert [maps.dtype for _, maps in call.parts(0).maps()]
