"""The one error envelope, over HTTP and WebSocket alike.

``{"error": {"code", "message", "field", "values", "text", "advice"}}``: ``message`` is an
English sentence that says what is allowed, ``field`` the dotted name as the caller wrote it.
``text`` is the sentence by language, with places as {max} for the ``values``, so that a page
can call a parameter by its label; ``advice``, where there is any, says what to change in the
same way. An envelope stays under 2 KB, holds no stack trace and never what was sent.
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
from engine.texts import Text, fill

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

_MOST_BYTES = 2000
_MOST_TEXT = 600
_MOST_NAME = 120
_MOST_ITEMS = 16
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_FULL = (errno.ENOSPC, errno.EDQUOT)

STORAGE_FULL = (
    "storage_full",
    Text(
        "The server's disk is full; nothing was kept. Try again later.",
        "服务器磁盘已满，未保存任何内容。请稍后再试。",
    ),
)
# What Starlette and FastAPI say by themselves is a bare phrase; these say what is allowed.
_PLAIN = {
    400: ("bad_request", Text("The request could not be read.", "服务无法读取此请求。")),
    403: ("forbidden", Text("This is not allowed.", "不允许这样做。")),
    404: (
        "not_found",
        Text(
            "There is nothing at this address; the calls are listed in /openapi.json.",
            "此地址没有内容；可用的调用列在 /openapi.json 中。",
        ),
    ),
    405: ("method_not_allowed", Text("This address does not take that method.", "此地址不接受这种方法。")),
    413: ("too_large", Text("The request is too large.", "请求过大。")),
    415: (
        "unsupported_media_type",
        Text("The request's content type is not one this call takes.", "此调用不接受这种内容类型。"),
    ),
    500: (
        "internal",
        Text("Something went wrong on the server; it has been logged.", "服务器出了问题，已记入日志。"),
    ),
    503: (
        "unavailable",
        Text("The service cannot answer just now; try again.", "服务器目前无法应答，请重试。"),
    ),
    507: STORAGE_FULL,
}


class ErrorBody(BaseModel):
    """What went wrong: see this module."""

    code: str
    message: str
    field: str | None
    values: dict[str, object]
    text: dict[str, str]
    advice: dict[str, str] | None = None


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
        text: sentence that says what is allowed, with places for the values.
        field: dotted name of what is at fault, as the caller wrote it.
        values: the numbers and names that the sentence holds.
        advice: what to change.
        headers: HTTP headers that belong to the reply.
    """

    def __init__(
        self,
        status: int,
        code: str,
        text: Text,
        field: str | None = None,
        values: Mapping[str, object] | None = None,
        advice: Text | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.values: dict[str, object] = dict(values or {})
        self.message = fill(text.en, self.values)
        super().__init__(status, self.message, headers)
        self.code = code
        self.text = text
        self.field = field
        self.advice = advice

    def __str__(self) -> str:
        return self.message


def some(names: Sequence[str]) -> Text:
    """Return the first few of ``names``."""
    few = ", ".join(names[:8])
    return Text(f"{few} and others", f"{few} 等") if len(names) > 8 else Text(few, few)


def envelope(error: ApiError | ConvscopeError) -> dict[str, Json]:
    """Return the error envelope as JSON-ready data of less than 2 KB; what is too long is cut."""
    body: dict[str, Json] = {}
    for most in (_MOST_TEXT, _MOST_TEXT // 2, _MOST_NAME):
        whole = most > _MOST_NAME
        body = {
            "code": _text(error.code, _MOST_NAME),
            "message": _text(error.message, most),
            "field": None if error.field is None else _text(error.field, _MOST_NAME),
            "values": {_text(n, _MOST_NAME): json_ready(v) for n, v in error.values.items() if whole},
            "text": _languages(error.text, most),
        }
        if error.advice and whole:
            body["advice"] = _languages(error.advice, most)
        if len(_encode({"error": body})) < _MOST_BYTES:
            break
    return {"error": body}


def envelope_of(error: Exception) -> tuple[int, dict[str, Json]]:
    """Return the HTTP status and the envelope that tell of ``error``, whatever it is."""
    if isinstance(error, ApiError):
        return error.status_code, envelope(error)
    if isinstance(error, ConvscopeError):
        return 404 if isinstance(error, UnknownName) else 422, envelope(error)
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


def _languages(text: Text, most: int) -> dict[str, Json]:
    return {language: _text(said, most) for language, said in text.data().items()}


def _encode(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


_INVALID = Text("{name} {said}{more}.", "{name} {said}{more}。")
_REQUEST = Text("The request", "请求")
_MORE = Text(" (and {rest} more like it)", "（另有 {rest} 处类似）")
_WRONG = {
    "missing": ("missing", Text("{name} is needed and is missing.", "缺少 {name}。")),
    "extra_forbidden": (
        "unknown_field",
        Text("{name} is not a field of this call.", "此调用没有字段 {name}。"),
    ),
}


def _of_status(status: int, detail: str | None = None) -> tuple[int, dict[str, Json]]:
    phrase = http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else ""
    failed = Text(f"{phrase or 'The request failed'}.", "请求失败。")
    code, text = _PLAIN.get(status, (f"http_{status}", failed))
    if isinstance(detail, str) and detail.strip() not in ("", phrase):
        text = Text(detail, text.zh)
    return status, envelope(ApiError(status, code, text))


def _of_validation(errors: Sequence[Mapping[str, object]]) -> tuple[int, dict[str, Json]]:
    """Tell of the first of ``errors`` as pydantic lists them, without the input they hold."""
    first: Mapping[str, object] = errors[0] if errors else {}
    kind = str(first.get("type", "invalid"))
    if kind == "json_invalid":
        return 400, envelope(ApiError(400, "bad_json", Text("The body must be JSON.", "请求体必须是 JSON。")))
    place = [str(part) for part in cast("Sequence[object]", first.get("loc", ()))]
    if len(place) > 1 and place[0] in ("body", "query", "path", "header", "cookie"):
        place = place[1:]
    field = ".".join(place)[: _MOST_NAME - 1] or None
    code, text = _WRONG.get(kind, ("invalid", _INVALID))
    rest = len(errors) - 1
    values = _ends(cast("Mapping[str, object]", first.get("ctx") or {}))
    more = _MORE.put(rest=f"{rest:,}") if rest else ""
    text = text.put(said=_said(str(first.get("msg", "is not valid"))), more=more, name=field or _REQUEST)
    return 422, envelope(ApiError(422, code, text, field, values))


def _said(message: str) -> Text:
    """Return what pydantic says as the rest of a sentence that begins with a name."""
    said = message.replace("Input should be ", "must be ", 1).removeprefix("Value error, ")
    return Text(said, f"的值不被允许（{said}）")


def _ends(context: Mapping[str, object]) -> dict[str, object]:
    """Return the allowed range or choices that pydantic names, under our names for them."""
    names = {"ge": "min", "le": "max", "gt": "above", "lt": "below", "expected": "expected"}
    return {ours: context[theirs] for theirs, ours in names.items() if theirs in context}
