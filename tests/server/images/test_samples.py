"""The photos that come with the service."""

from importlib import resources

import numpy as np
import pytest
from PIL import Image

from server.images.library import Library
from server.images.samples import sample_picture, samples
from server.settings import Settings


@pytest.fixture
def library():
    return Library(Settings(store_bytes=1_000_000))


class TestSamples:
    def test_each_photo_has_its_row_and_each_row_its_photo(self):
        photos = resources.files("server.images").joinpath("photos")
        files = {file.name for file in photos.iterdir() if file.name.endswith(".jpg")}
        assert files == {f"{name}.jpg" for name in samples()}
        assert len(files) == 10

    def test_credits_beside_the_photos_name_every_one(self):
        text = resources.files("server.images").joinpath("photos", "CREDITS.md").read_text("utf-8")
        for name, row in samples().items():
            assert f"| {name}.jpg |" in text
            author = row["credit"].partition(",")[0].translate(str.maketrans("“”", '""'))
            assert author in text
            assert set(row["title"]) == {"en", "zh"}

    @pytest.mark.parametrize("name", sorted(samples()))
    def test_decodes_to_what_pillow_gives(self, name):
        with resources.files("server.images").joinpath("photos", f"{name}.jpg").open("rb") as file:
            image = Image.open(file)
            np.testing.assert_array_equal(sample_picture(name).frames[0], np.asarray(image))

    def test_are_listed_with_their_sizes(self, library):
        rows = {row["id"]: row for row in library.samples()}
        coffee = rows["coffee"]
        assert (coffee["width"], coffee["height"], coffee["channels"], coffee["frames"]) == (600, 400, 3, 1)
        assert rows["coins"]["channels"] == 1
        assert coffee["credit"] == "Rachel Michetti, CC0"
        assert (coffee["synthetic"], coffee["variant"]) == (False, None)
