"""The network for Fashion-MNIST: as textbooks draw it, and small."""

from __future__ import annotations

import numpy as np

from engine.architectures.fashion_cnn import LOGITS, fashion_cnn
from engine.network import forward, initialise, predict


def test_it_is_what_textbooks_draw():
    network = fashion_cnn()
    stage = ["conv2d", "relu", "max_pool2d", "batch_norm"]
    end = ["flatten", "linear", "relu", "dropout", "linear", "softmax"]
    assert [layer.operation for layer in network.layers] == [*stage * 3, *end]
    assert network.input_shape == (1, 28, 28)
    shapes = {name: network.shape(name) for name in ("conv1", "pool1", "pool2", "pool3", "flatten", LOGITS)}
    assert shapes == {
        "conv1": (32, 28, 28),
        "pool1": (32, 14, 14),
        "pool2": (64, 7, 7),
        "pool3": (128, 3, 3),
        "flatten": (1152,),
        "dense2": (10,),
    }
    assert network.output == "softmax"


def test_it_has_at_most_300_000_parameters_running_statistics_included():
    network = fashion_cnn()
    initialise(network, 0)
    assert sum(array.size for array in network.weights.values()) == 242_442


def test_other_numbers_of_classes():
    assert fashion_cnn(3).shape("softmax") == (3,)


def test_dropout_does_nothing_outside_training():
    network = fashion_cnn()
    initialise(network, 1)
    pictures = np.random.default_rng(0).standard_normal((3, 1, 28, 28)).astype(np.float32)
    np.testing.assert_allclose(predict(network, pictures).sum(axis=1), 1, rtol=1e-5)
    found = dict(forward(network, pictures))
    np.testing.assert_array_equal(found["dense1/dropout"], found["dense1/relu"])
    drawn = dict(forward(network, pictures, training=True))
    assert (drawn["dense1/dropout"] == 0).sum() > (drawn["dense1/relu"] == 0).sum()
