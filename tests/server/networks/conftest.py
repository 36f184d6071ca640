"""A talk with the small network, and what the engine says of the picture it is given."""

from __future__ import annotations

import numpy as np
import pytest

from engine.network import activations, explain
from server.networks.wishes import PictureWish
from server.networks.zoo import Zoo
from tests.server.networks.small import NAME, networks
from tests.server.networks.talk import HOME


@pytest.fixture
def socket(small):
    """A stream to the service of the small network."""
    with small.websocket_connect("/api/stream") as socket:
        yield socket


@pytest.fixture(scope="session")
def expected(folder, small):
    """Every layer of the small network, of the whole cat."""
    reply = small.post(f"{HOME}/input", json={"image": "cat"}).json()
    return activations(Zoo(folder).get(NAME).network, np.array(reply["values"], np.float32))


@pytest.fixture(scope="session")
def run(folder):
    """A run of the small network on the whole cat, for tests that leave it as it is."""
    return networks(folder).run(NAME, PictureWish(image="cat"))


@pytest.fixture(scope="session")
def dense(run):
    """What the fourth class's number owes to every pixel."""
    return explain(run.shipped.network, run.prepared.values, "dense", (3,))
