"""The law by which a picture becomes an input."""

import io

import numpy as np
import pytest
from PIL import Image

from server.errors import ApiError
from server.images.cache import LevelsCache
from server.images.picture import Picture
from server.images.pixels import check_choice, pixels, reduced_size, to_npy, to_png
from tests.server.images import nasty

PHOTO = nasty.photo(640, 427)
COLOUR = Picture((np.array(PHOTO),))
GREY = Picture((np.array(PHOTO.convert("L")),))


@pytest.mark.parametrize(
    ("width", "height", "size", "expected"),
    [
        (640, 427, 320, (320, 214)),
        (427, 640, 320, (214, 320)),
        (512, 512, 320, (320, 320)),
        (300, 200, 320, (300, 200)),
        (1, 100_000, 320, (1, 320)),
        (100_000, 1, 1, (1, 1)),
        (3, 2, 1, (1, 1)),
    ],
)
def test_long_side_is_reduced_and_never_enlarged(width, height, size, expected):
    assert reduced_size(width, height, size) == expected


def test_colour_is_pillows_bilinear_reduction():
    expected = np.asarray(PHOTO.resize((320, 214), Image.Resampling.BILINEAR))
    levels = pixels(COLOUR)
    assert (levels.shape, levels.dtype) == ((3, 214, 320), np.uint8)
    np.testing.assert_array_equal(np.moveaxis(levels, 0, 2), expected)


def test_grey_is_pillows_l():
    expected = np.asarray(PHOTO.convert("L").resize((100, 67), Image.Resampling.BILINEAR))
    np.testing.assert_array_equal(pixels(COLOUR, 100, "grey"), expected[np.newaxis])


def test_channels_follow_the_colour_asked_for():
    levels = pixels(GREY, 64, "rgb")
    assert levels.shape[0] == 3
    assert (levels == levels[:1]).all()
    np.testing.assert_array_equal(levels[:1], pixels(GREY, 64, "grey"))


def test_own_size_is_the_picture_itself():
    np.testing.assert_array_equal(np.moveaxis(pixels(COLOUR, 4096), 0, 2), np.asarray(PHOTO))


def test_frame_is_chosen():
    film = Picture(tuple(np.full((4, 5), 10 * k, np.uint8) for k in range(3)))
    assert [int(pixels(film, 5, "grey", k)[0, 0, 0]) for k in range(3)] == [0, 10, 20]


@pytest.mark.parametrize("size", [640, 100])
@pytest.mark.parametrize("color", ["rgb", "grey"])
def test_result_is_contiguous_and_read_only(size, color):
    levels = pixels(COLOUR, size, color)
    assert levels.flags.c_contiguous
    assert not levels.flags.writeable


@pytest.mark.parametrize(
    ("choice", "field", "allowed"),
    [
        ((0, "rgb", 0), "size", "from 1 to 4,096"),
        ((4097, "rgb", 0), "size", "from 1 to 4,096"),
        ((10, "green", 0), "color", "rgb, grey"),
        ((10, "rgb", 1), "frame", "from 0 to 0"),
        ((10, "rgb", -1), "frame", "from 0 to 0"),
    ],
)
def test_refusals_name_the_field_and_what_is_allowed(choice, field, allowed):
    with pytest.raises(ApiError) as caught:
        check_choice(COLOUR, *choice, prefix="input.")
    assert caught.value.status_code == 422
    assert caught.value.field == f"input.{field}"
    assert f"input.{field}" in caught.value.message
    assert allowed in caught.value.message


@pytest.mark.parametrize("color", ["rgb", "grey"])
def test_png_and_npy_give_the_levels_back(color):
    levels = pixels(COLOUR, 50, color)
    image = np.asarray(Image.open(io.BytesIO(to_png(levels))))
    np.testing.assert_array_equal(image if color == "grey" else np.moveaxis(image, 2, 0), np.squeeze(levels))
    np.testing.assert_array_equal(np.load(io.BytesIO(to_npy(levels))), levels)


class TestCache:
    @staticmethod
    def levels(count):
        return np.zeros((1, 1, count), np.uint8)

    def test_what_is_kept_is_not_made_again(self):
        cache = LevelsCache(100)
        first = cache.get("a", lambda: self.levels(10))
        assert cache.get("a", lambda: self.levels(20)) is first

    def test_least_recently_used_goes_first(self):
        cache = LevelsCache(100)
        kept = {key: cache.get(key, lambda: self.levels(50)) for key in "ab"}
        cache.get("a", lambda: self.levels(50))
        cache.get("c", lambda: self.levels(50))
        assert cache.nbytes == 100
        assert cache.get("a", lambda: self.levels(50)) is kept["a"]
        assert cache.get("b", lambda: self.levels(50)) is not kept["b"]

    def test_more_than_it_holds_is_made_but_not_kept(self):
        cache = LevelsCache(100)
        assert cache.get("a", lambda: self.levels(101)).size == 101
        assert cache.nbytes == 0
