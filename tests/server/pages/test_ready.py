"""Replies made once: small where gzip is taken, nothing where they are at hand already."""

from __future__ import annotations

import gzip
import json

from starlette.datastructures import Headers

from server.pages.ready import Ready, ready_json

TEXT = b"convolution " * 100


def test_gzip_for_whoever_takes_it_and_plain_for_others():
    ready = Ready(TEXT, "text/plain")
    plain, small = ready.reply(Headers({})), ready.reply(Headers({"accept-encoding": "br, gzip"}))
    assert plain.body == gzip.decompress(bytes(small.body)) == TEXT
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert len(small.body) < len(plain.body) / 5
    assert {reply.headers["vary"] for reply in (plain, small)} == {"Accept-Encoding"}


def test_who_has_it_is_sent_nothing():
    ready = Ready(TEXT, "text/plain")
    tag = ready.reply(Headers({})).headers["etag"]
    for held in (tag, f'"other", {tag}', f"W/{tag}"):
        reply = ready.reply(Headers({"if-none-match": held}))
        assert (reply.status_code, reply.body) == (304, b"")
        assert reply.headers["etag"] == tag
    assert ready.reply(Headers({"if-none-match": '"other"'})).status_code == 200


def test_the_tag_is_of_the_content():
    tags = {Ready(body, "text/plain").reply(Headers({})).headers["etag"] for body in (TEXT, TEXT, b"")}
    assert len(tags) == 2


def test_json():
    reply = ready_json({"title": "核", "numbers": [1, 2.5, None]}).reply(Headers({}))
    assert reply.media_type == "application/json"
    assert json.loads(bytes(reply.body)) == {"title": "核", "numbers": [1, 2.5, None]}
