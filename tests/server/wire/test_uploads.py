"""One file out of a multipart body: what is not that is refused in words, and nothing of it comes back."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from server.errors import add_error_handlers
from server.wire.uploads import read_upload

PHOTO = bytes(range(256)) * 20
MOST = 2 * len(PHOTO)
FORM = {"Content-Type": "multipart/form-data; boundary=X"}
PART = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A service that gives back what it was sent."""
    app = FastAPI()
    add_error_handlers(app)

    @app.post("/api/images")
    async def upload(request: Request) -> str:
        return (await read_upload(request, MOST)).hex()

    return TestClient(app, raise_server_exceptions=False)


def error_of(response, status):
    assert response.status_code == status
    assert len(response.content) < 2048
    return response.json()["error"]


def test_the_file_arrives_byte_for_byte(client):
    for data in (PHOTO, PHOTO * 2):
        reply = client.post("/api/images", files={"file": ("a.png", data)})
        assert bytes.fromhex(reply.json()) == data


@pytest.mark.parametrize(
    ("data", "status", "code"), [(b"", 422, "empty_file"), (PHOTO * 3, 413, "too_large")]
)
def test_a_file_must_hold_something_and_no_more_than_is_allowed(client, data, status, code):
    error = error_of(client.post("/api/images", files={"file": ("a.png", data)}), status)
    assert (error["code"], error["field"]) == (code, "file")
    if code == "too_large":
        assert error["values"] == {"max": MOST, "limit": "max_upload_bytes"}


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (PART + PHOTO + b"\r\n--X--\r\n", {"Content-Type": "multipart/form-data"}),
        (PART + PHOTO, FORM),
        (PART + PHOTO + b"\r\n--X\r\n", FORM),
        (PART[:30], FORM),
        (b"", FORM),
        (b"swordfish", FORM),
        ((PART + b"x\r\n") * 1001 + b"--X--\r\n", FORM),
        (PART + b"x\r\n" + PART + b"y\r\n--X--\r\n", FORM),
        (b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1001 + b"--X--\r\n", FORM),
        (b"--X\r\nContent-Disposition: form-data\r\n\r\nx\r\n--X--\r\n", FORM),
        (b"--X\r\nContent-Disposition: " + b"a" * 90_000, FORM),
        (b"--X\r\n" + b"A: b\r\n" * 15_000, FORM),
    ],
    ids=[
        "no-boundary",
        "cut-short",
        "no-end",
        "cut-in-header",
        "empty",
        "no-multipart",
        "1001-files",
        "two-files",
        "1001-fields",
        "no-name",
        "long-header",
        "many-headers",
    ],
)
def test_broken_multipart_is_400(client, content, headers):
    error = error_of(client.post("/api/images", content=content, headers=headers), 400)
    assert error["code"] == "bad_multipart"
    assert "swordfish" not in error["message"]


@pytest.mark.parametrize("kind", ["image/png", "application/json", "application/x-www-form-urlencoded", ""])
def test_other_content_types_are_415(client, kind):
    response = client.post("/api/images", content=PHOTO, headers={"Content-Type": kind})
    assert "multipart/form-data" in error_of(response, 415)["message"]


def test_one_field_called_file_and_no_other(client):
    error = error_of(client.post("/api/images", files={"picture": ("a.png", PHOTO)}), 422)
    assert (error["code"], error["field"]) == ("unknown_field", "picture")
    error = error_of(client.post("/api/images", files={"file": ("a.png", PHOTO)}, data={"b": "1"}), 422)
    assert error["field"] == "b"
    part = b'--X\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--X--\r\n'
    error = error_of(client.post("/api/images", content=part, headers=FORM), 422)
    assert (error["code"], error["field"]) == ("missing", "file")
