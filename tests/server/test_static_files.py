"""The page's files: compressed where that is taken, asked about before each use."""

from __future__ import annotations

import gzip

import pytest

from server.assets import STATIC


@pytest.mark.parametrize("name", ["style/base.css", "messages/zh.json"])
def test_text_files_are_compressed(client, name):
    with client.stream("GET", f"/static/{name}") as reply:
        raw = b"".join(reply.iter_raw())
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["cache-control"] == "no-cache"
    assert gzip.decompress(raw) == (STATIC / name).read_bytes()


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_scripts_lose_their_jsdoc_and_nothing_else(client, path):
    sent = client.get(f"/static/{path.relative_to(STATIC).as_posix()}").text.splitlines()
    written = path.read_text("utf-8").splitlines()
    assert len(sent) == len(written)
    inside = False
    for there, here in zip(sent, written, strict=True):
        text = here.strip()
        alone = text.startswith("/**") and (text.endswith("*/") or "*/" not in text)
        inside = inside or alone
        assert there == ("" if inside else here)
        inside = inside and not text.endswith("*/")


def test_without_gzip_they_come_as_they_are(client):
    reply = client.get("/static/app.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in reply.headers
    assert reply.content == (STATIC / "app.js").read_bytes()
    assert "javascript" in reply.headers["content-type"]


def test_what_is_known_already_is_not_sent_again(client):
    tag = client.get("/static/app.js").headers["etag"]
    reply = client.get("/static/app.js", headers={"If-None-Match": tag})
    assert (reply.status_code, reply.content) == (304, b"")


def test_nothing_outside_is_served(client):
    for name in ("../pyproject.toml", "%2e%2e/pyproject.toml", "nowhere.js", ""):
        path = f"/static/{name}"
        reply = client.get(path)
        assert reply.status_code == 404
        assert reply.json()["error"]["code"] == "not_found"
