"""Functions in one line: brackets, products, powers, words, numbers in place of x, code."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from engine.functions.function import Function, X, below_zero, choice, constant, maximum, minimum, word
from engine.functions.primitives import ABS, EXP, LN, LOGISTIC, NORMAL, SQRT, TANH
from engine.functions.spelling import english, numpy_code, said, torch_code
from engine.functions.values import evaluate

LEAKY = maximum(0, X) + 0.01 * below_zero(X)
CURVE = choice(X > -2.5, X, LN(1 + EXP(X)))


@pytest.mark.parametrize(
    ("function", "number", "expected"),
    [
        (maximum(0, X), "779", "max(0, 779)"),
        (maximum(0, X), "-5", "max(0, −5)"),
        (LEAKY, "-5", "max(0, −5) + 0.01 min(0, −5)"),
        (LOGISTIC(X), "-5", "1 / (1 + exp(−(−5)))"),
        (X * LOGISTIC(2 * X), "4", "4 / (1 + exp(−2 × 4))"),
        (X * NORMAL(X), "-4", "(−4) × (1 + erf((−4) / sqrt(2))) / 2"),
        (X * maximum(0, minimum(1, X / 6 + 0.5)), "4", "4 × max(0, min(1, 4 / 6 + 0.5))"),
        (CURVE, "-4", "−4 if −4 > −2.5 else ln(1 + exp(−4))"),
        (X**2, "-4", "(−4)^2"),
        (X**2, "Infinity", "∞^2"),
        (X**-0.75, "x", "x^−0.75"),
        (X ** (constant(1) / 3), "8", "8^(1/3)"),
        (EXP(word("x[3]") - word("max")) / word("sum"), "4", "exp(x[3] − max) / sum"),
        (ABS(X) / word("max"), "x", "|x| / max"),
        ((ABS(X) / word("max")) ** 3, "x", "(|x| / max)^3"),
        (-(word("q") * LN(X)), "2", "−q ln(2)"),
        (3 - (X + 1), "-2", "3 − (−2 + 1)"),
        (1 + X, "-2", "1 + (−2)"),
        (0.5 * X**3, "2", "0.5 × 2^3"),
    ],
)
def test_lines_with_a_number_in_them(function: Function, number: str, expected: str):
    assert said(function, number).en == expected


def test_words_are_said_in_both_languages():
    assert said(CURVE).zh == "若 x > −2.5 则取 x，否则取 ln(1 + exp(x))"
    deviation = SQRT(word("variance", "方差") + word("eps", "ε"))
    assert said(deviation) == ("sqrt(variance + eps)", "sqrt(方差 + ε)")
    assert english(LEAKY) == "max(0, x) + 0.01 min(0, x)"
    assert english(X**-0.75) == "x^-0.75", "in plain signs"


def test_code_in_both_packages():
    assert numpy_code(LEAKY) == "np.maximum(0, x) + 0.01 * np.minimum(0, x)"
    assert torch_code(LEAKY) == "torch.clamp(x, min=0) + 0.01 * torch.clamp(x, max=0)"
    assert torch_code(X * LOGISTIC(2 * X)) == "x * torch.sigmoid(2 * x)"
    assert numpy_code(CURVE) == "np.where(x > -2.5, x, np.log(1 + np.exp(x)))"


def drawn(rng: np.random.Generator, depth: int) -> Function:
    """A function of sums, differences, products, quotients, powers, bounds and choices."""
    if depth == 0 or rng.random() < 0.15:
        return X if rng.random() < 0.6 else constant(float(rng.integers(1, 9)) / 4)
    left, right = drawn(rng, depth - 1), drawn(rng, depth - 1)
    match int(rng.integers(9)):
        case 0:
            return left + right
        case 1:
            return left - right
        case 2 | 3:
            return left * right
        case 4:
            return left / (2.5 + TANH(right))
        case 5:
            return left ** int(rng.integers(2, 4))
        case 6:
            return -left
        case 7:
            return maximum(constant(float(rng.integers(-3, 3))), left)
        case _:
            return choice(left > right, left, TANH(right))


def test_every_line_reads_as_the_function_computes():
    rng = np.random.default_rng(0)
    x = np.array([-1.75, -0.5, 0.5, 1.25])
    names = {"max": max, "min": min, "tanh": math.tanh, "np": np}
    for _ in range(1500):
        function = drawn(rng, 4)
        values = evaluate(function, x)
        assert np.allclose(np.broadcast_to(eval(numpy_code(function), {"x": x, **names}), x.shape), values)
        for place, value in zip(x.tolist(), values.tolist(), strict=True):
            for line in (english(function), said(function, repr(place)).en):
                python = line.replace("−", "-").replace("×", "*").replace("^", "**")
                python = re.sub(r"(?<=[\w)]) (?=(?!if|else)[\w(])", " * ", python)
                python = re.sub(r"\b(if|else) \* ", r"\1 ", python)
                assert eval(python, {"x": place, **names}) == pytest.approx(value, rel=1e-4, abs=1e-4), line
