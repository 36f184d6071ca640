"""For whoever runs the service."""

from __future__ import annotations


def test_livez(client):
    assert client.get("/livez").json() == {"status": "ok"}
