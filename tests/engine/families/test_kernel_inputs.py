"""Inputs beside the picture: what the weights say counts, and division and bias have an adjoint."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params
from engine.errors import ParameterError, ShapeError
from engine.families.kernel_inputs import (
    GROUPS,
    OUT_CHANNELS,
    SIZE,
    KernelOperation,
    apply_per_map,
    check_groups,
    check_rank,
    follow,
    need_weights,
)

PICTURE = np.random.default_rng(1).integers(-9, 10, (6, 5, 5))


def test_what_follows_from_the_weights_is_taken_from_them():
    for given in (None, 8):
        assert follow(Params({"out_channels": given}), OUT_CHANNELS, 8).get_of(OUT_CHANNELS) == 8
    with pytest.raises(ParameterError, match="out_channels is 7, but the weights say 8") as caught:
        follow(Params({"out_channels": 7}), OUT_CHANNELS, 8)
    assert (caught.value.code, caught.value.field) == ("contradiction", "out_channels")


def test_shapes_alone_need_a_kernel_size():
    need_weights("conv2d", Params({"kernel_size": (3, 3)}), SIZE)
    with pytest.raises(
        ParameterError, match=r"needs weights \(or, for shapes alone, kernel_size\)"
    ) as caught:
        need_weights("conv2d", Params({"kernel_size": None}), SIZE)
    assert (caught.value.code, caught.value.field) == ("missing_input", "weight")


@pytest.mark.parametrize(("dims", "size"), [(1, "(k)"), (2, "(kh, kw)"), (3, "(kd, kh, kw)")])
def test_kernels_may_name_maps_and_channels_or_neither(dims: int, size: str):
    for lead in ((), (4,), (4, 2)):
        check_rank((*lead, *[3] * dims), dims, "O, C / groups")
    for shape in ((3,) * (dims - 1), (4, 2, 1, *[3] * dims), (4, 0, *[3] * dims)):
        with pytest.raises(ShapeError) as caught:
            check_rank(shape, dims, "O, C / groups")
        assert size in caught.value.message
        assert caught.value.field == "weight"


def test_groups_divide_channels_and_maps():
    check_groups(3, {"input channels": 6, "output maps": 9})
    with pytest.raises(ShapeError, match="groups is 4, which does not divide the 6 input channels"):
        check_groups(4, {"input channels": 6, "output maps": 8})
    with pytest.raises(ShapeError, match="the 9 output maps"):
        check_groups(2, {"input channels": 6, "output maps": 9})


def test_only_what_could_do_is_tried():
    conv2d = engine.operation("conv2d")
    shapes = {"input": (6, 5, 5), "weight": (4, 3, 3, 3)}
    _, settled, _ = conv2d.plan(shapes, {"groups": 2})
    assert conv2d.candidates(GROUPS, shapes, settled) == [1, 2, 3, 6]
    tried = conv2d.candidates(OUT_CHANNELS, shapes, settled)
    assert tried is not None
    assert list(tried[:3]) == [2, 4, 6]
    assert conv2d.imagine(shapes, SIZE, (5, 1))["weight"] == (4, 3, 5, 1)
    assert conv2d.imagine(shapes, GROUPS, 3) == shapes


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_numbers_per_map_take_the_type_of_the_result_if_they_fit_it(kind: str):
    result = np.ones((1, 2, 2, 2), kind)
    apply_per_map(result, np.array([3, 4]), np.divide, 2)
    assert result.dtype == kind
    expected = np.broadcast_to(np.array([1, 1], kind) / np.array([3, 4], kind), (2, 2, 2)).T
    np.testing.assert_array_equal(result[0], expected)
    # 2**24 + 1 is beyond float32, so that the division is in float64 and rounded once.
    apply_per_map(result := np.full((1, 1, 1), 2**24 + 2, kind), np.array([2**24 + 1]), np.divide, 1)
    assert result.item() == np.dtype(kind).type((2**24 + 2) / (2**24 + 1))


@pytest.mark.parametrize("divisor", [None, 4.0, [2.0, -5.0], [1.0, 2.0, 3.0, 4.0]])
@pytest.mark.parametrize("batch", [(), (2,)])
def test_the_way_back_is_the_adjoint_of_dividing(divisor: object, batch: tuple[int, ...]):
    known: Operation = engine.operation("conv2d")
    assert isinstance(known, KernelOperation)
    rng = np.random.default_rng(2)
    inputs = {"input": rng.standard_normal((*batch, 2, 4, 4)), "weight": np.ones((2, 3, 3))}
    inputs["bias"] = rng.standard_normal(2)
    call = known.bind(inputs | ({} if divisor is None else {"divisor": divisor}), {"groups": 2})
    kind = np.dtype(np.float64)
    sums, gradient = rng.standard_normal((2, *(batch or (1,)), 4, 2, 2))
    gradient = gradient.reshape(call.layout.output)
    nothing = known.finish(call, np.zeros_like(sums), kind, range(4))
    forth = ((known.finish(call, sums.copy(), kind, range(4)) - nothing) * gradient).sum()
    back, found = known.unfinish(call, gradient, kind)
    assert forth == pytest.approx((sums * back).sum(), rel=1e-12)
    assert (nothing * gradient).sum() == pytest.approx((inputs["bias"] * found["bias"]).sum(), rel=1e-12)


@pytest.mark.parametrize("divisor", [0, [1, 0], np.nan, np.inf])
def test_nothing_is_divided_by_0_or_by_what_is_not_finite(divisor: object):
    with pytest.raises(ParameterError) as caught:
        engine.operation("conv2d").bind(
            {"input": PICTURE, "weight": np.ones((2, 3, 3)), "divisor": divisor}, {}
        )
    assert (caught.value.code, caught.value.field) == ("divisor_zero", "divisor")
