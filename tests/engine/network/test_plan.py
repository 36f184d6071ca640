"""The sizes of every layer, before anything runs."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import LimitError, ShapeError
from engine.limits import Limits
from engine.network import Layer, Network, predict, summary
from tests.engine.network.nets import conv, dense, relu


@pytest.mark.parametrize("shape", [(), (0, 2), (1, -2, 3), (1.5, 2, 2), (True, 2, 2)])
def test_an_input_needs_sizes(shape: tuple[int, ...]):
    with pytest.raises(ShapeError, match="input_shape must be sizes"):
        Network([relu("a")], shape)


def test_limits_hold_for_every_layer():
    with pytest.raises(LimitError, match=r"Layer 'big' \(conv2d\).*The number of output cells is 40,960,000"):
        Network([conv("big", 4096, 1)], (1, 100, 100), limits=Limits())


def test_maps_of_unlike_numbers_of_axes_do_not_meet():
    """(C, H, W) + (W,) would line a batch's (N, C, H, W) up with (N, W)."""
    row = [
        Layer("global_avg_pool2d", {}, "mean", "input"),
        Layer("flatten", {}, "row"),
        Layer("add", {}, "sum", {"input": "input", "other": "row"}),
    ]
    said = (
        r"Layer 'sum' \(add\), given \[3, 3, 3\] from 'input' and \[3\] from 'row': "
        "other must have as many axes as input, 3"
    )
    with pytest.raises(ShapeError, match=said):
        Network(row, (3, 3, 3))
    turned = [*row[:2], Layer("add", {}, "sum", {"input": "row", "other": "input"})]
    with pytest.raises(ShapeError, match="other must have as many axes as input, 1"):
        Network(turned, (3, 3, 3))
    scaled = Network([row[0], Layer("add", {}, "sum", {"input": "input", "other": "mean"})], (3, 3, 3))
    batch = np.random.default_rng(0).standard_normal((3, 3, 3, 3))
    together = predict(scaled, batch)
    for number, picture in enumerate(batch):
        np.testing.assert_allclose(together[number], predict(scaled, picture))


def test_held_maps_may_lack_axes_and_have_none_too_many():
    held = {("sum", "other"): np.arange(4.0)}
    network = Network([Layer("add", {}, "sum", "input")], (2, 3, 4), held)
    batch = np.random.default_rng(0).standard_normal((4, 2, 3, 4))
    np.testing.assert_array_equal(predict(network, batch)[1], predict(network, batch[1]))
    with pytest.raises(ShapeError, match="other must have as many axes as input, 3"):
        Network([Layer("add", {}, "sum", "input")], (2, 3, 4), {("sum", "other"): np.ones((1, 2, 3, 4))})


def test_sizes_follow_the_weights_where_they_are_given():
    weights = {("c", "weight"): np.ones((6, 3, 5, 5)), ("c", "bias"): np.zeros(6)}
    network = Network([Layer("conv2d", name="c")], (3, 32, 32), weights)
    assert network.shape("c") == (6, 28, 28)
    assert summary(network).parameters == 456


def test_dense_layers_need_a_row_of_numbers():
    network = Network([dense("scores", 10)], (3, 4, 5))
    assert network.shape("scores") == (3, 4, 10)
