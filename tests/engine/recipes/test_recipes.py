"""Recipes: NumPy alone gives the engine's numbers, for every operation and drawn parameters."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from engine.declaration.call import Call
from engine.declaration.recipe import Recipe
from engine.registry import all_operations
from tests.engine.draws import PICTURES, WHOLE, drawings

EVERY = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)
SPOTS = {1: "k", 2: "k, column", 3: "k, row, column", 4: "k, plane, row, column"}


def known(call: Call) -> dict[str, Any]:
    """The names that a recipe's NumPy lines know."""
    names: dict[str, Any] = {"np": np, "math": math, "sliding_window_view": sliding_window_view}
    for name, array in call.inputs.items():
        wide = array.astype(np.int64 if array.dtype.kind in "iu" else np.float64)
        names["x" if name == "input" else name] = wide
    return names


def done(call: Call, recipe: Recipe) -> dict[str, Any]:
    names = known(call)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(recipe.numpy, names)
    return names


def assert_close(found, wanted: np.ndarray, code: str) -> None:
    found = np.asarray(found, np.float64)
    wanted = np.asarray(wanted, np.float64)
    assert found.shape == wanted.shape, (found.shape, wanted.shape, code)
    scale = max(float(np.abs(wanted[np.isfinite(wanted)]).max(initial=0)), 1e-3)
    np.testing.assert_allclose(found, wanted, rtol=2e-4, atol=1e-4 * scale, err_msg=code)


@EVERY
def test_numpy_gives_the_same_numbers(operation):
    for drawn in [*drawings(operation, 60, WHOLE), *drawings(operation, 60, PICTURES)]:
        call = drawn.call
        recipe = operation.recipe(call)
        assert recipe is not None
        compile(recipe.torch, "torch", "exec")
        names = done(call, recipe)
        assert_close(names["output"], call.run(), recipe.numpy)
        for name, (lines, _) in recipe.further.items():
            further = call.outputs()
            if name in further:
                exec(lines, names)
                assert_close(names[name], further[name], f"{recipe.numpy}\n{lines}")


@EVERY
def test_terms_are_the_traces(operation):
    for drawn in [*drawings(operation, 30, WHOLE), *drawings(operation, 30, PICTURES)]:
        call, recipe = drawn.call, operation.recipe(drawn.call)
        output = call.layout.output
        if 0 in output:
            continue
        names = done(call, recipe)
        cell = tuple(int(np.random.default_rng(len(output)).integers(n)) for n in output)
        names["cell"] = cell
        if operation.dims is not None and len(cell) in SPOTS:
            exec(f"{SPOTS[len(cell)]}{',' if len(cell) == 1 else ''} = cell", names)
        trace = call.trace(cell)
        terms = np.asarray(eval(recipe.terms, names), np.float64)
        scale = np.abs(terms[np.isfinite(terms)]).sum() + 1e-3
        total = getattr(terms, recipe.reduction)()
        assert total == pytest.approx(trace.sum, rel=2e-4, abs=1e-5 * scale), (recipe.numpy, recipe.terms)
