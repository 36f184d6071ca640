"""Laws of all activations: values, derivatives, extremes, kinks, types, what is written of them, errors."""

from __future__ import annotations

import math
import re
import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

import engine
from engine.declaration.families import ACTIVATION
from engine.declaration.kinds import Real
from engine.declaration.operation import Operation
from engine.errors import ConvscopeError, ShapeError
from engine.families.elementwise import Elementwise
from engine.functions.function import Function
from engine.functions.slopes import slope
from engine.functions.spelling import english, said
from engine.functions.values import evaluate
from tests.engine.oracles.activations import ORACLES

ACTIVATIONS = [known for known in engine.all_operations() if known.family is ACTIVATION]
ELEMENTWISE = [known for known in ACTIVATIONS if isinstance(known, Elementwise)]
VARIANTS = {
    "leaky_relu": [{}, {"negative_slope": 0.3}, {"negative_slope": -2}],
    "prelu": [{}],
    "rrelu": [{}, {"lower": -0.5, "upper": 2}, {"training": True}, {"training": True, "seed": 7}],
    "elu": [{}, {"alpha": 2.5}, {"alpha": -1}],
    "selu": [{}, {"alpha": 2, "gamma": 3}],
    "gelu": [{}, {"approximate": "tanh"}],
    "silu": [{}, {"alpha": 3}],
    "softplus": [{}, {"beta": 3, "threshold": 1}, {"beta": 0.1, "threshold": 1000}],
    "hardsigmoid": [{}, {"alpha": 0.2}, {"alpha": -0.7, "beta": 0.3}],
    "softmax": [{}, {"dim": 0}, {"dim": -1}, {"dim": 1}],
    "log_softmax": [{}, {"dim": 0}, {"dim": -1}, {"dim": 1}],
}
CASES = [(known, params) for known in ACTIVATIONS for params in VARIANTS.get(known.name, [{}])]
NAMES = [f"{known.name}-{params}" for known, params in CASES]
cases = pytest.mark.parametrize(("known", "params"), CASES, ids=NAMES)
elementwise = pytest.mark.parametrize("known", ELEMENTWISE, ids=lambda known: known.name)

WEIGHT = np.float32(0.25)


def bound(known: Operation, array: object, params: dict, weight: object = WEIGHT):
    inputs = {"input": array} | ({"weight": weight} if known.name == "prelu" else {})
    return known.bind(inputs, params)


def slopes(known: Operation, array: np.ndarray, params: dict) -> np.ndarray:
    """The derivative, as the page asks for it."""
    return bound(known, array, params).backward(np.ones(np.shape(array)))["input"]


# Values from the definitions, to more digits than float64 has.
KNOWN = [
    ("relu", {}, [-1.5, 0, 2.5], [0, 0, 2.5]),
    ("relu6", {}, [-1.5, 0, 2.5, 6, 7], [0, 0, 2.5, 6, 6]),
    ("leaky_relu", {}, [-1.5, 0, 2.5], [-0.015, 0, 2.5]),
    ("elu", {}, [-1, 0, 2.5], [math.expm1(-1), 0, 2.5]),
    ("selu", {}, [-1, 0, 1], [-1.1113307378125625, 0, 1.0507009873554805]),
    ("silu", {}, [-1, 0, 1], [-0.268941421369995, 0, 0.731058578630005]),
    ("sigmoid", {}, [-1, 0, 1], [0.268941421369995, 0.5, 0.731058578630005]),
    ("tanh", {}, [-1, 0, 1], [-0.761594155955765, 0, 0.761594155955765]),
    ("hardswish", {}, [-4, -1, 0, 1, 4], [0, -1 / 3, 0, 2 / 3, 4]),
]


@pytest.mark.parametrize(("name", "params", "given", "expected"), KNOWN)
def test_known_values(name: str, params: dict, given: list[float], expected: list[float]):
    output = bound(engine.operation(name), np.array(given, np.float64), params).run()
    np.testing.assert_allclose(output, expected, rtol=1e-14, atol=1e-16)


@cases
@pytest.mark.parametrize("kind", ["float32", "float64", "int16"])
def test_definition(known: Operation, params: dict, kind: str):
    rng = np.random.default_rng(1)
    array = (rng.standard_normal((3, 4, 5)) * 5).astype(np.dtype(kind))
    array[0, 0, :3] = [0, 100, -100]
    expected = ORACLES[known.name]({"input": array, "weight": np.array(WEIGHT)}, params)
    output = bound(known, array, params).run()
    assert output.dtype == (np.float64 if kind == "float64" else np.float32)
    eps = 2.0**-52 if output.dtype == np.float64 else 2.0**-23
    np.testing.assert_allclose(output, expected, rtol=60 * eps, atol=4 * eps)


@cases
def test_derivative_is_the_slope(known: Operation, params: dict):
    """In a random direction, away from kinks; float64."""
    rng = np.random.default_rng(2)
    array = rng.standard_normal((2, 3, 4, 5)) * 2
    weights, direction, step = rng.standard_normal(array.shape), rng.standard_normal(array.shape), 1e-6
    stated = bound(known, array, params).backward(weights)["input"]
    ends = [bound(known, array + side * step * direction, params).run() for side in (-1, 1)]
    # Cells that step over a kink are left out.
    near = np.abs(np.abs(array) - 3) < 1e-4
    near |= (np.abs(array) < 1e-4) | (np.abs(array - 6) < 1e-4)
    measured = weights * (ends[1] - ends[0]) / (2 * step)
    if known.name in ("softmax", "log_softmax"):
        assert math.isclose((stated * direction).sum(), measured.sum(), rel_tol=1e-6)
        return
    np.testing.assert_allclose((stated * direction)[~near], measured[~near], rtol=1e-5, atol=1e-8)


KINKS = [
    ("relu", {}, 0, 0),
    ("relu6", {}, 0, 0),
    ("relu6", {}, 6, 0),
    ("leaky_relu", {}, 0, 0.01),
    ("prelu", {}, 0, 0.25),
    ("elu", {"alpha": 2}, 0, 2),
    ("selu", {}, 0, 1.0507009873554805 * 1.6732632423543772),
    ("hardswish", {}, -3, 0),
    ("hardswish", {}, 3, 1),
]


@pytest.mark.parametrize(("name", "params", "place", "slope"), KINKS)
def test_derivatives_at_kinks_are_pytorchs(name: str, params: dict, place: float, slope: float):
    known = engine.operation(name)
    for kind in (np.float64, np.float32):
        assert slopes(known, np.array([place], kind), params)[0] == pytest.approx(slope, rel=1e-7)


@cases
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_no_finite_number_overflows(known: Operation, params: dict, kind: str):
    most = float(np.finfo(kind).max) / 8
    array = np.array([-most, -1e5, -1000, -89, -20, 0, 20, 89, 1000, 1e5, most], kind)
    params = {name: number for name, number in params.items() if name != "dim"}
    with np.errstate(all="raise", under="ignore"):
        output = bound(known, array, params).run()
        slope = slopes(known, array, params)
    assert output.dtype == array.dtype
    assert np.isfinite(output).all()
    assert np.isfinite(slope).all()


LIMITS = {
    "relu": (0, math.inf),
    "relu6": (0, 6),
    "leaky_relu": (-math.inf, math.inf),
    "rrelu": (-math.inf, math.inf),
    "elu": (-1, math.inf),
    "selu": (-1.0507009873554805 * 1.6732632423543772, math.inf),
    "gelu": (0, math.inf),
    "silu": (0, math.inf),
    "softplus": (0, math.inf),
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
    "hardsigmoid": (0, 1),
    "hardswish": (0, math.inf),
}


@elementwise
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_infinities_give_the_limits(known: Operation, kind: str):
    array = np.array([-math.inf, math.inf, math.nan], kind)
    output = bound(known, array, {}).run()
    np.testing.assert_allclose(output[:2], LIMITS[known.name], rtol=1e-7)
    assert np.isnan(output[2])
    assert np.isfinite(slopes(known, array[:2], {})).all()


@cases
@pytest.mark.parametrize("shape", [(0,), (0, 3, 4, 4), (2, 3, 0, 4), (), (1,), (2, 3), (2, 2, 2, 2, 2)])
def test_any_shape(known: Operation, params: dict, shape: tuple[int, ...]):
    params = {name: number for name, number in params.items() if name != "dim"}
    if shape == () and known.name in ("softmax", "log_softmax"):
        with pytest.raises(ShapeError, match="at least one axis"):
            bound(known, 1.0, params)
        return
    array = np.linspace(-2, 2, math.prod(shape), dtype=np.float32).reshape(shape)
    call = bound(known, array, params)
    for result in (call.run(), call.backward(np.ones(shape, np.float32))["input"]):
        assert isinstance(result, np.ndarray)
        assert (result.shape, result.dtype) == (shape, np.float32)


@cases
def test_traces_end_in_the_value(known: Operation, params: dict):
    rng = np.random.default_rng(3)
    for array in (
        rng.standard_normal((3, 2, 2)),
        rng.integers(-9, 9, (3, 2, 2)),
        rng.standard_normal((3, 2)),
    ):
        call = bound(known, array.astype(np.float32) if array.ndim == 2 else array, params)
        output = call.run()
        for cell in np.ndindex(output.shape):
            trace = call.trace(cell)
            assert trace.value == trace.steps[-1].result == output[cell]
            printed = trace.printed()
            assert float(printed["residual"]) == 0
            last = trace.steps[-1]
            before = trace.steps[-2].result if len(trace.steps) > 1 else trace.sum
            if last.kind == "multiply":
                assert last.operand is not None
                assert last.operand * last.result.dtype.type(before) == last.result


def read(line: str) -> str:
    """A formula, or what a step shows, as Python reads it."""
    line = line.replace("−", "-").replace("×", "*").replace("^", "**")
    line = re.sub(r"(?<=[\w)]) (?=(?!if|else)[a-z(])", " * ", line)
    return re.sub(r"(if|else) \* ", r"\1 ", line)


WORDS = {
    **{name: getattr(math, name) for name in ("exp", "log", "tanh", "erf", "sqrt", "pi")},
    "max": max,
    "min": min,
    "math": math,
    "np": np,
}


def stated(rng: np.random.Generator) -> Iterator[tuple[Elementwise, dict, Function]]:
    """Every activation with parameters as they are and drawn, and its function."""
    for known in ELEMENTWISE:
        for n in range(8):
            params = VARIANTS.get(known.name, [{}])[n] if n < len(VARIANTS.get(known.name, [{}])) else {}
            if n >= 4:
                params = {
                    p.name: round(float(rng.uniform(0.1, 3)), 4)
                    for p in known.parameters
                    if isinstance(p, Real)
                }
            if known.name == "rrelu":
                params = {"lower": -0.25, "upper": params.get("upper", 1.5)}
            yield known, params, known.function(known.call(0.0, **params).params)


def test_formulas_and_code_say_what_is_computed():
    rng = np.random.default_rng(5)
    for known, params, function in stated(rng):
        places = np.array([-7.3, -2.5, -0.3, 0.7, 2.9, 5.0])
        values = known(places, **params)
        code = known.written(known.call(0.0, **params).params)
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(
                eval(code.numpy, {"x": places, **WORDS}), values, rtol=1e-6, atol=1e-12
            )
        compile(code.torch, "torch", "eval")
        for x, value in zip(places.tolist(), values.tolist(), strict=True):
            for line in (english(function), said(function, repr(x)).en):
                assert eval(read(line), {"x": x, **WORDS}) == pytest.approx(value, rel=1e-5, abs=1e-9), line


def test_slopes_are_those_of_the_function_however_its_parameters_are_drawn():
    rng, step = np.random.default_rng(6), 1e-6
    for known, params, function in stated(rng):
        places = rng.uniform(-8, 8, 400)
        lower, upper = evaluate(function, places - step), evaluate(function, places + step)
        measured, by_x = (upper - lower) / (2 * step), evaluate(slope(function), places)
        # One that steps over a kink may lie anywhere between.
        apart = np.abs(measured - by_x) > 1e-6 * (1 + np.abs(by_x))
        ends = [evaluate(slope(function), places + side * step) for side in (-1, 1)]
        assert (np.abs(ends[1] - ends[0])[apart] > 1e-3).all(), (known.name, params)
        assert apart.sum() < 3
        code = known.written(known.call(0.0, **params).params).slope
        with np.errstate(all="ignore"):
            found = np.broadcast_to(eval(code, {"x": places, **WORDS}), places.shape)
        np.testing.assert_allclose(found, by_x, rtol=1e-6, atol=1e-9, err_msg=code)


def test_whole_numbers_stay_exact():
    array = np.array([-(2**40), -1, 0, 2**24 + 1, 2**40 + 1])
    output = engine.relu(array)
    assert output.dtype == np.float64
    assert output.tolist() == [0, 0, 0, 2**24 + 1, 2**40 + 1]
    assert engine.prelu(array, 3).tolist() == [-3 * 2**40, -3, 0, 2**24 + 1, 2**40 + 1]
    assert engine.prelu(np.array([-(2**23) - 1]), 3).tolist() == [-3 * 2**23 - 3]
    assert engine.relu(np.array([-5, 5], "int8")).dtype == np.float32


@cases
def test_the_result_is_the_callers_own(known: Operation, params: dict):
    array = np.full((3, 2, 2), 25, np.float32)
    bound(known, array, params).run()[...] = 1
    gradient = np.full((3, 2, 2), 2, np.float32)
    bound(known, array, params).backward(gradient)["input"][...] = 1
    assert np.all(array == 25)
    assert np.all(gradient == 2)


@cases
@pytest.mark.parametrize("kind", ["float32", "float64", "int64"])
def test_memory_is_within_what_was_said(known: Operation, params: dict, kind: str):
    rng = np.random.default_rng(4)
    scale = 2**40 if kind == "int64" else 4
    array = (rng.standard_normal((2, 3, 100, 100)) * scale).astype(np.dtype(kind))
    call = bound(known, array, params)
    tracemalloc.start()
    call.run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= call.layout.bytes + 50_000


@pytest.mark.parametrize(
    ("name", "params", "field"),
    [
        ("elu", {"alpha": math.nan}, "alpha"),
        ("leaky_relu", {"negative_slope": "steep"}, "negative_slope"),
        ("relu", {"inplace": True}, "inplace"),
    ],
)
def test_what_cannot_be_is_refused(name: str, params: dict, field: str):
    with pytest.raises(ConvscopeError) as caught:
        bound(engine.operation(name), np.ones((2, 3)), params)
    assert caught.value.field == field
