"""A part of a map: every one that lies within, and no other."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from server.errors import ApiError
from server.wire.region import cells_of


def test_every_part_within_is_cut_out_and_every_other_refused():
    cells = np.arange(3 * 4).reshape(3, 4)
    for y, x, height, width in product(range(5), repeat=4):
        inside = [cells[y : y + height, x : x + width].size == height * width, height > 0, width > 0]
        if all(inside):
            rows, columns = cells_of([y, x, height, width], 3, 4)
            np.testing.assert_array_equal(cells[rows, columns], cells[y : y + height, x : x + width])
        else:
            with pytest.raises(ApiError, match="at least one cell within 3 x 4") as caught:
                cells_of([y, x, height, width], 3, 4)
            assert (caught.value.status_code, caught.value.field) == (422, "region")
