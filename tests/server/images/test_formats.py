"""The formats that are read, and what is said of others."""

import io

import numpy as np
import pytest
from PIL import Image

from server.errors import ApiError
from server.images.decode import decode
from tests.server.images import nasty

PHOTO = nasty.photo()


LEVELS = np.asarray(PHOTO)


def refused(data, **limits):
    with pytest.raises(ApiError) as caught:
        decode(data, **limits)
    return caught.value


class TestFormats:
    @pytest.mark.parametrize("kind", ["PNG", "BMP"])
    def test_exact_formats_give_exact_levels(self, kind):
        picture = decode(nasty.saved(PHOTO, kind))
        assert (picture.width, picture.height, picture.channels) == (64, 48, 3)
        np.testing.assert_array_equal(picture.frames[0], LEVELS)

    def test_lossless_webp_is_exact(self):
        picture = decode(nasty.saved(PHOTO, "WEBP", lossless=True))
        np.testing.assert_array_equal(picture.frames[0], LEVELS)

    @pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 95}), ("WEBP", {"quality": 95})])
    def test_lossy_formats_give_what_pillow_gives(self, kind, options):
        data = nasty.saved(PHOTO, kind, **options)
        np.testing.assert_array_equal(decode(data).frames[0], np.asarray(Image.open(io.BytesIO(data))))

    def test_gif_gives_what_pillow_gives(self):
        data = nasty.saved(PHOTO, "GIF")
        expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        np.testing.assert_array_equal(decode(data).frames[0], expected)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
    def test_grey_stays_one_channel(self, kind):
        picture = decode(nasty.saved(PHOTO.convert("L"), kind))
        assert picture.channels == 1
        assert picture.frames[0].shape == (48, 64)

    @pytest.mark.parametrize(
        "data",
        [
            nasty.saved(PHOTO, "TIFF"),
            nasty.saved(PHOTO, "EPS"),
            nasty.saved(PHOTO, "ICO"),
            nasty.saved(PHOTO, "PPM"),
            b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
            b"<!doctype html><title>not a picture</title>",
            b"\x00" * 100,
            b"RIFF\x00\x00\x00\x00WAVEfmt ",
            b"",
        ],
        ids=["tiff", "eps", "ico", "ppm", "svg", "html", "zeros", "wave", "empty"],
    )
    def test_other_formats_are_415_and_name_those_taken(self, data):
        error = refused(data)
        assert (error.status_code, error.code, error.field) == (415, "unsupported_format", "file")
        for name in ("PNG", "JPEG", "WebP", "GIF", "BMP"):
            assert name in error.message

    def test_levels_cannot_be_written_to(self):
        with pytest.raises(ValueError, match="read-only"):
            decode(nasty.saved(PHOTO, "PNG")).frames[0][0, 0] = 1
