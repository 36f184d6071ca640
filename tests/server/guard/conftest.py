"""Fixtures of the guards' tests."""

import pytest

from tests.server.guard.service import client_for


@pytest.fixture
def client():
    return client_for()
