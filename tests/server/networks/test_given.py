"""What the stream says of a picture as a network is given it: the levels fed, and each step to them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.server.networks.small import NAME, SIDE
from tests.server.networks.talk import ask


def test_the_input_is_levels_as_they_are_fed(small, socket):
    texts, frames = ask(socket, 1, invert=True)
    steps = small.post(f"/api/networks/{NAME}/input", json={"image": "cat", "invert": True}).json()
    values = np.array(steps.pop("values"))
    assert texts[0] == {"id": 1, "type": "input", "height": SIDE, "width": SIDE, **steps}
    header, levels = frames[0]
    assert (header["layer"], header["min"], header["max"]) == ("input", [0] * 3, [255] * 3)
    law = [np.array(steps[name])[:, None, None] for name in ("subtract", "divide")]
    assert np.allclose((levels - law[0]) / law[1], values)


@pytest.mark.parametrize("invert", [False, True])
def test_the_input_step_by_step(small, socket, invert):
    more = {"image": "flower", "crop": [0, 0, 90, 300], "invert": invert}
    texts, frames = ask(socket, 1, type="network_input", **more)
    steps = small.post(f"/api/networks/{NAME}/input", json=more).json()
    assert np.array_equal(frames[2][1], np.array(steps.pop("values"), np.float32))
    assert texts[0] == {"id": 1, "type": "input", "height": SIDE, "width": SIDE, **steps}
    assert [header["layer"] for header, _ in frames] == ["resized", "levels", "values"]
    resized, levels = frames[0][1], frames[1][1]
    assert np.array_equal(levels, 255 - resized if invert else resized)
