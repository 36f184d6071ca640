"""What the stream says of single cells, of parts, curves and weights."""

from __future__ import annotations

import pytest

from server.networks.runs import Run
from server.networks.tracing import network_trace
from server.networks.wishes import PictureWish
from tests.server.networks import deep, small
from tests.server.networks.small import NAME, networks
from tests.server.stream.test_stream import answer

PICTURE = PictureWish(image="cat")


@pytest.fixture(scope="module")
def runs(folder, tmp_path_factory) -> dict[str, Run]:
    """The small network and the deep one, each on a photo."""
    other = tmp_path_factory.mktemp("deep")
    deep.ship(other)
    return {
        small.NAME: networks(folder).run(small.NAME, PICTURE),
        deep.NAME: networks(other).run(deep.NAME, PICTURE),
    }


def test_over_http_and_over_the_stream(small, runs):
    wish = {"image": "cat", "layer": "conv/relu", "cell": [2, 5, 6]}
    reply = small.post(f"/api/networks/{NAME}/trace", json=wish)
    assert reply.status_code == 200
    assert reply.json() == network_trace(runs[NAME], "conv/relu", (2, 5, 6), 100)
    with small.websocket_connect("/api/stream") as socket:
        socket.send_json(wish | {"id": 3, "type": "network_trace", "network": NAME})
        texts, frames = answer(socket, 3)
    assert [text["type"] for text in texts] == ["network_trace", "done"]
    assert texts[0] == reply.json() | {"id": 3, "type": "network_trace"}
    assert not frames
