"""The same with NumPy alone: whole numbers stay whole."""

from __future__ import annotations

import numpy as np
import pytest

from tests.server.code.running import LANGUAGES, PHOTO, last, ran


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_numbers_of_a_photo_are_exact(service, language):
    wanted = service.npy("/api/run", PHOTO | {"format": "npy"})
    output = np.asarray(ran(service.scripts("run", PHOTO)[language])[0]["output"])
    assert np.array_equal(output, wanted)
    cell = {"cell": [0, 7, 9]}
    trace = service.json("/api/trace", PHOTO | cell)
    printed = ran(service.scripts("trace", PHOTO | cell)[language])[1]
    assert last(printed, "value") == trace["value"]
    if language != "torch":
        assert last(printed, "sum") == trace["sum"]
