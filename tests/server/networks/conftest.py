"""A talk with the small network, and what the engine says of the picture it is given."""

from __future__ import annotations

import numpy as np
import pytest

from engine.network import activations
from server.networks.zoo import Zoo
from tests.server.networks.small import NAME
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
