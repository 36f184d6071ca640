"""A picture as it is kept: frames of one size that nobody changes, and digits that stand for them."""

from __future__ import annotations

import numpy as np
import pytest

from server.images.picture import Picture


def grey(*frames: list[list[int]]) -> Picture:
    return Picture(tuple(np.array(frame, np.uint8) for frame in frames))


def test_sizes_are_those_of_the_frames():
    picture = Picture((np.zeros((4, 5, 3), np.uint8),) * 2)
    assert (picture.height, picture.width, picture.channels, picture.count) == (4, 5, 3, 2)
    assert picture.nbytes == 2 * 4 * 5 * 3
    assert grey([[1, 2]]).channels == 1


def test_frames_are_read_only():
    picture = grey([[1, 2]], [[3, 4]])
    assert picture.frame(1).tolist() == [[3, 4]]
    with pytest.raises(ValueError, match="read-only"):
        picture.frame(0)[0, 0] = 9


@pytest.mark.parametrize("frames", [[], [[[1, 2]], [[1], [2]]]])
def test_there_is_a_frame_and_all_have_one_shape(frames: list[list[list[int]]]):
    with pytest.raises(ValueError, match="one or more arrays of one shape"):
        grey(*frames)


def test_digits_stand_for_the_content_however_it_lies_in_memory():
    levels = np.arange(24, dtype=np.uint8).reshape(4, 6)
    assert Picture((levels,)).digest() == Picture((np.asfortranarray(levels),)).digest()
    assert len(Picture((levels,)).digest()) == 32
    others = [
        (levels.reshape(6, 4),),
        (levels[:2], levels[2:]),
        (levels[2:], levels[:2]),
        (levels.reshape(4, 2, 3),),
        (levels + np.uint8(1),),
    ]
    digests = {Picture(frames).digest() for frames in [(levels,), *others]}
    assert len(digests) == 6
