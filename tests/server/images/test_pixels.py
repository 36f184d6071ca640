"""The law by which a picture becomes an input."""

import io

import numpy as np
import pytest
from PIL import Image

from server.images.choice import Choice, Crop, Edit
from server.images.picture import Picture
from server.images.pixels import edited, pixels, to_npy, to_png
from tests.server.images import nasty

PHOTO = nasty.photo(640, 427)
COLOUR = Picture((np.array(PHOTO),))
GREY = Picture((np.array(PHOTO.convert("L")),))


def test_colour_is_pillows_bilinear_reduction():
    expected = np.asarray(PHOTO.resize((320, 214), Image.Resampling.BILINEAR))
    levels = pixels(COLOUR, Choice())
    assert (levels.shape, levels.dtype) == ((3, 214, 320), np.uint8)
    np.testing.assert_array_equal(np.moveaxis(levels, 0, 2), expected)


def test_grey_is_pillows_l():
    expected = np.asarray(PHOTO.convert("L").resize((100, 67), Image.Resampling.BILINEAR))
    np.testing.assert_array_equal(pixels(COLOUR, Choice(100, "grey")), expected[np.newaxis])


def test_channels_follow_the_colour_asked_for():
    levels = pixels(GREY, Choice(64))
    assert levels.shape[0] == 3
    assert (levels == levels[:1]).all()
    np.testing.assert_array_equal(levels[:1], pixels(GREY, Choice(64, "grey")))


def test_own_size_is_the_picture_itself():
    np.testing.assert_array_equal(np.moveaxis(pixels(COLOUR, Choice(4096)), 0, 2), np.asarray(PHOTO))


def test_frame_is_chosen():
    film = Picture(tuple(np.full((4, 5), 10 * k, np.uint8) for k in range(3)))
    assert [int(pixels(film, Choice(5, "grey", k))[0, 0, 0]) for k in range(3)] == [0, 10, 20]


@pytest.mark.parametrize("size", [640, 100])
@pytest.mark.parametrize("color", ["rgb", "grey"])
def test_result_is_contiguous_and_read_only(size, color):
    levels = pixels(COLOUR, Choice(size, color))
    assert levels.flags.c_contiguous
    assert not levels.flags.writeable


@pytest.mark.parametrize("size", [640, 100, 40])
def test_a_crop_is_taken_before_anything_is_reduced(size):
    expected = PHOTO.crop((30, 20, 230, 120))
    if size < 200:
        expected = expected.resize((size, size // 2), Image.Resampling.BILINEAR)
    levels = pixels(COLOUR, Choice(size, crop=Crop(20, 30, 100, 200)))
    np.testing.assert_array_equal(np.moveaxis(levels, 0, 2), np.asarray(expected))


def test_edits_are_set_in_every_channel_and_the_later_holds():
    levels = pixels(COLOUR, Choice(20))
    changed = edited(levels, (Edit(1, 2, 7), Edit(0, 0, 255), Edit(1, 2, 9)))
    assert changed[:, 1, 2].tolist() == [9, 9, 9]
    assert changed[:, 0, 0].tolist() == [255] * 3
    assert (changed != levels).any(axis=0).sum() == 2
    assert not changed.flags.writeable
    assert edited(levels, ()) is levels


@pytest.mark.parametrize("color", ["rgb", "grey"])
def test_png_and_npy_give_the_levels_back(color):
    levels = pixels(COLOUR, Choice(50, color))
    image = np.asarray(Image.open(io.BytesIO(to_png(levels))))
    np.testing.assert_array_equal(image if color == "grey" else np.moveaxis(image, 2, 0), np.squeeze(levels))
    np.testing.assert_array_equal(np.load(io.BytesIO(to_npy(levels))), levels)
