"""The small network, served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.server.networks.small import serving, ship


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
