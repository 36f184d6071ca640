"""The way from a picture to a network's input, against the same said differently; and every odd picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from server.images.choice import Choice, Crop
from server.images.decode import decode
from server.images.picture import Picture
from server.networks.about import Preparation
from server.networks.preparation import prepare, square
from tests.server.images import nasty
from tests.server.networks.small import ABOUT, SIDE

COLOUR = Preparation.model_validate(ABOUT["preparation"])
GREY = Preparation(height=28, width=28, channels=["grey"], subtract=[0.0], divide=[255.0])
RGB = {"red": 0, "green": 1, "blue": 2}


def picture(image: Image.Image) -> Picture:
    return Picture((np.asarray(image),))


@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("crop", [None, Crop(3, 5, 40, 30), Crop(0, 63, 1, 1)])
def test_the_steps_one_by_one(crop, invert):
    photo = nasty.photo()
    found = prepare(picture(photo), Choice(SIDE, crop=crop), COLOUR, invert=invert)
    y, x, height, width = crop or (0, 0, 48, 64)
    side = min(height, width)
    y, x = y + (height - side) // 2, x + (width - side) // 2
    reduced = photo.crop((x, y, x + side, y + side)).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    levels = np.asarray(reduced)
    levels = 255 - levels if invert else levels
    assert found.steps["square"] == [y, x, side, side]
    assert found.steps["crop"] == list(crop or (0, 0, 48, 64))
    for place, channel in enumerate(COLOUR.channels):
        one = levels[:, :, RGB[channel]]
        assert np.array_equal(found.levels[place], one)
        expected = (one - COLOUR.subtract[place]) / COLOUR.divide[place]
        assert np.allclose(found.values[place], expected, rtol=1e-6)
        assert found.steps["levels"][place] == [one.min(), one.max()]
        assert found.steps["min"][place] == found.values[place].min()
        assert found.steps["max"][place] == found.values[place].max()
    assert found.values.dtype == np.float32
    assert found.steps["picture"] == [48, 64, 3]
    assert found.steps["resized"] == [SIDE, SIDE]
    assert found.steps["invert"] is invert
    assert found.steps["shape"] == [3, SIDE, SIDE]


def test_a_network_for_grey_takes_pillows_l():
    photo = nasty.photo(40, 40)
    found = prepare(picture(photo), Choice(28), GREY, invert=True)
    expected = 255 - np.asarray(photo.convert("L").resize((28, 28), Image.Resampling.BILINEAR))
    assert np.array_equal(found.levels, expected[None])
    assert np.array_equal(found.values, expected[None].astype(np.float32) / np.float32(255))


def test_what_has_the_size_already_stays_as_it_is():
    levels = np.random.default_rng(1).integers(0, 256, (28, 28), np.uint8)
    assert np.array_equal(prepare(Picture((levels,)), Choice(28), GREY, invert=False).levels[0], levels)


@pytest.mark.parametrize(
    ("crop", "middle"),
    [((0, 0, 5, 5), (0, 0, 5)), ((2, 1, 4, 9), (2, 3, 4)), ((0, 0, 5000, 1), (2499, 0, 1))],
)
def test_the_square_in_the_middle(crop, middle):
    y, x, side = middle
    assert square(Crop(*crop)) == (y, x, side, side)


def sixteen() -> bytes:
    rows = np.arange(40 * 30, dtype=np.uint16).reshape(40, 30) * 50
    return nasty.png(30, 40, 16, 0, nasty.png_rows(rows))


def animated() -> bytes:
    frames = [nasty.photo(seed=seed) for seed in (1, 2, 3)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


ODD = {
    "one pixel": nasty.saved(Image.new("RGB", (1, 1), (200, 30, 30)), "PNG"),
    "a line": nasty.saved(Image.new("RGB", (5000, 1), (200, 30, 30)), "PNG"),
    "a column": nasty.saved(Image.new("L", (1, 5000), 77), "PNG"),
    "grey": nasty.saved(nasty.photo().convert("L"), "PNG"),
    "one bit": nasty.saved(nasty.photo().convert("1"), "PNG"),
    "palette": nasty.saved(nasty.photo().convert("P"), "PNG"),
    "16 bits": sixteen(),
    "CMYK": nasty.saved(nasty.photo().convert("CMYK"), "JPEG"),
    "transparent": nasty.saved(Image.new("RGBA", (30, 20), (9, 9, 9, 0)), "PNG"),
    "turned": nasty.with_exif(nasty.photo(), "JPEG", nasty.exif(6)),
    "animated": animated(),
}


@pytest.mark.parametrize("law", [COLOUR, GREY], ids=["colour", "grey"])
@pytest.mark.parametrize("kind", ODD)
def test_any_picture_will_do(kind, law):
    decoded = decode(ODD[kind])
    for frame in range(decoded.count):
        found = prepare(decoded, Choice(law.height, frame=frame), law, invert=False)
        assert found.values.shape == (len(law.channels), law.height, law.width)
        assert np.isfinite(found.values).all()
    if kind == "transparent":
        assert (found.levels == 255).all()


@pytest.mark.parametrize("kind", ODD)
def test_any_picture_is_classified(small, kind):
    image = small.post("/api/images", files={"file": ("x", ODD[kind])}).json()
    for frame in range(image["frames"]):
        reply = small.post("/api/networks/small/predict", json={"image": image["id"], "frame": frame})
        assert reply.status_code == 200, reply.text
        chances = [one["probability"] for one in reply.json()["classes"]]
        assert sum(chances) == pytest.approx(1, abs=1e-5)
    reply = small.post("/api/networks/small/predict", json={"image": image["id"], "frame": image["frames"]})
    assert (reply.status_code, reply.json()["error"]["field"]) == (422, "frame")
