"""The activation of a unit as a curve over the numbers of one of its maps."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis.histogram import histogram
from server.errors import ApiError
from server.networks.curves import network_curve
from server.networks.wishes import PictureWish
from tests.server.networks import deep
from tests.server.networks.small import NAME, networks
from tests.server.stream.talk import answer

PICTURE = PictureWish(image="cat")


def test_before_and_after_are_what_the_unit_had(folder):
    run = networks(folder).run(NAME, PICTURE)
    found, kept = network_curve(run, "conv", 2), run.until("conv/relu")
    assert (found["layer"], found["of"], found["name"]) == ("conv/relu", 2, "relu")
    assert found["before"] == histogram(kept["conv"][2]).data()
    assert found["after"] == histogram(kept["conv/relu"][2]).data()
    assert found["y"] == np.maximum(found["x"], 0).tolist()
    assert network_curve(run, "conv/relu", 2) == found


def test_what_normalisation_gives_is_what_is_counted(tmp_path):
    deep.ship(tmp_path)
    run = networks(tmp_path).run(deep.NAME, PICTURE)
    found, kept = network_curve(run, "stem", 1), run.until("stem/relu6")
    assert (found["layer"], found["formula"]) == ("stem/relu6", "min(max(0, x), 6)")
    assert found["before"] == histogram(kept["stem/norm"][1]).data()
    with pytest.raises(
        ApiError, match="No activation follows the layer mix; one follows stem, deep"
    ) as caught:
        network_curve(run, "mix", 0)
    assert (caught.value.status_code, caught.value.code) == (422, "no_network_curve")


def test_over_the_stream(small, folder):
    with small.websocket_connect("/api/stream") as socket:
        wish = {"type": "network_curve", "network": NAME, "image": "cat", "layer": "conv"}
        socket.send_json(wish | {"id": 7, "map": 2})
        texts, frames = answer(socket, 7)
        expected = network_curve(networks(folder).run(NAME, PICTURE), "conv", 2)
        assert texts[0] == expected | {"id": 7, "type": "curve"}
        assert not frames
        socket.send_json(wish | {"id": 8, "map": 6})
        texts, _ = answer(socket, 8)
        assert texts[0]["error"]["message"] == "map names map 6; there are maps 0 to 5."
