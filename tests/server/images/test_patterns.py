"""Synthetic pictures: drawn at every size, the same each time, and what their names say."""

import numpy as np
import pytest

from server.images.patterns import DARK, LIGHT, Drawing, patterns

NAMES = pytest.mark.parametrize("name", list(patterns()))


def draw(name, size, variant=0):
    return patterns()[name].draw(size, variant)


@NAMES
def test_every_size_and_variant(name):
    pattern = patterns()[name]
    for size in (*range(1, 34), 100, 319, 320, 511, 512):
        for variant in range(pattern.variants if size < 34 else 2):
            levels = pattern.draw(size, variant)
            assert levels.shape == (size, size)
            assert levels.dtype == np.uint8
            assert levels.flags.c_contiguous
            if size >= 4:
                assert np.ptp(levels) >= 100, (size, variant)


@NAMES
def test_the_same_again(name):
    np.testing.assert_array_equal(draw(name, 40, 1), draw(name, 40, 1))


@NAMES
def test_variants_differ(name):
    every = {draw(name, 128, variant).tobytes() for variant in range(patterns()[name].variants)}
    assert len(every) == patterns()[name].variants


@NAMES
def test_texts_are_there_in_both_languages(name):
    pattern = patterns()[name]
    for texts in (pattern.title, pattern.variant):
        assert set(texts) == {"en", "zh"}
        assert all(texts.values())


def test_ids_are_none_of_the_photos():
    from server.images.samples import samples

    assert not set(patterns()) & set(samples())


def test_a_drawing_is_seen_as_a_picture():
    drawing = Drawing(patterns()["digit"], 12)
    assert (drawing.height, drawing.width, drawing.channels, drawing.count) == (12, 12, 1, 10)
    np.testing.assert_array_equal(drawing.frame(7), draw("digit", 12, 7))


@pytest.mark.parametrize("name", ["edge", "ramp"])
@pytest.mark.parametrize("size", [7, 8])
def test_directions_are_lighter_there(name, size):
    towards = [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)]
    middle = np.arange(size) - (size - 1) / 2
    for direction, (y, x) in enumerate(towards):
        levels = draw(name, size, direction).astype(float)
        down = float((levels * middle[:, np.newaxis]).sum())
        right = float((levels * middle).sum())
        assert (np.sign(down), np.sign(right)) == (y, x), direction


def test_an_edge_has_two_levels_and_halves_the_picture():
    assert draw("edge", 8).tolist() == [[DARK] * 4 + [LIGHT] * 4] * 8
    assert np.unique(draw("edge", 8, 1)).tolist() == [DARK, LIGHT]


@pytest.mark.parametrize("size", [2, 8, 15, 32])
def test_a_small_ramp_has_one_whole_step(size):
    step = 255 // (size - 1)
    assert draw("ramp", size)[0].tolist() == [step * k for k in range(size)]


def test_a_large_ramp_goes_from_black_to_white():
    row = draw("ramp", 320)[5].astype(int)
    assert (row[0], row[-1]) == (0, 255)
    assert set(np.diff(row)) <= {0, 1}


@pytest.mark.parametrize(
    ("size", "variant", "side"), [(8, 0, 2), (8, 1, 1), (320, 0, 80), (512, 4, 8), (5, 4, 1)]
)
def test_squares_are_whole_and_alternate(size, variant, side):
    levels = draw("checker", size, variant)
    y, x = np.indices((size, size)) // side
    np.testing.assert_array_equal(levels, np.where((x + y) % 2, LIGHT, DARK))


def test_the_last_dot_is_an_impulse():
    for size in (1, 8, 9, 512):
        levels = draw("dot", size, 4)
        assert np.argwhere(levels).tolist() == [[(size - 1) // 2] * 2]
        assert levels.max() == LIGHT


@pytest.mark.parametrize("size", [8, 9, 64, 321])
def test_a_dot_is_round_and_half_as_wide_as_the_picture(size):
    levels = draw("dot", size).astype(float)
    np.testing.assert_array_equal(levels, levels.T)
    area = np.pi * (size / 2) ** 2 / 4
    assert abs(levels.sum() / LIGHT - area) < 0.15 * area + 2
    for axis in (0, 1):
        used = np.flatnonzero(levels.any(axis=axis))
        np.testing.assert_array_equal(levels[used[0]], levels[used[-1]])


@pytest.mark.parametrize("size", [8, 28, 512])
def test_a_digit_is_white_and_in_the_middle(size):
    for digit in range(10):
        levels = draw("digit", size, digit).astype(float)
        assert levels.max() > 200
        for axis in (0, 1):
            used = np.flatnonzero((levels > 64).any(axis=axis))
            assert abs(used[0] - (size - 1 - used[-1])) <= 1, (digit, axis)


def test_noise_uses_every_level_about_as_often():
    counts = np.bincount(draw("noise", 512, 3).ravel(), minlength=256)
    assert counts.min() > 850
    assert counts.max() < 1200


def test_noise_is_the_same_on_every_machine():
    assert draw("noise", 3, 5).ravel().tolist() == [168, 229, 184, 171, 238, 171, 20, 206, 245]
