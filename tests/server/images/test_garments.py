"""Clothes from Fashion-MNIST: listed where they are there, and a picture like any other."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from server.images.garments import garments
from server.images.library import Library
from server.settings import Settings

LEVELS = np.arange(28 * 28, dtype=np.uint8).reshape(28, 28)
TITLE = {"en": "A bag", "zh": "包"}
BAG = {"file": "bag.png", "class": 8, "title": TITLE, "credit": "Zalando SE, MIT"}


@pytest.fixture
def folder(tmp_path):
    rows = [BAG, BAG | {"file": "coat.png"}, BAG | {"file": "shirt.png"}]
    (tmp_path / "samples.json").write_text(json.dumps({"samples": rows}))
    Image.fromarray(LEVELS).save(tmp_path / "bag.png")
    (tmp_path / "shirt.png").write_bytes(b"\x89PNG cut short")
    return tmp_path


def test_what_is_missing_or_damaged_is_not_listed(folder):
    assert list(garments(folder)) == ["fashion-bag"]
    row, picture = garments(folder)["fashion-bag"]
    assert row == {"id": "fashion-bag", "title": TITLE, "credit": "Zalando SE, MIT"}
    assert np.array_equal(picture.frame(0), LEVELS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[{",
        "[]",
        '{"samples": 1}',
        '{"samples": [{}]}',
        json.dumps({"samples": [BAG | {"file": "../samples/bag.png"}]}),
        json.dumps({"samples": [BAG | {"title": {"en": "no Chinese"}}]}),
    ],
)
def test_a_list_that_is_none_lists_nothing(folder, text):
    (folder / "samples.json").write_text(text)
    assert garments(folder) == {}


def test_a_folder_that_is_not_there_has_none(tmp_path):
    assert garments(tmp_path / "nowhere") == {}


def test_the_library_gives_them_as_they_are(folder, monkeypatch):
    monkeypatch.setattr("server.images.library.garments", lambda: garments(folder))
    library = Library(Settings())
    row = library.samples()[-1]
    assert (row["id"], row["set"], row["title"], row["channels"]) == (
        "fashion-bag",
        "fashion-mnist",
        TITLE,
        1,
    )
    assert library.is_sample("fashion-bag")
    assert np.array_equal(library.picture("fashion-bag").frame(0), LEVELS)


def test_those_that_ship_are_small_and_grey_and_thanked_for():
    assert len(garments()) == 10
    for name, (row, picture) in garments().items():
        assert name.startswith("fashion-")
        assert set(row["title"]) == {"en", "zh"}
        assert "Zalando" in row["credit"]
        assert (picture.height, picture.width, picture.channels, picture.count) == (28, 28, 1, 1)
