"""A call with an activation after it is the two calls, one after the other."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.analysis.activated import activated, activations
from engine.declaration.operation import Operation
from engine.errors import ParameterError, ShapeError
from engine.registry import all_operations
from tests.engine.draws import ANY, PICTURES, drawings, pick
from tests.engine.sums import check_adds_up

everyone = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
NAMES = list(activations())


def drawn_calls(operation: Operation, number: int, seed: int, taste=PICTURES):
    """Drawn calls with an activation each."""
    rng = np.random.default_rng(seed)
    for drawn in drawings(operation, number, taste, seed):
        yield drawn, activated(drawn.call, pick(rng, NAMES)), rng


@everyone
def test_its_outputs_are_those_of_the_two_calls(operation: Operation):
    for drawn, call, _ in drawn_calls(operation, 10, 1, ANY):
        found, plain = call.outputs(), drawn.call.outputs()
        first, *others = plain
        expected = call.activation(plain[first])
        assert found[first].dtype == expected.dtype
        assert np.array_equal(found[first], expected, equal_nan=True)
        assert list(found) == list(plain)
        for name in others:
            assert np.array_equal(found[name], plain[name], equal_nan=True)


@everyone
def test_maps_and_traces_have_the_same_bits(operation: Operation):
    for drawn, call, rng in drawn_calls(operation, 10, 2):
        whole = call.run()
        runs = [maps for _, maps in call.maps()]
        if whole.size == 0:
            continue
        assert np.concatenate(runs).tobytes() == whole.tobytes()
        cell = tuple(int(rng.integers(size)) for size in whole.shape)
        kept: dict[int, np.ndarray] = {}
        again = activated(drawn.call, call.activation.name, kept)
        trace = again.trace(cell)
        assert trace.value.tobytes() == whole[cell].tobytes()
        assert kept
        if np.isfinite(drawn.call.run()[cell]) and np.isfinite(whole[cell]):
            check_adds_up(trace.data())


def test_the_trace_tells_what_the_activation_was_given():
    array, weight = np.full((1, 3, 3), 0.1, np.float32), np.full((3, 3), -0.3, np.float32)
    call = engine.conv2d.call(array, weight, [0.2])
    trace = activated(call, "leaky_relu").trace((0, 0, 0)).data()
    plain = call.trace((0, 0, 0)).data()
    assert trace["before"] == plain["value"] == call.run().item()
    assert trace["printed"]["before"] == plain["printed"]["value"]
    assert trace["printed"]["residual"] == plain["printed"]["residual"]
    assert [step["name"] for step in trace["steps"]] == ["max(0, x) + 0.01 min(0, x)"]
    assert trace["value"] == activated(call, "leaky_relu").run().item()
    assert plain["before"] is plain["printed"]["before"] is None


def test_whole_numbers_stay_whole():
    call = activated(engine.conv2d.call([[[1, 2], [3, 4]]], [[1, -2]], 1), "relu")
    assert call.run().tolist() == [[[0], [0]]]
    assert call.trace((0, 0, 0)).printed()["before"] == "-2"


def test_it_comes_after_other_steps():
    trace = activated(engine.sigmoid.call([[[1.0, -2.0]]]), "relu").trace((0, 0, 1)).data()
    assert [step["kind"] for step in trace["steps"]] == ["apply", "apply"]
    assert trace["before"] is None


def test_gradients_go_back_through_both():
    rng = np.random.default_rng(3)
    array, weight = rng.standard_normal((2, 5, 5)), rng.standard_normal((3, 2, 3, 3))
    call = engine.conv2d.call(array, weight)
    gradient = rng.standard_normal(call.layout.output)
    found = activated(call, "tanh").backward(gradient)
    expected = call.backward(gradient * (1 - np.tanh(call.run()) ** 2))
    assert set(found) == {"input", "weight"}
    for name, array in found.items():
        assert np.allclose(array, expected[name])
    with pytest.raises(ShapeError) as refused:
        activated(call, "tanh").backward([1.0])
    assert refused.value.field == "gradient"


def test_what_was_computed_before_it_is_kept(monkeypatch):
    convolution = type(engine.conv2d)
    computed, forward_maps = [], convolution.forward_maps
    monkeypatch.setattr(
        convolution, "forward_maps", lambda *args: computed.append(args) or forward_maps(*args)
    )
    kept: dict[int, np.ndarray] = {}
    plain = engine.conv2d.call(np.ones((1, 9, 9)), np.ones((2, 3, 3)))
    for name in ("relu", "gelu"):
        parts: dict[int, np.ndarray] = {}
        call = activated(plain, name, kept)
        list(call.maps(None, parts))
        call.trace((1, 2, 3), parts)
        [(_, one)] = call.maps([1], parts)
        assert np.shares_memory(one, parts[0])
    assert len(computed) == 1


def test_large_maps_are_done_bit_by_bit():
    array = np.random.default_rng(4).standard_normal((1, 700, 800)).astype(np.float32)
    call = activated(engine.max_pool2d.call(array, 1), "silu")
    assert call.run().tobytes() == engine.silu(array).tobytes()


@pytest.mark.parametrize("name", ["softmax", "prelu", "conv2d", "nonesuch", ""])
def test_others_are_refused_with_the_names_of_those_that_may_follow(name: str):
    with pytest.raises(ParameterError) as refused:
        activated(engine.relu.call([1.0]), name)
    assert (refused.value.code, refused.value.field) == ("unknown_activation", "activation")
    assert refused.value.values["names"] == NAMES
    assert "relu" in str(refused.value)


def test_each_may_be_called_with_nothing_but_an_input():
    marked = [one.name for one in all_operations() if one.describe()["elementwise"]]
    assert marked == NAMES
    for name, activation in activations().items():
        assert activation([-1.0, 2.0]).shape == (2,), name
