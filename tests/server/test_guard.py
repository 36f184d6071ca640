"""Foreign hosts, foreign pages, endless bodies: turned away before any route sees them."""

import asyncio
import dataclasses
import time

import anyio
import pytest
from fastapi import FastAPI, Request, WebSocket
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from server.errors import add_error_handlers
from server.guard import guarded
from server.settings import Settings

HERE = "http://127.0.0.1:8000"
SOCKET = "ws://127.0.0.1:8000/ws"


def make_app(settings):
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/")
    def page() -> Response:
        return PlainTextResponse("hello")

    @app.get("/kept")
    def kept() -> Response:
        return PlainTextResponse("hello", headers={"Cache-Control": "max-age=9"})

    @app.post("/echo")
    @app.post("/api/images")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.post("/deaf")
    def deaf() -> str:
        return "I did not listen"

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    guarded(app, settings)
    return app


def client_for(settings=None, base=HERE):
    return TestClient(make_app(settings or Settings()), base_url=base, raise_server_exceptions=False)


@pytest.fixture
def client():
    return client_for()


def error_of(response, status):
    assert response.status_code == status
    assert len(response.content) < 2048
    return response.json()["error"]


class TestHosts:
    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST", "localhost.", "[::1]:8000", "[0:0::1]"],
    )
    def test_own_names_are_answered(self, client, host):
        assert client.get("/", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "192.168.1.1",
            "[::2]",
            "",
            "local host",
            "127.0.0.1:",
            "127.0.0.1:port",
            "[::1",
            "a" * 5000,
        ],
    )
    def test_foreign_and_malformed_names_are_400(self, client, host):
        error = error_of(client.get("/", headers={"Host": host}), 400)
        assert error["code"] == "unknown_host"
        assert "CONVSCOPE_ALLOWED_HOSTS" in error["message"]
        assert "evil" not in error["message"]

    def test_two_hosts_are_400(self, client):
        hosts = [("Host", "127.0.0.1"), ("Host", "evil.example")]
        assert client.get("/", headers=hosts).status_code == 400

    def test_names_are_a_setting(self):
        client = client_for(Settings(allowed_hosts=("lab.example",)), "http://lab.example")
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"Host": "localhost"}).status_code == 400

    def test_serving_on_every_address_answers_to_addresses_but_not_to_foreign_names(self):
        client = client_for(Settings().serving("0.0.0.0"))
        for host in ("192.168.1.5:8000", "[2001:db8::5]"):
            assert client.get("/", headers={"Host": host}).status_code == 200
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400

    def test_of_a_websocket_before_it_is_accepted(self, client):
        with (
            pytest.raises(WebSocketDenialResponse) as caught,
            client.websocket_connect(SOCKET, headers={"Host": "evil.example"}),
        ):
            pass
        assert caught.value.status_code == 400


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
