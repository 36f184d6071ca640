"""What is particular to convolution: channels, groups, spreading kernels, bias, divisor, exactness."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from tests.engine.draws import LAYOUTS
from tests.engine.oracles.windows import ORACLES

RNG = np.random.default_rng(100)
PHOTO = RNG.integers(0, 256, (3, 9, 8)).astype(np.uint8)


def naive(inputs: dict[str, object], **params: object) -> list:
    arrays = {name: np.asarray(value) for name, value in inputs.items()}
    return ORACLES["conv2d"](arrays, params).tolist()


def test_it_is_cross_correlation():
    """No kernel is flipped: a single weight picks the cell at its own place."""
    picture, weight = np.arange(16).reshape(1, 4, 4), np.zeros((3, 3), int)
    weight[0, 2] = 1
    assert engine.conv2d(picture, weight).tolist() == [[[2, 3], [6, 7]]]


@pytest.mark.parametrize("groups", [1, 3])
def test_plain_kernels_spread_over_the_channels(groups: int):
    """Groups 1 sums the channels to one map a kernel; groups C gives one map a channel and kernel."""
    kernels = RNG.integers(-9, 10, (2, 3, 3))
    output = engine.conv2d(PHOTO, kernels, groups=groups)
    one = [[engine.conv2d(PHOTO[c : c + 1], k)[0] for k in kernels] for c in range(3)]
    expected = (
        [sum(one[c][k] for c in range(3)) for k in range(2)] if groups == 1 else [m for c in one for m in c]
    )
    np.testing.assert_array_equal(output, np.array(expected))
    single = engine.conv2d(PHOTO, kernels[0], groups=groups)
    np.testing.assert_array_equal(single, output[::2] if groups == 3 else output[:1])


def test_bias_and_divisor_per_kernel_and_per_map():
    """Map number = channel x kernels + kernel: a list of two repeats, a list of six does not."""
    kernels = RNG.integers(-9, 10, (2, 3, 3))
    plain = engine.conv2d(PHOTO, kernels, groups=3).astype(np.float64)
    assert plain.shape[0] == 6
    shape = (6, 1, 1)
    for bias in ([1, -2], [1, -2, 3, -4, 5, -6], 7, [7]):
        expected = plain + np.resize(bias, 6).reshape(shape)
        np.testing.assert_array_equal(engine.conv2d(PHOTO, kernels, bias, groups=3), expected)
    for divisor in ([2, 4], [2, 4, 8, 16, 32, 64], -2):
        expected = plain / np.resize(divisor, 6).reshape(shape)
        output = engine.conv2d(PHOTO, kernels, 3, groups=3, divisor=divisor)
        np.testing.assert_array_equal(output, expected + 3)


def test_a_window_of_nothing_but_padding_gives_the_bias():
    output = engine.conv2d(PHOTO, np.ones((2, 2)), 5, 1, 4)
    assert output[0, 0, 0] == output[0, -1, -1] == 5


@pytest.mark.parametrize("word", ["valid", "same", "full"])
@pytest.mark.parametrize("stride", [1, [2, 3], 5])
@pytest.mark.parametrize("dilation", [1, [2, 1], 3])
@pytest.mark.parametrize("size", [(2, 3), (3, 2), (1, 1)])
def test_padding_words_with_stride_and_dilation(word: str, stride, dilation, size):
    weight = RNG.integers(-9, 10, (2, 3, *size))
    output = engine.conv2d(PHOTO, weight, None, stride, word, dilation)
    inputs = {"input": PHOTO, "weight": weight}
    assert output.tolist() == naive(inputs, stride=stride, padding=word, dilation=dilation)


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_padding_modes_on_four_sides(mode: str):
    weight = RNG.integers(-9, 10, (2, 3, 3, 2))
    padding = [1, 2, 3, 4]
    output = engine.conv2d(PHOTO, weight, padding=padding, padding_mode=mode)
    assert output.tolist() == naive({"input": PHOTO, "weight": weight}, padding=padding, padding_mode=mode)


@pytest.mark.parametrize(("mode", "most"), [("reflect", (8, 8, 7, 7)), ("circular", (9, 9, 8, 8))])
def test_padding_modes_at_their_limit(mode: str, most: tuple[int, ...]):
    weight = RNG.integers(-9, 10, (3, 3))
    output = engine.conv2d(PHOTO, weight, padding=most, padding_mode=mode)
    assert output.tolist() == naive({"input": PHOTO, "weight": weight}, padding=most, padding_mode=mode)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["uint8", "float32", "float64"])
def test_memory_layouts_of_input_and_weights(layout: str, kind: str):
    picture, weight = PHOTO.astype(kind), RNG.integers(-9, 10, (4, 3, 3, 3)).astype(np.float32)
    picture, weight = LAYOUTS[layout](picture), LAYOUTS[layout](weight)
    expected = engine.conv2d(np.array(picture), np.array(weight), [1, 2, 3, 4], 2, 1)
    np.testing.assert_array_equal(engine.conv2d(picture, weight, [1, 2, 3, 4], 2, 1), expected)


def test_lists_do_as_well_as_arrays():
    assert engine.conv2d([[[1, 2], [3, 4]]], [[1, 1], [1, 1]], [0.5]).tolist() == [[[10.5]]]


@pytest.mark.parametrize(
    ("picture", "weight", "bias"),
    [
        (np.full((1, 1, 1), 2**24 + 1), [[1]], None),
        (np.full((1, 1, 1), 2**40 + 1), [[3]], None),
        (np.full((1, 1, 1), -(2**31), np.int32), [[3]], None),
        (np.full((1, 9, 9), 255, np.uint8), np.full((9, 9), 1_000_003), None),
        (np.full((4093, 1, 1), 251, np.uint8), [[4099]], None),
        (np.full((300, 2, 2), 255, np.uint8), np.full((2, 2), 99), None),
        (np.full((4, 3, 3), 65535, np.uint16), np.full((1, 4, 3, 3), 32767), None),
        (np.full((1, 1, 1), 2**24 + 1), np.array([[1]], np.float32), None),
        (np.full((1, 1, 1), 1, np.uint8), [[2**30 + 1]], None),
        (np.full((1, 1, 1), 1.0), [[2**30 + 1]], None),
        (np.full((1, 1, 1), 3, np.uint8), [[1]], 2**24 + 2),
        (np.full((1, 1, 1), 3, np.uint8), [[1]], 2**40),
        (np.full((1, 1, 1), 200, np.uint8), [[1]], np.float64(2**24 + 1)),
        (np.full((1, 1, 1), 2**62, np.uint64), [[1]], None),
        (np.full((1, 1, 1), -128, np.int8), [[-128]], None),
    ],
)
def test_whole_numbers_stay_exact_however_large(picture: np.ndarray, weight, bias):
    output = engine.conv2d(picture, weight, bias)
    weights = np.asarray(weight)
    if weights.ndim == 2:
        total = sum(
            int(v) * int(w) for plane in picture for v, w in zip(plane.flat, weights.flat, strict=True)
        )
    else:
        total = sum(int(v) * int(w) for v, w in zip(picture.flat, weights[0].flat, strict=True))
    assert int(output.item()) == total + int(bias or 0)


@pytest.mark.parametrize(
    ("picture", "total"),
    [(np.full((2, 1, 1), 2**63, np.uint64), 2**64), (np.full((4, 1, 1), -(2**62), np.int64), -(2**64))],
)
def test_sums_beyond_int64(picture: np.ndarray, total: int):
    """Past 2^53 float64 rounds, but nothing wraps around."""
    assert int(engine.conv2d(picture, [[1]]).item()) == total


def test_a_photo_and_whole_weights_stay_in_float32():
    assert engine.conv2d(PHOTO, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).dtype == np.float32


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("weight_kind", ["plain", "whole"])
def test_what_is_not_finite_does_not_leak(bad: float, weight_kind: str):
    """Cells whose window does not read it are as they would be without; the others follow NumPy."""
    picture = RNG.normal(size=(2, 9, 40)).astype(np.float32)
    picture[1, 4, 20] = bad
    weight = np.ones((3, 3), np.float32) if weight_kind == "plain" else np.ones((5, 2, 3, 3), np.float32)
    output = engine.conv2d(picture, weight, None, [1, 2], 1, 2)
    rows, columns = (
        engine.operation("conv2d")
        .bind({"input": picture, "weight": weight}, {"stride": [1, 2], "padding": 1, "dilation": 2})
        .layout.axes
    )
    reads = np.outer((rows.index == 4).any(axis=1), (columns.index == 20).any(axis=1))
    assert np.array_equal(~np.isfinite(output), np.broadcast_to(reads, output.shape))
    picture[1, 4, 20] = 0
    clean = engine.conv2d(picture, weight, None, [1, 2], 1, 2)
    np.testing.assert_allclose(output[:, ~reads], clean[:, ~reads], rtol=1e-4, atol=1e-4)
    if np.isinf(bad):
        assert np.all(output[:, reads] == bad)


@pytest.mark.parametrize(
    ("value", "weight", "bias", "divisor", "result"),
    [
        (0.0, np.inf, None, None, np.nan),
        (1.0, np.inf, None, None, np.inf),
        (1.0, 1.0, np.nan, None, np.nan),
        (np.inf, 1.0, -np.inf, None, np.nan),
        (np.inf, -1.0, None, 4.0, -np.inf),
        (3e38, 3e38, None, None, np.inf),
        (1.0, 1.0, 1e50, None, np.inf),
        (1.0, 1.0, None, 1e-50, np.inf),
        (1.0, 1.0, None, 1e50, 0.0),
    ],
)
def test_arithmetic_beyond_the_finite_is_numpys_and_silent(value, weight, bias, divisor, result):
    """In float32; the pytest configuration turns a RuntimeWarning into a failure."""
    picture, kernel = np.full((1, 2, 2), value, np.float32), np.full((1, 1), weight, np.float32)
    output = engine.conv2d(picture, kernel, bias, divisor=divisor)
    assert output.dtype == np.float32
    np.testing.assert_array_equal(output, np.full((1, 2, 2), result))


def test_channels_that_cancel_at_infinity():
    picture = np.array([[[np.inf]], [[-np.inf]]], np.float32)
    assert np.isnan(engine.conv2d(picture, [[1]]).item())
    big = np.full((2, 1, 1), 3e38, np.float32)
    assert engine.conv2d(big, np.ones((1, 1), np.float32)).item() == np.inf


def test_an_infinite_weight_spoils_every_window_but_nothing_else():
    weight = np.ones((2, 1, 3, 3), np.float32)
    weight[0, 0, 1, 1] = np.inf
    output = engine.conv2d(np.ones((1, 6, 30), np.float32), weight)
    assert np.all(output[0] == np.inf)
    assert np.all(output[1] == 9)


def test_an_empty_batch():
    assert engine.conv2d(np.zeros((0, 3, 9, 8)), np.ones((5, 3, 3, 3)), 1.0).shape == (0, 5, 7, 6)
    assert engine.conv2d(np.zeros((0, 3, 9, 8), np.uint8), np.ones((3, 3)), groups=3).shape == (0, 3, 7, 6)


def test_depthwise_maps_are_computed_once_each(monkeypatch: pytest.MonkeyPatch):
    """Maps in runs do not compute the maps of other runs again."""
    import engine.algorithms.sliding as module

    computed = 0
    original = module.correlate

    def counted(padded: np.ndarray, weight: np.ndarray, *rest):
        nonlocal computed
        computed += weight.shape[0] * weight.shape[1]
        return original(padded, weight, *rest)

    monkeypatch.setattr(module, "correlate", counted)
    picture = np.zeros((16, 300, 300), np.uint8)
    call = engine.operation("conv2d").bind({"input": picture, "weight": np.ones((3, 3))}, {"groups": 16})
    assert sum(len(maps) for _, maps in call.maps()) == 16
    assert computed == 16
