"""Foreign pages: turned away before any route sees them."""

import asyncio

import pytest
from starlette.testclient import WebSocketDenialResponse

from server.settings import Settings
from tests.server.guard.service import HERE, SOCKET, client_for, error_of, make_app


class TestOrigins:
    FOREIGN = (
        "https://evil.example",
        "null",
        "https://127.0.0.1:8000",
        "http://127.0.0.1",
        "http://127.0.0.1:8001",
        "http://localhost:8000",
        "http://127.0.0.1:8000.evil.example",
        "",
    )

    @pytest.mark.parametrize("origin", FOREIGN)
    def test_foreign_websocket_is_403_before_accept(self, client, origin):
        with (
            pytest.raises(WebSocketDenialResponse) as caught,
            client.websocket_connect(SOCKET, headers={"Origin": origin}),
        ):
            pass
        assert caught.value.status_code == 403
        assert caught.value.json()["error"]["code"] == "foreign_origin"

    @pytest.mark.parametrize("headers", [{}, {"Origin": HERE}])
    def test_own_page_and_scripts_may_connect(self, client, headers):
        with client.websocket_connect(SOCKET, headers=headers) as socket:
            assert socket.receive_text() == "hello"

    @pytest.mark.parametrize("origin", FOREIGN)
    def test_foreign_pages_may_not_post(self, client, origin):
        error = error_of(client.post("/echo", headers={"Origin": origin}), 403)
        assert (error["code"], error["field"]) == ("foreign_origin", "Origin")

    def test_own_page_and_scripts_may_post(self, client):
        assert client.post("/echo", headers={"Origin": HERE}).status_code == 200
        assert client.post("/echo").status_code == 200

    def test_reading_is_left_to_the_browsers_own_check(self, client):
        assert client.get("/", headers={"Origin": "https://evil.example"}).status_code == 200

    def test_the_default_port_may_be_left_out(self):
        client = client_for(base="http://localhost")
        for host in ("localhost", "localhost:80"):
            headers = {"Host": host, "Origin": "http://localhost"}
            assert client.post("/echo", headers=headers).status_code == 200

    def test_other_origins_are_a_setting(self):
        client = client_for(Settings(allowed_origins=("https://friend.example",)))
        assert client.post("/echo", headers={"Origin": "https://friend.example"}).status_code == 200
        assert client.post("/echo", headers={"Origin": "https://evil.example"}).status_code == 403

    def test_a_server_that_cannot_send_the_envelope_closes(self):
        sent = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": "/ws",
            "headers": [(b"host", b"127.0.0.1"), (b"origin", b"null")],
        }
        asyncio.run(make_app(Settings())(scope, receive, send))
        assert [message["type"] for message in sent] == ["websocket.close"]
