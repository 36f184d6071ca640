"""The one error envelope, over HTTP and WebSocket alike.

``{"error": {"code", "message", "field", "values"}}``: ``message`` is an English
sentence that says what is allowed, ``field`` the dotted name as the caller wrote it,
``code`` and ``values`` what the page needs to say it in its own language. An envelope
stays under 2 KB, holds no stack trace and never what was sent.
"""

from __future__ import annotations

import errno
import http
import json
import math
import numbers
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from engine.errors import ConvscopeError, UnknownName

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

_MOST_BYTES = 2000
_MOST_TEXT = 600
_MOST_NAME = 120
_MOST_ITEMS = 16
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_FULL = (errno.ENOSPC, errno.EDQUOT)

# What Starlette and FastAPI say by themselves is a bare phrase; these say what is allowed.
_PLAIN = {
    400: ("bad_request", "The request could not be read."),
    403: ("forbidden", "This is not allowed."),
    404: ("not_found", "There is nothing at this address; the calls are listed in /openapi.json."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "The request is too large."),
    415: ("unsupported_media_type", "The request's content type is not one this call takes."),
    500: ("internal", "Something went wrong on the server; it has been logged."),
    503: ("unavailable", "The service cannot answer just now; try again."),
    507: ("storage_full", "The server's disk is full; nothing was kept. Try again later."),
}


class ErrorBody(BaseModel):
    """What went wrong: see this module."""

    code: str
    message: str
    field: str | None
    values: dict[str, object]


class ErrorEnvelope(BaseModel):
    """The body of every reply that refuses or fails."""

    error: ErrorBody


ERROR_RESPONSES: dict[int | str, dict[str, object]] = {
    "4XX": {"model": ErrorEnvelope, "description": "Refused; the message says what is allowed."}
}
"""For FastAPI's ``responses``: what it would list itself (HTTPValidationError) is never sent."""


class ApiError(HTTPException):
    """A request that the service refuses on purpose.

    An HTTPException, because FastAPI turns any other error met while a body is read
    into its own 400.

    Args:
        status: HTTP status code.
        code: stable name of the error, in snake_case.
        message: sentence that says what is allowed.
        field: dotted name of what is at fault, as the caller wrote it.
        values: the numbers and names that the sentence holds.
        headers: HTTP headers that belong to the reply.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        values: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, headers)
        self.code = code
        self.message = message
        self.field = field
        self.values: dict[str, object] = dict(values or {})

    def __str__(self) -> str:
        return self.message


def envelope(
    code: str, message: str, field: str | None = None, values: Mapping[str, object] | None = None
) -> dict[str, Json]:
    """Return the error envelope as JSON-ready data of less than 2 KB."""
    body: dict[str, Json] = {
        "code": _text(code, _MOST_NAME),
        "message": _text(message, _MOST_TEXT),
        "field": None if field is None else _text(field, _MOST_NAME),
        "values": {_text(name, _MOST_NAME): json_ready(value) for name, value in (values or {}).items()},
    }
    if len(_encode({"error": body})) >= _MOST_BYTES:
        body["values"] = {}
    if len(_encode({"error": body})) >= _MOST_BYTES:
        body["message"] = _text(message, _MOST_TEXT // 2)
    return {"error": body}


def envelope_of(error: Exception) -> tuple[int, dict[str, Json]]:
    """Return the HTTP status and the envelope that tell of ``error``, whatever it is."""
    if isinstance(error, ApiError):
        return error.status_code, envelope(error.code, error.message, error.field, error.values)
    if isinstance(error, ConvscopeError):
        status = 404 if isinstance(error, UnknownName) else 422
        return status, envelope(error.code, error.message, error.field, error.values)
    if isinstance(error, RequestValidationError):
        return _of_validation(cast("Sequence[Mapping[str, object]]", error.errors()))
    if isinstance(error, HTTPException):
        return _of_status(error.status_code, error.detail)
    if isinstance(error, ClientDisconnect):  # nobody is left to read this
        return _of_status(400)
    if isinstance(error, OSError) and error.errno in _FULL:
        return _of_status(507)
    return _of_status(500)


def add_error_handlers(app: FastAPI) -> None:
    """Make ``app`` answer every error with the envelope.

    An unforeseen error is raised again by Starlette once it is answered, so that the
    server logs it with its trace.
    """

    async def handle(request: Request, error: Exception) -> Response:
        return error_response(error)

    for kind in (ClientDisconnect, ConvscopeError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)


def error_response(error: Exception) -> Response:
    """Return the HTTP response that tells of ``error``."""
    status, body = envelope_of(error)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    headers.setdefault("Cache-Control", "no-store")
    return JSONResponse(body, status_code=status, headers=headers)


def json_ready(value: object) -> Json:
    """Return ``value`` as JSON-ready data; a number that is not finite becomes None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, _MOST_TEXT // 2)
    if isinstance(value, numbers.Integral):
        whole = int(value)
        if abs(whole) < 2**63:
            return whole
        return float(whole) if abs(whole) < 1e308 else None
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, Mapping):
        items = list(cast("Mapping[object, object]", value).items())[:_MOST_ITEMS]
        return {_text(str(name), _MOST_NAME): json_ready(item) for name, item in items}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [json_ready(item) for item in list(cast("Sequence[object]", value))[:_MOST_ITEMS]]
    return _text(str(value), _MOST_NAME)


def _text(text: str, most: int) -> str:
    """Return ``text`` as what can be sent: at most ``most`` bytes and no control characters."""
    # A lone surrogate, which JSON can spell, cannot be sent as UTF-8.
    sound = text[: most + 1].translate(_CONTROLS).encode("utf-8", "replace")
    return sound.decode() if len(sound) <= most else sound[: most - 3].decode("utf-8", "ignore") + "…"


def _encode(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _of_status(status: int, detail: str | None = None) -> tuple[int, dict[str, Json]]:
    phrase = http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else ""
    code, sentence = _PLAIN.get(status, (f"http_{status}", f"{phrase or 'The request failed'}."))
    said = isinstance(detail, str) and detail.strip() not in ("", phrase)
    return status, envelope(code, cast("str", detail) if said else sentence)


def _of_validation(errors: Sequence[Mapping[str, object]]) -> tuple[int, dict[str, Json]]:
    """Tell of the first of ``errors`` as pydantic lists them, without the input they hold."""
    first: Mapping[str, object] = errors[0] if errors else {}
    kind = str(first.get("type", "invalid"))
    if kind == "json_invalid":
        return 400, envelope("bad_json", "The body must be JSON.")
    place = [str(part) for part in cast("Sequence[object]", first.get("loc", ()))]
    if len(place) > 1 and place[0] in ("body", "query", "path", "header", "cookie"):
        place = place[1:]
    field = ".".join(place)[: _MOST_NAME - 1] or None
    name = field or "The request"
    message = str(first.get("msg", "is not valid"))
    if kind == "missing":
        return 422, envelope("missing", f"{name} is needed and is missing.", field)
    if kind == "extra_forbidden":
        return 422, envelope("unknown_field", f"{name} is not a field of this call.", field)
    for opening in ("Input should be ", "Value error, "):
        if message.startswith(opening):
            verb = "must be " if opening.startswith("Input") else ""
            message = verb + message.removeprefix(opening)
    rest = len(errors) - 1
    more = f" (and {rest:,} more like it)" if rest else ""
    values = _ends(cast("Mapping[str, object]", first.get("ctx") or {}))
    return 422, envelope("invalid", f"{name} {message}{more}.", field, values)


def _ends(context: Mapping[str, object]) -> dict[str, object]:
    """Return the allowed range or choices that pydantic names, under our names for them."""
    names = {"ge": "min", "le": "max", "gt": "above", "lt": "below", "expected": "expected"}
    return {ours: context[theirs] for theirs, ours in names.items() if theirs in context}
