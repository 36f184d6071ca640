"""Services on ports of their own, and a folder for what scripts save."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.served import served
from tests.server.code.running import Service
from tests.server.networks import deep, small


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service as it ships."""
    with served() as address:
        yield Service(address)


@pytest.fixture(scope="session")
def trained(tmp_path_factory) -> Iterator[Service]:
    """A service of the small networks."""
    folder = tmp_path_factory.mktemp("networks")
    small.ship(folder)
    deep.ship(folder)
    deep.ship_grey(folder)
    with served(shipped=folder) as address:
        yield Service(address)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
