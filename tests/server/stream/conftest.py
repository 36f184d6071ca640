"""A stream to the service."""

from __future__ import annotations

import pytest


@pytest.fixture
def socket(client):
    """A stream that is open."""
    with client.websocket_connect("/api/stream") as socket:
        yield socket
