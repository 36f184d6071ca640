"""Samples and uploads behind one door."""

import numpy as np
import pytest

from server.errors import ApiError
from server.images.choice import Choice, Crop, Edit
from server.images.library import Library
from server.settings import Settings, SettingsError
from tests.server.images import nasty


@pytest.fixture
def library():
    return Library(Settings(store_bytes=1_000_000))


def test_a_file_is_added_and_told_of(library):
    info = library.add(nasty.saved(nasty.photo(), "PNG"))
    assert info == {"id": info["id"], "width": 64, "height": 48, "channels": 3, "frames": 1}
    assert library.info(info["id"]) == info


def test_an_unknown_id_is_404_and_says_that_pictures_expire(library):
    with pytest.raises(ApiError) as caught:
        library.pixels("nothing", prefix="input.")
    assert (caught.value.status_code, caught.value.code) == (404, "unknown_image")
    assert caught.value.field == "input.image"
    assert "24 hours" in caught.value.message
    assert "upload it again" in caught.value.message


def test_the_same_pixels_are_made_once(library):
    assert library.pixels("coffee", Choice(100)) is library.pixels("coffee", Choice(100))
    assert library.pixels("coffee", Choice(600)) is library.pixels("coffee", Choice(4000))
    assert library.pixels("coffee").shape == (3, 213, 320)
    whole = library.pixels("coffee", Choice(100, crop=Crop(0, 0, 400, 600)))
    assert whole is library.pixels("coffee", Choice(100))
    part = Crop(1, 2, 30, 40)
    assert library.pixels("coffee", Choice(40, crop=part)) is library.pixels("coffee", Choice(320, crop=part))


def test_the_same_crop_of_a_drawing_at_two_sizes_is_not_the_same(library):
    corner = Crop(0, 0, 8, 8)
    small = library.pixels("ramp", Choice(16, "grey", crop=corner))
    large = library.pixels("ramp", Choice(64, "grey", crop=corner))
    assert small.shape == large.shape == (1, 8, 8)
    assert small[0, 0, 7] == 7 * 17
    assert large[0, 0, 7] == round(7 * 255 / 63)


def test_what_is_edited_is_not_what_is_kept(library):
    plain = library.pixels("coffee", Choice(50)).copy()
    changed = library.pixels("coffee", Choice(50, edits=(Edit(3, 4, 200),)))
    assert changed[:, 3, 4].tolist() == [200] * 3
    np.testing.assert_array_equal(library.pixels("coffee", Choice(50)), plain)


def test_pixels_of_a_forgotten_picture_are_forgotten():
    small = Library(Settings(store_bytes=1_000_000))
    first = small.add(nasty.saved(nasty.photo(500, 400), "PNG"))["id"]
    small.pixels(first, Choice(50))
    small.add(nasty.saved(nasty.photo(500, 400, 2), "PNG"))
    with pytest.raises(ApiError, match="expired"):
        small.pixels(first, Choice(50))


def test_limits_are_the_settings(library):
    strict = Library(Settings(max_pixels=100, max_size=200))
    with pytest.raises(ApiError, match="max_pixels"):
        strict.add(nasty.saved(nasty.photo(), "PNG"))
    with pytest.raises(ApiError, match="from 1 to 200"):
        strict.pixels("coffee", Choice(201))


def test_a_drawing_has_as_many_pixels_as_a_picture_may(library):
    strict = Library(Settings(max_pixels=120))
    assert strict.pixels("noise", Choice(10)).shape == (3, 10, 10)
    with pytest.raises(ApiError, match="from 1 to 10"):
        strict.pixels("noise", Choice(11))
    assert strict.info("noise") == {"id": "noise", "width": 10, "height": 10, "channels": 1, "frames": 64}
    assert library.info("noise")["width"] == 4096


def test_data_folder_keeps_uploads_over_a_restart(tmp_path):
    settings = Settings(data=tmp_path / "pictures")
    put = Library(settings).add(nasty.saved(nasty.photo(), "PNG"))
    assert Library(settings).info(put["id"]) == put


def test_a_data_folder_that_cannot_be_used_is_a_setting_at_fault(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="CONVSCOPE_DATA"):
        Library(Settings(data=tmp_path / "file"))
