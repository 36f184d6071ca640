"""Augmentation: what comes out is one of what may, seeded, and the pictures given stay."""

from __future__ import annotations

import numpy as np
import pytest

from engine.training import Augmentation

ALL = Augmentation(flip=True, shift=2, erase=0.5)


def pictures(count: int = 200, side: int = 9) -> np.ndarray:
    return np.random.default_rng(0).integers(1, 256, (count, side, side), np.uint8)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_none_changes_nothing():
    given = pictures()
    assert Augmentation()(given, rng()) is given


@pytest.mark.parametrize(
    "change", [Augmentation(flip=True), Augmentation(shift=3), Augmentation(erase=0.5), ALL]
)
def test_the_seed_says_everything_and_the_pictures_given_stay(change: Augmentation):
    given = pictures()
    before = given.copy()
    found = change(given, rng())
    np.testing.assert_array_equal(found, change(given, rng()))
    assert (found != change(given, rng(2))).any()
    np.testing.assert_array_equal(given, before)
    assert found.shape == given.shape
    assert found.dtype == given.dtype


def test_half_are_mirrored_and_the_others_stay():
    given = pictures()
    found = Augmentation(flip=True)(given, rng())
    mirrored = [(new == old[:, ::-1]).all() for new, old in zip(found, given, strict=True)]
    stayed = [(new == old).all() for new, old in zip(found, given, strict=True)]
    assert all(one != other for one, other in zip(mirrored, stayed, strict=True))
    assert 70 < sum(mirrored) < 130


def test_every_shift_happens_and_what_comes_in_is_0():
    given = pictures(2000)
    found = Augmentation(shift=1)(given, rng())
    seen = set()
    for new, old in zip(found, given, strict=True):
        padded = np.pad(old, 1)
        places = [(y, x) for y in range(3) for x in range(3) if (padded[y : y + 9, x : x + 9] == new).all()]
        assert len(places) == 1
        seen.update(places)
    assert len(seen) == 9


def test_what_is_erased_is_one_rectangle_of_one_level():
    given = np.zeros((500, 9, 9), np.uint8)
    found = Augmentation(erase=0.5, erased=0.5)(given, rng())
    sizes = set()
    for new in found:
        rows, columns = np.nonzero(new)
        if len(rows):
            inside = new[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
            assert (inside == inside[0, 0]).all()
            sizes.add(inside.shape)
    assert max(max(size) for size in sizes) == 4
    assert len(sizes) == 16
    assert 180 < sum(new.any() for new in found) < 320


def test_a_picture_can_be_shifted_or_erased_at_its_very_edge():
    found = Augmentation(erase=1.0, erased=1.0)(np.zeros((3000, 3, 3), np.uint8), rng())
    assert (found.astype(bool).mean(axis=0) > 0.2).all()
