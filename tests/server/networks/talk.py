"""Talking with the small network: a wish over the stream, a reply over HTTP, and what came of it."""

from __future__ import annotations

import io

import numpy as np

from tests.server.networks.small import LAYERS, NAME
from tests.server.stream.talk import answer

HOME = f"/api/networks/{NAME}"
CAT = {"image": "cat", "crop": [10, 20, 200, 190]}
WISH = {"type": "activations", "network": NAME, "image": "cat"}
LASTS = ["conv/relu", *LAYERS[2:]]
VECTORS = ["flat", "dense", "share"]


def ask(socket, number, **more):
    """Send ``WISH`` with some of it replaced; return the texts and frames that answer it."""
    socket.send_json(WISH | {"id": number} | more)
    return answer(socket, number)


def shown(header, maps):
    """The numbers that the levels of a frame stand for."""
    low, high = (np.array(header[end])[:, None, None] for end in ("min", "max"))
    return low + maps * (high - low) / 255


def loaded(reply) -> np.ndarray:
    """The array in a reply of .npy."""
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/octet-stream"
    return np.load(io.BytesIO(reply.content), allow_pickle=False)
