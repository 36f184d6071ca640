"""What every answer says of itself."""

import pytest
from starlette.websockets import WebSocketDisconnect

from tests.server.guard.service import SOCKET


class TestHeaders:
    @pytest.mark.parametrize(
        ("path", "headers"),
        [("/", {}), ("/nowhere", {}), ("/", {"Host": "evil.example"})],
        ids=["page", "404", "refusal"],
    )
    def test_every_reply_has_them(self, client, path, headers):
        reply = client.get(path, headers=headers)
        policy = reply.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["cache-control"] in ("no-cache", "no-store")

    def test_what_a_route_says_itself_stands(self, client):
        assert client.get("/kept").headers["cache-control"] == "max-age=9"

    def test_closing_codes_of_accepted_websockets_are_the_routes(self, client):
        with client.websocket_connect(SOCKET) as socket:
            socket.receive_text()
            with pytest.raises(WebSocketDisconnect) as caught:
                socket.receive_text()
        assert caught.value.code == 1000
