"""Transposed convolution in other words: zeros between the cells, and what PyTorch is told."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import engine
from engine.declaration.call import Call
from engine.declaration.recipe import Recipe


def recipe_of(weight: np.ndarray, **params: object) -> tuple[Call, Recipe]:
    x = np.random.default_rng(1).integers(-9, 10, (2, 3, 4))
    call = engine.operation("conv_transpose2d").bind({"input": x, "weight": weight}, params)
    recipe = call.operation.recipe(call)
    assert recipe is not None
    return call, recipe


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"stride": 2},
        {"stride": [3, 2], "padding": 1, "output_padding": [2, 1]},
        {"stride": 2, "padding": [1, 0, 2, 1]},
        {"dilation": 2, "groups": 2},
    ],
)
@pytest.mark.parametrize("full", [False, True])
def test_zeros_between_cells_and_kernels_turned_round_give_the_engines_numbers(params: dict, full: bool):
    rng = np.random.default_rng(2)
    weight = rng.integers(-9, 10, (2, 3, 3, 3) if full else (3, 3, 3))
    call, recipe = recipe_of(weight, **params)
    names = {"np": np, "sliding_window_view": sliding_window_view, "weight": weight}
    names["x"] = call.inputs["input"]
    exec(recipe.numpy, names)
    np.testing.assert_array_equal(names["output"], call.run())


def test_pytorch_is_told_what_is_not_usual():
    weight = np.ones((2, 3, 3, 3))
    assert recipe_of(weight)[1].torch == "output = F.conv_transpose2d(x, weight)"
    _, recipe = recipe_of(weight, stride=2, padding=1, output_padding=1)
    told = "output = F.conv_transpose2d(x, weight, stride=2, padding=1, output_padding=1)"
    assert recipe.torch == told


def test_two_sides_that_differ_are_cut_afterwards():
    """PyTorch takes one number for both."""
    call, recipe = recipe_of(np.ones((2, 3, 3, 3)), padding=[0, 2, 1, 1])
    assert "padding" not in recipe.torch
    height, width = call.layout.output[1:]
    assert recipe.torch.endswith(f"output = output[..., 0:{height}, 1:{1 + width}]")
