"""Limits: what lies at the end is accepted, one more is refused by name."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from engine.errors import ConvscopeError, LimitError, ParameterError
from engine.limits import UNLIMITED, Limits
from engine.registry import operation
from engine.texts import Text, fill


def test_the_numbers_of_the_design():
    limits = Limits()
    assert (limits.kernel, limits.stride, limits.dilation, limits.padding) == (31, 16, 16, 512)
    assert (limits.channels, limits.cells, limits.bytes) == (4096, 16_000_000, 512 * 2**20)


def test_unlimited_is_so_in_every_respect():
    assert all(getattr(UNLIMITED, field.name) >= 2**60 for field in fields(Limits))


@pytest.mark.parametrize("field", [field.name for field in fields(Limits)])
def test_a_limit_holds_at_its_end(field: str):
    limits = replace(UNLIMITED, **{field: 100})
    thing = Text("The thing", "此物")
    limits.check(field, 100, thing)
    with pytest.raises(LimitError) as caught:
        limits.check(field, 1_000_101, thing, "input")
    error = caught.value
    assert str(error) == f"The thing is 1,000,101; the limit ({field}) is 100."
    assert fill(error.text.zh, error.values) == f"此物为 1,000,101；上限（{field}）为 100。"
    assert (error.code, error.field) == (f"limit_{field}", "input")
    assert error.values == {"asked": 1_000_101, "max": 100, "limit": field}


@pytest.mark.parametrize(
    ("name", "most"), [("kernel_size", 31), ("stride", 16), ("dilation", 16), ("padding", 512)]
)
def test_parameters_keep_within_the_limits(name: str, most: int):
    conv2d, shapes = operation("conv2d"), {"input": (1, 600, 600)}
    usual = {"kernel_size": 3}
    conv2d.plan(shapes, {**usual, name: most}, Limits())
    with pytest.raises(ParameterError, match=f"{name} must be a whole number from [01] to {most}") as caught:
        conv2d.plan(shapes, {**usual, name: most + 1}, Limits())
    assert caught.value.field == name
    assert caught.value.values["max"] == most
    conv2d.plan(shapes, {**usual, name: most + 1})


def test_weights_keep_within_the_limits_too():
    """kernel_size and out_channels that follow from weights are held to the same ends."""
    conv2d = operation("conv2d")
    conv2d.plan({"input": (1, 40, 40), "weight": (31, 31)}, {}, Limits())
    with pytest.raises(ConvscopeError, match="31"):
        conv2d.plan({"input": (1, 40, 40), "weight": (32, 31)}, {}, Limits())
    with pytest.raises(ConvscopeError, match=r"4,?096"):
        conv2d.plan({"input": (1, 4, 4), "weight": (4097, 1, 1)}, {}, Limits())


@pytest.mark.parametrize("name", ["conv2d", "max_pool2d", "avg_pool2d"])
def test_channels_cells_and_bytes(name: str):
    wanted, params = operation(name), {"kernel_size": 1}
    wanted.plan({"input": (4096, 2, 2)}, params, Limits())
    with pytest.raises(LimitError, match="4,096") as caught:
        wanted.plan({"input": (4097, 2, 2)}, params, Limits())
    assert caught.value.code == "limit_channels"
    # Every output counts: max pooling's winners too.
    outputs = len(wanted.outputs)
    roomy = replace(UNLIMITED, cells=outputs * 10**6)
    wanted.plan({"input": (1, 1000, 1000)}, params, roomy)
    with pytest.raises(LimitError, match=f"{outputs * 1_001_000:,}") as caught:
        wanted.plan({"input": (1, 1001, 1000)}, params, roomy)
    assert caught.value.code == "limit_cells"
    with pytest.raises(LimitError, match="memory") as caught:
        wanted.plan({"input": (1, 1001, 1000)}, params, replace(UNLIMITED, bytes=10**6))
    assert caught.value.code == "limit_bytes"


@pytest.mark.parametrize("name", ["conv2d", "max_pool2d", "avg_pool2d"])
def test_numbers_beyond_any_machine_are_refused_not_overflown(name: str):
    wanted = operation(name)
    for shape in ((1, 10**30, 10**30), (1, 2**62, 2**62), (10**40, 1, 1)):
        with pytest.raises(LimitError):
            wanted.plan({"input": shape}, {"kernel_size": 1}, Limits())


@pytest.mark.parametrize("name", ["conv2d", "max_pool2d", "avg_pool2d"])
def test_a_batch_counts_as_a_whole(name: str):
    with pytest.raises(LimitError, match="cells"):
        operation(name).plan({"input": (17, 1, 1000, 1000)}, {"kernel_size": 1}, Limits())


def test_the_engine_alone_is_unlimited():
    assert operation("max_pool2d")(np.zeros((1, 600, 2)), [600, 2]).shape == (1, 1, 1)
