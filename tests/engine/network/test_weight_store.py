"""A network's weights: changed in place, replaced, refused."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ConvscopeError, ParameterError, ShapeError, UnknownName
from engine.network import Layer, Network, predict
from tests.engine.network.nets import branching, conv, relu


def test_weights_are_changed_in_place_or_replaced():
    network = branching()
    before = predict(network, np.ones((2, 7, 7)))
    network.weights["stem", "weight"][...] *= 2
    assert not np.array_equal(predict(network, np.ones((2, 7, 7))), before)
    network.weights["stem", "weight"] = network.weights["stem", "weight"] / 2
    np.testing.assert_array_equal(predict(network, np.ones((2, 7, 7))), before)


def test_weights_are_the_callers_own_arrays_and_replacing_is_counted():
    network, bias = branching(), np.zeros(4)
    version = network.weights.version
    network.weights["stem", "bias"] = bias
    assert network.weights["stem", "bias"] is bias
    del network.weights["stem", "bias"]
    assert network.weights.version == version + 2


def test_weights_of_another_shape_or_name_are_refused():
    network = branching()
    with pytest.raises(ShapeError, match=r"Layer 'stem' \(conv2d\): its weight must be \[4, 2, 3, 3\]"):
        network.weights["stem", "weight"] = np.zeros((4, 2, 5, 5))
    with pytest.raises(UnknownName, match="No layer holds weights called 'stem/kernel'"):
        network.weights["stem", "kernel"] = np.zeros(4)
    with pytest.raises(ParameterError, match="must be real numbers"):
        network.weights["stem", "bias"] = ["a"]
    with pytest.raises(UnknownName, match=r"Layer 'stem' \(relu\): there is no input called 'kernel'"):
        Network([relu("stem")], (1, 2, 2), {("stem", "kernel"): [1]})
    with pytest.raises(UnknownName, match="No layer holds weights called 'other/weight'"):
        Network([relu("stem")], (1, 2, 2), {("other", "weight"): [1]})


def test_weights_of_a_network_that_was_counted_must_leave_its_sizes():
    network = Network([Layer("conv2d", {"kernel_size": 3, "out_channels": 4}, "conv")], (2, 8, 8))
    assert network.weights.missing == [("conv", "weight")]
    for shape in ((4, 2, 5, 5), (5, 2, 3, 3), (4, 1, 3, 3)):
        with pytest.raises(ConvscopeError):
            network.weights["conv", "weight"] = np.zeros(shape)
    network.weights["conv", "weight"] = np.zeros((4, 2, 3, 3))
    assert network.weights.missing == []


def test_a_network_without_weights_says_which_are_missing():
    network = Network([conv("conv", 4, 3)], (2, 8, 8))
    with pytest.raises(ParameterError, match=r"Layer 'conv' \(conv2d\) has no weight yet"):
        predict(network, np.ones((2, 8, 8)))
