"""What a file says of itself: how it is turned."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from server.images.decode import decode
from tests.server.images import nasty

PHOTO = nasty.photo()


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
