"""An array as the answer to a request: as .npy, or in JSON beside what is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from engine.arrays import Array
from server.images.pixels import to_npy
from server.wire.json_text import array_pieces, json_text


def npy_reply(array: Array) -> Response:
    """Return the array as a .npy file."""
    return Response(to_npy(array), media_type="application/octet-stream")


def json_reply(told: Mapping[str, object], name: str, array: Array) -> Response:
    """Return what is told, with the array under ``name`` as its last member."""
    pieces = [json_text(told)[:-1], b",", json_text(name), b":", *array_pieces(array), b"}"]
    return Response(b"".join(pieces), media_type="application/json")
