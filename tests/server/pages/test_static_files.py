"""The page's files: compressed where that is taken, linked where asked, and asked about before each use."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from server.assets import STATIC
from server.pages.bundle import link
from server.pages.minify import minified
from server.pages.static_files import PageFiles
from tests.server.every import error_of


@pytest.mark.parametrize("name", ["style/base.css", "messages/zh.json", "lab.js"])
def test_text_files_are_compressed(client, name):
    with client.stream("GET", f"/static/{name}") as reply:
        raw = b"".join(reply.iter_raw())
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["cache-control"] == "no-cache"
    assert gzip.decompress(raw) == (STATIC / name).read_bytes()


@pytest.mark.parametrize("name", ["lab.js", "docs.js", "style/lab.css", "style/docs.css"])
def test_scripts_and_sheets_come_linked_where_that_is_asked_for(client, name):
    reply = client.get(f"/static/{name}?linked")
    kind = reply.headers["content-type"].split(";")[0]
    assert kind in ("text/javascript", "text/css")
    assert reply.text == minified(link(STATIC / name).text, kind)
    assert reply.headers["content-encoding"] == "gzip"
    again = client.get(f"/static/{name}?linked", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_cannot_be_linked_is_refused(client):
    reply = client.get("/static/lab/page.js?linked")
    assert error_of(reply, 404)["code"] == "not_linked"
    assert client.get("/static/lab/page.js").status_code == 200


@pytest.mark.parametrize("name", ["%00.js", "a" * 3000 + ".js", "nowhere.js/", "lab", "..%2fserver/app.py"])
def test_what_is_not_there_has_no_linked_form_either(client, name):
    assert client.get(f"/static/{name}?linked").status_code == 404


def test_an_edit_is_seen_with_the_next_visit(tmp_path: Path):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nb();\n')
    (tmp_path / "b.js").write_text("export const b = () => 1;\n")
    client = TestClient(Starlette(routes=[Mount("/static", PageFiles(tmp_path))]))
    before = client.get("/static/a.js?linked")
    assert client.get("/static/a.js?linked").headers["etag"] == before.headers["etag"]
    (tmp_path / "b.js").write_text("export const b = () => 2;\n")
    os.utime(tmp_path / "b.js", ns=(1, 1))
    after = client.get("/static/a.js?linked", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.text == before.text.replace("1", "2")


@pytest.mark.parametrize("path", ["operations", "kernels", "samples"])
def test_what_never_changes_is_made_once(client, path):
    reply = client.get(f"/api/{path}")
    assert reply.headers["content-encoding"] == "gzip"
    assert path in reply.json()
    again = client.get(f"/api/{path}", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get(f"/api/{path}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == reply.json()


def test_without_gzip_they_come_as_they_are(client):
    reply = client.get("/static/lab.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in reply.headers
    assert reply.content == (STATIC / "lab.js").read_bytes()
    assert "javascript" in reply.headers["content-type"]


def test_what_is_known_already_is_not_sent_again(client):
    tag = client.get("/static/lab.js").headers["etag"]
    reply = client.get("/static/lab.js", headers={"If-None-Match": tag})
    assert (reply.status_code, reply.content) == (304, b"")


def test_nothing_outside_is_served(client):
    for name in ("../pyproject.toml", "%2e%2e/pyproject.toml", "nowhere.js", ""):
        path = f"/static/{name}"
        reply = client.get(path)
        assert reply.status_code == 404
        assert reply.json()["error"]["code"] == "not_found"
