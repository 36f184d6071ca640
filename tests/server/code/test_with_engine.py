"""The same with the engine itself: the lines make the call that was asked for, no more and no less."""

from __future__ import annotations

import numpy as np

import engine
from engine.analysis.activated import activated
from engine.registry import operation as by_name
from server.code import with_engine
from server.code.subject import Subject
from server.wire.wishes import MapsWish, ShapeWish, TraceWish, read

X = np.random.default_rng(1).integers(-9, 10, (2, 5, 5))
WEIGHT = np.array([[1.5, 0, -1], [2, 0, -2], [1, 0, -1]], np.float32)
PARAMS = {"stride": [2, 1], "padding": "same", "kernel_size": 3, "out_channels": None}
CALL = by_name("conv2d").bind({"input": X, "weight": WEIGHT}, {"padding": "same", "stride": 1})
SUBJECT = Subject(CALL, {"padding": "same", "kernel_size": 3, "out_channels": None})


def ran(code: str) -> dict[str, object]:
    names: dict[str, object] = {"np": np, "engine": engine, "activated": activated}
    exec(code, names)
    return names


def test_the_call_is_the_one_that_was_asked_for():
    names = ran(with_engine.run(SUBJECT, read(MapsWish, {"operation": "conv2d"})))
    np.testing.assert_array_equal(names["output"], CALL.run())
    call = names["call"]
    assert isinstance(call, type(CALL))
    assert (dict(call.params), call.inputs["weight"].dtype) == (dict(CALL.params), np.float32)


def test_what_follows_from_the_weights_is_not_said():
    line = with_engine.bound(SUBJECT).splitlines()[-1]
    assert line == "call = engine.conv2d.call(x, weight=weight, padding='same')"


def test_the_activation_comes_after_and_parts_are_without_it():
    subject = Subject(activated(CALL, "relu"), SUBJECT.params)
    names = ran(with_engine.run(subject, read(MapsWish, {"operation": "conv2d", "activation": "relu"})))
    np.testing.assert_array_equal(names["output"], np.maximum(CALL.run(), 0))
    assert "activated" not in with_engine.bound(subject, activation=False)


def test_a_trace_says_sum_and_value(capsys):
    ran(with_engine.trace(SUBJECT, read(TraceWish, {"operation": "conv2d", "cell": [0, 2, 3]})))
    trace = CALL.trace((0, 2, 3))
    assert capsys.readouterr().out.split() == ["sum", str(trace.sum), "value", str(trace.value)]


def test_sizes_need_no_number_of_the_input(capsys):
    params = {"kernel_size": 5, "out_channels": 6, "groups": None}
    wish = {"operation": "conv2d", "input_shape": [3, 32, 32], "params": params}
    ran(with_engine.shape(read(ShapeWish, wish)))
    assert capsys.readouterr().out.splitlines() == [
        "output (6, 28, 28)",
        f"parameters {6 * 3 * 25}",
        f"macs {6 * 3 * 25 * 28 * 28}",
    ]
