"""Values of functions: shared parts, types, memory, infinities."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from engine.functions import primitives
from engine.functions.function import (
    Primitive,
    X,
    choice,
    constant,
    gated,
    maximum,
)
from engine.functions.primitives import EXP, LOGISTIC, TANH
from engine.functions.slopes import slope
from engine.functions.spelling import english
from engine.functions.values import arrays_held, evaluate

PRIMITIVES = {n: p for n, p in vars(primitives).items() if isinstance(p, Primitive)}
PLACES = np.array([0.3, 0.9, 1.7, 3.0])


@pytest.mark.parametrize("name", PRIMITIVES)
def test_definitions_are_what_is_computed(name: str):
    primitive = PRIMITIVES[name]
    for meant in (primitive.definition, primitive.coded):
        if meant is not None:
            np.testing.assert_allclose(
                evaluate(meant(X), PLACES), primitive.value(PLACES), rtol=1e-12, atol=1e-15
            )


def test_what_stands_twice_is_computed_once():
    calls = []

    def value(x):
        calls.append(x)
        return x * 2

    shared = Primitive(value, lambda u: 2, "twice({})")(X)
    np.testing.assert_array_equal(evaluate(shared * (shared + 1), PLACES), 2 * PLACES * (2 * PLACES + 1))
    assert len(calls) == 1


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_types_stay_and_nothing_of_the_callers_is_written_over(kind: str):
    x = np.array([-2, 0, 3], kind)
    for function in (
        X,
        constant(2),
        X + 1,
        maximum(0, X),
        choice(X > 0, 1, 0.25),
        choice(X > 0, X, -X),
        X**2,
    ):
        result = evaluate(function, x)
        assert (result.dtype, result.shape) == (x.dtype, x.shape)
        result[...] = 7
        assert x.tolist() == [-2, 0, 3]


def test_choices_are_bit_for_bit():
    x = np.array([-np.inf, -1.0, -0.0, 0.0, np.inf, np.nan])
    for then, otherwise in ((X, EXP(X)), (1.5, TANH(X)), (EXP(X), 0), (2, 3)):
        found = evaluate(choice(X > 0, then, otherwise), x)
        wanted = np.where(x > 0, *(evaluate(constant(one), x) for one in (then, otherwise)))
        np.testing.assert_array_equal(found.view(np.int64), wanted.view(np.int64))


def test_gates_hold_back_infinity():
    x = np.array([-np.inf, np.inf])
    gate = gated(LOGISTIC(X), 1e4)
    assert evaluate(gate, x).tolist() == [0, np.inf]
    assert evaluate(slope(gate), x).tolist() == [0, 1]


def test_arrays_held_are_those_in_memory():
    x = np.linspace(-3, 3, 2**17)
    functions = [maximum(0, X), X + EXP(X) * TANH(X), choice(X > 0, X, EXP(X)), gated(LOGISTIC(X), 1e4), X**3]
    for function in [*functions, *(primitive(X) for primitive in PRIMITIVES.values())]:
        with np.errstate(all="ignore"):
            evaluate(function, x[:8])
            tracemalloc.start()
            evaluate(function, x)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert peak <= arrays_held(function) * x.nbytes + 50_000, english(function)
