"""Endless, slow and abandoned bodies: turned away before any route sees them."""

import asyncio
import dataclasses
import time

import anyio
import pytest

from server.settings import Settings
from tests.server.guard.service import client_for, error_of, make_app


class TestBodies:
    SETTINGS = Settings(max_body_bytes=10_000, max_upload_bytes=300_000, body_timeout=0.2)

    @pytest.fixture
    def client(self):
        return client_for(self.SETTINGS)

    @staticmethod
    def pieces(count):
        for _ in range(count):
            yield b"x" * 1000

    def test_limit_is_inclusive(self, client):
        assert client.post("/echo", content=b"x" * 10_000).json() == 10_000
        assert client.post("/echo", content=self.pieces(10)).json() == 10_000

    @pytest.mark.parametrize("announced", [True, False])
    def test_too_large_is_413_with_and_without_content_length(self, client, announced):
        content = b"x" * 10_001 if announced else self.pieces(11)
        error = error_of(client.post("/echo", content=content), 413)
        assert error["code"] == "too_large"
        assert error["values"] == {"max": 10_000, "limit": "max_body_bytes"}
        assert "10,000 bytes" in error["message"]

    @pytest.mark.parametrize("announced", [True, False])
    def test_uploads_have_a_limit_of_their_own(self, client, announced):
        assert client.post("/api/images", content=b"x" * 300_000).status_code == 200
        content = b"x" * 400_000 if announced else self.pieces(400)
        error = error_of(client.post("/api/images", content=content), 413)
        assert error["values"] == {"max": 300_000, "limit": "max_upload_bytes"}

    def test_an_announced_body_is_refused_where_no_route_reads_it(self, client):
        assert client.post("/deaf", content=b"x" * 10_001).status_code == 413
        assert client.post("/nowhere", content=b"x" * 10_001).status_code == 413

    @pytest.mark.parametrize("length", ["9" * 400, "99999999999999999999"])
    def test_absurd_announcements(self, client, length):
        assert client.post("/echo", headers={"Content-Length": length}).status_code == 413

    @staticmethod
    def request(app, pieces, pause):
        """Send ``pieces`` with a ``pause`` in seconds between them; return the status."""
        waiting = iter(pieces)
        sent = []

        async def receive():
            await anyio.sleep(pause)
            piece = next(waiting, None)
            return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": "/echo",
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1")],
        }
        asyncio.run(app(scope, receive, send))
        return sent[0]["status"]

    def test_a_byte_at_a_time_is_dropped(self):
        app = make_app(self.SETTINGS)
        began = time.monotonic()
        assert self.request(app, [b"x"] * 10_000, 0.01) == 408
        assert time.monotonic() - began < 10

    def test_a_steady_body_may_take_longer_than_that(self):
        settings = dataclasses.replace(self.SETTINGS, max_body_bytes=1_000_000)
        assert self.request(make_app(settings), [b"x" * 16_384] * 8, 0.06) == 200

    def test_a_client_that_leaves_is_no_error_of_the_server(self):
        async def receive():
            return {"type": "http.disconnect"}

        async def send(_):
            pass

        scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": "/echo",
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1")],
        }
        asyncio.run(make_app(self.SETTINGS)(scope, receive, send))
