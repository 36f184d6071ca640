"""What strangers send becomes an upright picture on white, or a plain refusal."""

import io
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from server.errors import ApiError
from server.images.decode import decode
from server.images.picture import Picture
from tests.server.images import nasty

PHOTO = nasty.photo()
LEVELS = np.asarray(PHOTO)


def refused(data, **limits):
    with pytest.raises(ApiError) as caught:
        decode(data, **limits)
    return caught.value


def outcome(data, **limits):
    """The picture, or the refusal; anything else is raised."""
    try:
        return decode(data, **limits)
    except ApiError as error:
        return error


def on_white(image):
    """The reference: Pillow's own blend of a whole picture onto a white sheet."""
    seen = image.convert("RGBA")
    sheet = Image.new("RGBA", seen.size, (255, 255, 255, 255))
    return np.asarray(Image.alpha_composite(sheet, seen).convert("RGB"))


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


class TestSize:
    @pytest.mark.parametrize(
        "data",
        [
            nasty.png_bomb(),
            nasty.gif(1, 1, nasty.gif_frame(0, 0, 9459, 9459, dispose=2)),
            nasty.gif(1, 1, nasty.gif_frame(0, 0, 1, 1) + nasty.gif_frame(60000, 60000, 5535, 5535, 3)),
            nasty.gif(65535, 65535, nasty.gif_frame(0, 0, 1, 1)),
            nasty.webp_header(16384, 16384),
            nasty.bmp_header(30000, 30000),
            nasty.png(2**31 - 1, 2**31 - 1, 16, 6),
        ],
        ids=["png", "gif-frame", "gif-later-frame", "gif-screen", "webp", "bmp", "png-greatest"],
    )
    def test_bombs_are_422_and_name_limit_and_size(self, data):
        error = refused(data)
        assert (error.status_code, error.code) == (422, "too_many_pixels")
        assert "40,000,000" in error.message
        width, height, pixels = (int(str(error.values[name])) for name in ("width", "height", "pixels"))
        assert pixels == width * height
        assert f"{width:,} x {height:,} = {pixels:,}" in error.message

    def test_limit_is_a_setting_and_inclusive(self):
        data = nasty.saved(PHOTO, "PNG")
        assert decode(data, max_pixels=64 * 48).width == 64
        assert refused(data, max_pixels=64 * 48 - 1).values["max"] == 64 * 48 - 1

    @pytest.mark.parametrize("size", [(0, 7), (7, 0), (0, 0)])
    @pytest.mark.parametrize("make", [lambda w, h: nasty.png(w, h, 8, 0), nasty.bmp_header])
    def test_no_pixels_is_422(self, make, size):
        assert refused(make(*size)).status_code == 422

    def test_empty_gif_screen_without_frames_is_422(self):
        assert refused(nasty.gif(0, 0, b"")).status_code == 422

    def test_a_line_of_100_000_pixels_is_taken(self):
        rows = nasty.png_rows(np.full((100_000, 1), 200, np.uint8))
        picture = decode(nasty.png(1, 100_000, 8, 0, rows))
        assert (picture.width, picture.height) == (1, 100_000)

    def test_a_large_picture_is_put_together_from_its_strips(self):
        noise = np.random.default_rng(3).integers(0, 256, (1500, 1501, 3), dtype=np.uint8)
        np.testing.assert_array_equal(decode(nasty.saved(Image.fromarray(noise), "PNG")).frames[0], noise)


class TestDamage:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
    def test_cut_short_is_422_or_what_could_be_read(self, kind, share):
        data = nasty.saved(PHOTO, kind)
        got = outcome(data[: int(len(data) * share)])
        if kind == "GIF" and isinstance(got, Picture):
            assert (got.width, got.height) == (64, 48)
        else:
            assert isinstance(got, ApiError)
            assert (got.status_code, got.code) == (422, "corrupt_image")

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
    @pytest.mark.filterwarnings("ignore::UserWarning:PIL")
    def test_mutated_bytes_never_raise_anything_else(self, kind):
        whole = bytearray(nasty.saved(PHOTO, kind))
        draw = np.random.default_rng(7)
        for _ in range(150):
            data = bytearray(whole)
            for place in draw.integers(0, len(data), 4):
                data[place] = draw.integers(0, 256)
            got = outcome(bytes(data), max_pixels=1_000_000)
            assert isinstance(got, Picture) or got.status_code in (415, 422)

    @pytest.mark.parametrize("name", [b"zTXt", b"iTXt", b"iCCP", b"tEXt"])
    def test_text_and_profiles_that_unfold_without_end(self, name):
        bomb = zlib.compress(bytes(50_000_000), 9)
        body = {b"iTXt": b"k\x00\x01\x00\x00\x00" + bomb, b"tEXt": b"k\x00" + bytes(5_000_000)}
        extra = nasty.chunk(name, body.get(name, b"k\x00\x00" + bomb)) * 3
        rows = nasty.png_rows(LEVELS)
        got = outcome(nasty.png(64, 48, 8, 2, rows, extra))
        assert isinstance(got, Picture) or got.status_code == 422

    @pytest.mark.parametrize("at", ["crc", "adler"])
    def test_wrong_sums_are_422_or_decoded(self, at):
        data = bytearray(nasty.saved(PHOTO, "PNG"))
        end = data.rindex(b"IEND") - 4
        data[end - (1 if at == "crc" else 5)] ^= 0xFF
        got = outcome(bytes(data))
        assert isinstance(got, Picture) or got.status_code == 422

    def test_nothing_of_the_file_or_of_pillow_is_echoed(self):
        error = refused(nasty.saved(PHOTO, "PNG")[:100])
        assert "complete file" in error.message
        assert "IDAT" not in error.message


class TestOrientation:
    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
    @pytest.mark.parametrize("order", ["<", ">"])
    def test_all_eight_come_out_upright(self, kind, orientation, order):
        options = {"lossless": True} if kind == "WEBP" else {}
        data = nasty.with_exif(PHOTO, kind, nasty.exif(orientation, order), **options)
        expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
        picture = decode(data)
        np.testing.assert_array_equal(picture.frames[0], expected)
        assert (picture.width > picture.height) == (orientation < 5)

    def test_only_levels_are_kept(self):
        data = nasty.with_exif(PHOTO, "JPEG", nasty.exif(6), comment=b"taken at home")
        kept = decode(data)
        assert kept.__slots__ == ("frames",)
        assert type(kept.frames[0]) is np.ndarray

    @pytest.mark.parametrize(
        "block",
        [
            nasty.exif(6)[:14],
            nasty.exif(6)[:20],
            nasty.exif(9),
            nasty.exif(0),
            nasty.exif(6, kind=7),
            b"Exif\x00\x00",
            b"Exif\x00\x00II*\x00\xff\xff\xff\xff",
            b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff",
            b"Exif\x00\x00nonsense" * 100,
        ],
    )
    @pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
    def test_broken_exif_is_dropped(self, kind, block):
        assert (decode(nasty.with_exif(PHOTO, kind, block)).width) == 64

    @pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
    def test_mutated_exif_of_a_camera_is_survived(self, kind):
        camera = Image.Exif()
        camera[0x0112], camera[0x010F], camera[0x011A] = 6, "A camera", 72.0
        camera.get_ifd(0x8769)[0x9003] = "2026:11:22 01:02:03"
        block = bytearray(camera.tobytes())
        draw = np.random.default_rng(11)
        for _ in range(60):
            mutated = bytearray(block)
            for place in draw.integers(6, len(block), 3):
                mutated[place] = draw.integers(0, 256)
            assert decode(nasty.with_exif(PHOTO, kind, bytes(mutated))).width in (64, 48)

    def test_jpeg_with_a_second_picture_inside_gives_the_first(self):
        file = io.BytesIO()
        PHOTO.save(file, "MPO", save_all=True, append_images=[nasty.photo(seed=5)])
        assert len(decode(file.getvalue()).frames) == 1


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


class TestAnimations:
    @staticmethod
    def frames(count, mode="RGB"):
        return [nasty.photo(24, 16, seed).convert(mode) for seed in range(count)]

    def animated(self, kind, count=5, **options):
        first, *rest = self.frames(count)
        return nasty.saved(first, kind, save_all=True, append_images=rest, duration=40, **options)

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_frames_are_kept_in_order(self, kind):
        options = {"lossless": True} if kind == "WEBP" else {}
        picture = decode(self.animated(kind, **options))
        assert len(picture.frames) == 5
        for kept, made in zip(picture.frames, self.frames(5), strict=True):
            np.testing.assert_array_equal(kept, np.asarray(made))

    @pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
    def test_the_first_64_are_kept_and_the_first_is_the_first(self, kind):
        picture = decode(self.animated(kind, 70))
        assert len(picture.frames) == 64
        alone = decode(self.animated(kind, 70), max_frames=1)
        assert len(alone.frames) == 1
        np.testing.assert_array_equal(alone.frames[0], picture.frames[0])

    def test_gif_frames_are_composed_upon_each_other(self):
        file = io.BytesIO()
        base = Image.new("RGB", (20, 10), (200, 30, 30))
        second = base.copy()
        second.paste((30, 30, 200), (5, 2, 9, 6))
        base.save(file, "GIF", save_all=True, append_images=[second], disposal=1)
        picture = decode(file.getvalue())
        assert picture.frames[1][0, 0].tolist() == picture.frames[0][0, 0].tolist() == [200, 30, 30]
        assert picture.frames[1][3, 6].tolist() == [30, 30, 200]

    def test_frames_that_turn_from_grey_to_colour_agree_in_shape(self):
        grey = nasty.photo(24, 16).convert("L")
        data = nasty.saved(grey, "GIF", save_all=True, append_images=[nasty.photo(24, 16, 9)])
        picture = decode(data)
        assert {frame.shape for frame in picture.frames} == {(16, 24, 3)}

    def test_all_frames_together_stay_under_the_limit_of_pixels(self):
        assert len(decode(self.animated("PNG"), max_pixels=24 * 16 * 3 + 5).frames) == 3
        assert len(decode(self.animated("PNG"), max_pixels=24 * 16).frames) == 1

    def test_later_gif_frames_are_cut_to_the_first(self):
        whole = nasty.saved(Image.new("P", (4, 4)), "GIF")
        larger = nasty.saved(Image.new("P", (9, 9)), "GIF")
        at = larger.index(b",")
        picture = decode(whole[:-1] + larger[at:])
        assert {frame.shape[:2] for frame in picture.frames} == {(4, 4)}


class TestMemory:
    def test_a_bomb_is_refused_before_it_unfolds(self):
        program = (
            "import resource, sys\n"
            "from server.errors import ApiError\n"
            "from server.images.decode import decode\n"
            "from tests.server.images import nasty\n"
            "data = nasty.png_bomb()\n"
            "assert len(data) < 16_000\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "try:\n    decode(data)\nexcept ApiError as error:\n    assert error.status_code == 422\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd()
        )
        assert int(ran.stdout) * 1024 < 100_000_000
