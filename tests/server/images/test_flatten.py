"""Whatever a pixel is in a file, a level 0..255 comes of it."""

import io

import numpy as np
import pytest
from PIL import Image

from server.images.decode import decode
from tests.server.images import nasty

PHOTO = nasty.photo()


LEVELS = np.asarray(PHOTO)


def on_white(image):
    """The reference: Pillow's own blend of a whole picture onto a white sheet."""
    seen = image.convert("RGBA")
    sheet = Image.new("RGBA", seen.size, (255, 255, 255, 255))
    return np.asarray(Image.alpha_composite(sheet, seen).convert("RGB"))


class TestModes:
    def test_16_bit_grey_is_scaled_not_cut_off(self):
        deep = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
        picture = decode(nasty.png(64, 48, 16, 0, nasty.png_rows(deep)))
        assert picture.channels == 1
        assert abs(picture.frames[0].mean() - deep.mean() / 257) < 1
        assert np.abs(picture.frames[0] - deep / 257.0).max() <= 0.5
        assert (picture.frames[0][0, 0], picture.frames[0][-1, -1]) == (0, 255)

    def test_16_bit_colour_and_16_bit_grey_with_alpha(self):
        deep = np.random.default_rng(2).integers(0, 65536, (9, 8, 3)).astype(np.uint16)
        picture = decode(nasty.png(8, 9, 16, 2, nasty.png_rows(deep)))
        assert np.abs(picture.frames[0] - deep / 257.0).max() <= 1
        pairs = np.zeros((9, 8, 2), np.uint16)
        pairs[:, :4, 1] = 65535
        picture = decode(nasty.png(8, 9, 16, 4, nasty.png_rows(pairs)))
        assert picture.frames[0].tolist() == [[0] * 4 + [255] * 4] * 9

    def test_one_bit(self):
        image = PHOTO.convert("1")
        np.testing.assert_array_equal(
            decode(nasty.saved(image, "PNG")).frames[0], np.asarray(image.convert("L"))
        )

    @pytest.mark.parametrize("mode", ["RGBA", "LA"])
    def test_alpha_is_laid_on_white(self, mode):
        image = PHOTO.convert(mode)
        ramp = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (48, 1))
        image.putalpha(Image.fromarray(ramp))
        picture = decode(nasty.saved(image, "PNG"))
        assert picture.channels == (3 if mode == "RGBA" else 1)
        expected = on_white(image)
        np.testing.assert_array_equal(picture.frames[0], expected if mode == "RGBA" else expected[..., 0])
        assert (picture.frames[0][:, 0] == 255).all()

    @pytest.mark.parametrize("kind", ["PNG", "GIF"])
    def test_transparent_palette_entry_is_white(self, kind):
        image = PHOTO.quantize(16)
        data = nasty.saved(image, kind, transparency=3)
        expected = on_white(Image.open(io.BytesIO(data)))
        np.testing.assert_array_equal(decode(data).frames[0], expected)
        assert (decode(data).frames[0][np.asarray(image) == 3] == 255).all()

    def test_half_transparent_palette_is_white_in_part(self):
        image = PHOTO.quantize(4)
        data = nasty.saved(image, "PNG", transparency=bytes([0, 128, 255, 255]))
        np.testing.assert_array_equal(decode(data).frames[0], on_white(Image.open(io.BytesIO(data))))

    @pytest.mark.parametrize(
        ("depth", "level", "packed"),
        [(1, 1, b"\x00\x50"), (2, 2, b"\x00\x1b"), (4, 10, b"\x00\x0a\xf5"), (8, 7, b"\x00\x00\x07\xff\x05")],
    )
    def test_transparent_grey_level_of_any_depth(self, depth, level, packed):
        width = (len(packed) - 1) * 8 // depth
        plain = decode(nasty.png(width, 1, depth, 0, packed)).frames[0]
        clear = nasty.chunk(b"tRNS", level.to_bytes(2, "big"))
        seen = decode(nasty.png(width, 1, depth, 0, packed, clear)).frames[0]
        shade = level * 255 // (2**depth - 1)
        assert (plain == shade).any()
        np.testing.assert_array_equal(seen, np.where(plain == shade, 255, plain))

    def test_transparent_16_bit_level(self):
        deep = np.array([[0, 1000, 1001, 65535]], np.uint16)
        clear = nasty.chunk(b"tRNS", (1000).to_bytes(2, "big"))
        picture = decode(nasty.png(4, 1, 16, 0, nasty.png_rows(deep), clear))
        assert picture.frames[0].tolist() == [[0, 255, 4, 255]]

    @pytest.mark.parametrize("deep", [False, True])
    def test_transparent_colour(self, deep):
        levels = np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8)
        colour = np.array([4, 5, 6], np.uint16)
        if deep:
            levels, colour = levels.astype(np.uint16) * 257, colour * 257
        clear = nasty.chunk(b"tRNS", colour.astype(">u2").tobytes())
        picture = decode(nasty.png(2, 1, 16 if deep else 8, 2, nasty.png_rows(levels), clear))
        assert picture.frames[0].tolist() == [[[1, 2, 3], [255, 255, 255]]]

    def test_transparent_gif_grey_and_webp(self):
        grey = Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16))
        seen = decode(nasty.saved(grey, "GIF", transparency=9)).frames[0]
        assert seen.ravel()[9] == 255 or seen.reshape(-1, 3)[9].tolist() == [255] * 3
        image = PHOTO.convert("RGBA")
        image.putalpha(0)
        assert (decode(nasty.saved(image, "WEBP")).frames[0] == 255).all()

    def test_cmyk_jpeg_as_pillow_converts_it(self):
        data = nasty.saved(PHOTO.convert("CMYK"), "JPEG", quality=95)
        picture = decode(data)
        np.testing.assert_array_equal(
            picture.frames[0], np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        )
        assert np.abs(picture.frames[0].astype(int) - LEVELS).mean() < 6

    def test_cmyk_jpeg_with_exif_keeps_its_adobe_segment(self):
        data = nasty.with_exif(PHOTO.convert("CMYK"), "JPEG", nasty.exif(3), quality=95)
        picture = decode(data)
        assert np.abs(picture.frames[0][::-1, ::-1].astype(int) - LEVELS).mean() < 6
