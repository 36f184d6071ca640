"""The lines about kernels, run: spread over groups, divided and added per map as the engine does it."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.algorithms import bank
from engine.declaration.call import Call
from engine.recipes.kernels import by_map, divided_part, finished, spread


def bound(**given: object) -> Call:
    """A grouped convolution of 4 channels into 6 maps."""
    inputs = {"input": np.zeros((4, 5, 5)), "weight": np.ones((3, 3, 3))}
    return engine.operation("conv2d").bind(inputs | given, {"groups": 2})


def ran(code: str | None, **names: object) -> dict[str, object]:
    known = {"np": np, **names}
    exec(code or "", known)
    return known


@pytest.mark.parametrize("shape", [(3, 3), (3, 3, 3), (6, 2, 3, 3)])
@pytest.mark.parametrize("groups", [1, 2])
def test_kernels_without_channels_are_given_those_of_a_group(shape: tuple[int, ...], groups: int):
    weight = np.random.default_rng(1).integers(-9, 10, shape)
    numpy, torch = spread(shape, groups, 2, 2)
    found = ran(numpy, weight=weight)["weight"]
    if len(shape) == 4:
        assert numpy is torch is None
        return
    assert isinstance(found, np.ndarray)
    kernels = weight.reshape(-1, 3, 3)
    assert found.shape == (groups * len(kernels), 2, 3, 3)
    for number, channel in np.ndindex(found.shape[:2]):
        np.testing.assert_array_equal(found[number, channel], kernels[number % len(kernels)])
    assert torch is not None
    assert torch.startswith("weight = weight.reshape")


@pytest.mark.parametrize("divisor", [4, [4], [1, 2, 3], [1, 2, 3, 4, 5, 6]])
def test_maps_are_divided_as_the_engine_divides_them(divisor: object):
    call, maps = bound(divisor=divisor), np.ones((6, 3, 3))
    numpy, _ = by_map(call, "divisor", "/", 6, 2)
    found = ran(numpy, output=maps, divisor=np.array(divisor))["output"]
    each = bank.per_map(np.array(divisor), 6)
    assert each is not None
    np.testing.assert_array_equal(found, maps / each[:, None, None])
    for k in range(6):
        assert eval(f"1{divided_part(call)}", {"divisor": np.array(divisor), "k": k}) == 1 / each[k]


def test_pytorch_adds_the_bias_itself_where_it_can():
    assert finished(bound(), 6, 2) == ("", "", "")
    numpy, torch, bias = finished(bound(bias=np.arange(6)), 6, 2)
    assert (numpy, torch, bias) == ("output = output + bias[:, None, None]", "", ", bias")
    for given in ({"bias": np.arange(3)}, {"bias": np.arange(6), "divisor": 2}, {"bias": 1}):
        numpy, torch, bias = finished(bound(**given), 6, 2)
        assert bias == ""
        assert "+ bias" in torch
        assert "+ " in numpy
