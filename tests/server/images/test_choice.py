"""What may be asked of a picture."""

import numpy as np
import pytest

from server.errors import ApiError
from server.images.choice import Choice, Crop, Edit, check_choice, check_size
from server.images.picture import Picture

PICTURE = Picture((np.zeros((40, 60), np.uint8),))


def picture(width, height):
    return Picture((np.broadcast_to(np.uint8(0), (height, width)),))


@pytest.mark.parametrize(
    ("width", "height", "size", "expected"),
    [
        (640, 427, 320, (320, 214)),
        (427, 640, 320, (214, 320)),
        (512, 512, 320, (320, 320)),
        (300, 200, 320, (300, 200)),
        (1, 100_000, 320, (1, 320)),
        (100_000, 1, 1, (1, 1)),
        (3, 2, 1, (1, 1)),
    ],
)
def test_long_side_is_reduced_and_never_enlarged(width, height, size, expected):
    assert Choice(size).cells(picture(width, height)) == expected[::-1]


@pytest.mark.parametrize(
    ("size", "crop", "expected"),
    [(320, (0, 0, 10, 20), (10, 20)), (10, (0, 0, 10, 20), (5, 10)), (4, (39, 0, 1, 60), (1, 4))],
)
def test_size_is_that_of_the_crop(size, crop, expected):
    assert Choice(size, crop=Crop(*crop)).cells(PICTURE) == expected


@pytest.mark.parametrize("crop", [(0, 0, 40, 60), (39, 59, 1, 1), (0, 30, 40, 30)])
def test_a_crop_may_reach_the_rim(crop):
    check_choice(PICTURE, Choice(crop=Crop(*crop)))


def test_edits_may_reach_the_last_cell_of_what_is_reduced():
    edits = (Edit(9, 19, 255), Edit(0, 0, 0))
    check_choice(PICTURE, Choice(20, crop=Crop(0, 0, 30, 60), edits=edits))


@pytest.mark.parametrize("size", [0, -1, 201, 10**9])
def test_a_size_outside_is_refused(size):
    with pytest.raises(ApiError, match=r"^input\.size is .* from 1 to 200 ") as caught:
        check_size(size, 200, "input.")
    assert caught.value.values == {"value": size, "min": 1, "max": 200}


@pytest.mark.parametrize(
    ("choice", "field", "allowed"),
    [
        (Choice(color="green"), "color", "rgb, grey"),
        (Choice(frame=1), "frame", "from 0 to 0"),
        (Choice(frame=-1), "frame", "from 0 to 0"),
        (Choice(crop=Crop(0, 0, 41, 1)), "crop", "40 x 60"),
        (Choice(crop=Crop(0, 1, 1, 60)), "crop", "40 x 60"),
        (Choice(crop=Crop(0, 0, 0, 1)), "crop", "at least one pixel"),
        (Choice(crop=Crop(0, 0, 1, 0)), "crop", "at least one pixel"),
        (Choice(crop=Crop(-1, 0, 5, 5)), "crop", "40 x 60"),
        (Choice(20, edits=(Edit(0, 0, 1), Edit(13, 0, 1))), "edits.1", "13 x 20 cells"),
        (Choice(20, edits=(Edit(0, 20, 1),)), "edits.0", "13 x 20 cells"),
        (Choice(20, crop=Crop(0, 0, 10, 20), edits=(Edit(10, 0, 1),)), "edits.0", "10 x 20 cells"),
        (Choice(edits=(Edit(0, 0, 256),)), "edits.0", "from 0 to 255"),
        (Choice(edits=(Edit(0, 0, -1),)), "edits.0", "from 0 to 255"),
    ],
)
def test_refusals_name_the_field_and_what_is_allowed(choice, field, allowed):
    with pytest.raises(ApiError) as caught:
        check_choice(PICTURE, choice, prefix="input.")
    assert caught.value.status_code == 422
    assert caught.value.field == f"input.{field}"
    assert f"input.{field}" in caught.value.message
    assert allowed in caught.value.message
