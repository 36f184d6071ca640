"""Maps made small: means of areas."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from server.networks.thumbnails import thumbnails


def drawn(shape, seed, order=(0, 1, 2), low=-1.0):
    """Numbers that lie in memory in this order of axes, some of them 0."""
    rng = np.random.default_rng(seed)
    array = rng.uniform(low, 3, [shape[axis] for axis in order]).astype(np.float32)
    array[rng.random(array.shape) < 0.2] = 0
    return array.transpose(np.argsort(order))


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 50), st.integers(0, 9))
def test_a_cell_of_a_thumbnail_is_the_mean_of_its_area(height, width, side, seed):
    maps = drawn((2, height, width), seed)
    found = thumbnails(maps, side)
    if max(height, width) <= side:
        assert found is maps
        return
    _, rows, columns = found.shape
    assert max(rows, columns) == side
    assert rows == max(1, round(height * side / max(height, width)))
    # Every cell as rows x columns equal ones: then each area is a block of whole cells.
    fine = maps.astype(np.float64).repeat(rows, axis=1).repeat(columns, axis=2)
    expected = fine.reshape(2, rows, height, columns, width).mean(axis=(2, 4))
    assert np.allclose(found, expected, atol=1e-5)


@settings(deadline=None)
@given(st.floats(-(2.0**99), 2.0**99, width=32), st.integers(2, 200), st.integers(1, 50))
def test_a_map_of_one_number_stays_one(number, size, side):
    found = thumbnails(np.full((1, size, size), number, np.float32), side)
    assert (found == np.float32(number)).all()
