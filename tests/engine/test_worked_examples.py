"""The numbers that courses teach with, through the engine."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.analysis.report import shape_report
from engine.kernels import kernel
from engine.limits import Limits
from tests.worked_examples import EXAMPLES, Example


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case)
def test_example(example: Example):
    operation, shapes = engine.operation(example.operation), {"input": example.input_shape}
    asked, _, layout = operation.plan(shapes, example.params, Limits())
    assert layout.output == example.output_shape
    report = shape_report(operation, shapes, asked, Limits())
    assert report["output_shape"] == list(example.output_shape)
    if example.dropped is not None:
        assert tuple(report["dropped"].values()) == example.dropped
        assert tuple(len(axis["unread"]) for axis in report["axes"]) == example.dropped
    if example.parameters is not None:
        assert report["parameters"] == example.parameters
    if example.macs is not None:
        assert report["macs"] == example.macs
    if example.receptive_field is not None:
        assert tuple(report["receptive_field"]) == example.receptive_field


def test_every_case_stands_once():
    cases = [(example.case, str(example.params)) for example in EXAMPLES]
    assert len(set(cases)) == len(cases) >= 50


def test_two_small_kernels_see_as_far_as_a_large_one():
    """Two 3x3 kernels: field 5x5; three: 7x7, with 18 and 27 weights against 25 and 49."""
    for times, size in ((2, 5), (3, 7)):
        picture = np.zeros((1, size, size))
        for _ in range(times):
            assert picture.shape[1] >= 3
            picture = engine.conv2d(picture, np.ones((3, 3)))
        assert picture.shape == (1, 1, 1)
        assert picture.shape == engine.conv2d(np.zeros((1, size, size)), np.ones((size, size))).shape


def test_sobel_is_separable_as_printed():
    """[1 2 1] downwards times [-1 0 1] sideways, as cross-correlation."""
    assert kernel("sobel-x").values.tolist() == np.outer([1, 2, 1], [-1, 0, 1]).tolist()
    rng = np.random.default_rng(90)
    picture = rng.integers(0, 256, (1, 9, 8)).astype(np.uint8)
    two_passes = engine.conv2d(engine.conv2d(picture, [[1], [2], [1]]), [[-1, 0, 1]])
    np.testing.assert_array_equal(two_passes, engine.conv2d(picture, kernel("sobel-x").values))


def test_fully_connected_is_a_convolution_over_everything():
    rng = np.random.default_rng(91)
    picture, weight = rng.integers(0, 9, (3, 4, 4)), rng.integers(-9, 9, (10, 3, 4, 4))
    expected = weight.reshape(10, -1) @ picture.ravel()
    assert engine.conv2d(picture, weight).ravel().tolist() == expected.tolist()


def test_the_convolved_channels_are_summed_not_the_picture():
    rng = np.random.default_rng(92)
    picture, weight = rng.integers(0, 256, (3, 6, 6)), rng.integers(-9, 9, (1, 3, 3, 3))
    alone = sum(engine.conv2d(picture[c : c + 1], weight[:, c : c + 1]) for c in range(3))
    np.testing.assert_array_equal(engine.conv2d(picture, weight), alone)


def test_the_edge_is_seen_less_often_than_the_middle():
    for padding, seen in ((0, [1, 2, 3, 2, 1]), (1, [2, 3, 3, 3, 2])):
        params = {"kernel_size": 3, "padding": padding}
        layout = engine.operation("conv2d").plan({"input": (1, 5, 5)}, params, Limits())[2]
        assert layout.axes[0].coverage.tolist() == seen
