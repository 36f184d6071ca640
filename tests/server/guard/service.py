"""A small service behind the guards: what is turned away never reaches it."""

from fastapi import FastAPI, Request, WebSocket
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

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


def error_of(response, status):
    assert response.status_code == status
    assert len(response.content) < 2048
    return response.json()["error"]
