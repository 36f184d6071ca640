"""The small network, served, and what it is given of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from tests.server.networks.small import serving, ship
from tests.server.networks.talk import CAT, HOME, loaded


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small network in it; nobody changes it."""
    folder = tmp_path_factory.mktemp("networks")
    ship(folder)
    return folder


@pytest.fixture(scope="session")
def small(folder: Path) -> Iterator[TestClient]:
    """A client of a service that ships the small network alone."""
    with serving(folder) as client:
        yield client


@pytest.fixture(scope="session")
def given(small: TestClient) -> np.ndarray:
    """What the small network is given of a part of the cat."""
    return loaded(small.post(f"{HOME}/input", json=CAT | {"format": "npy"}))
