"""What strangers send becomes an upright picture on white, or a plain refusal."""

import io
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

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
