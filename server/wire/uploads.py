"""One file out of a multipart body, held in memory: a full temporary disk cannot stop it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from engine.texts import Text
from server.errors import ApiError

# Parts beside the file that are read before they are refused by name.
_MOST_FIELDS = 16
_AS_FORM = Text(
    "Send the picture as multipart/form-data, in a field called {name}.",
    "请以 multipart/form-data 上传图片，字段名为 {name}。",
)
_ONE_FIELD = Text("The form takes one field, {name}, and no other.", "表单只接受一个字段 {name}，别无其他。")
_NEEDED = Text("{name} is needed: a file, with its file name.", "缺少 {name}：一个带文件名的文件。")
_EMPTY = Text("{name} is empty; send a complete file.", "{name} 是空的；请使用完整的文件。")
_MOST_FIELD_BYTES = 4096


class _Parser(MultiPartParser):
    """Starlette's parser, which by itself takes a body that is cut short for an empty form."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], most_bytes: int) -> None:
        super().__init__(
            headers,
            self._whole(stream),
            max_files=1,
            max_fields=_MOST_FIELDS,
            max_part_size=_MOST_FIELD_BYTES,
        )
        # Above any file that is let through, so that none is put on disk.
        self.spool_max_size = most_bytes + 1_000_000
        self._ended = False

    def on_end(self) -> None:
        self._ended = True

    async def _whole(self, stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        # Raised in here, the error makes Starlette close the file it has begun.
        async for piece in stream:
            yield piece
        if not self._ended:
            raise _bad_multipart("It is cut short.")


async def read_upload(request: Request, most_bytes: int, name: str = "file") -> bytes:
    """Return the bytes of the one file, called ``name``, in a multipart/form-data body.

    Args:
        request: whose body is read; how large all of it may be is the body guard's business.
        most_bytes: most bytes of the file.
        name: the field's name.

    Raises:
        ApiError: 415 another content type; 400 ``bad_multipart`` (no boundary, cut short, more
            than one file); 422 another field, or none, or an empty file; 413 too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise ApiError(415, "unsupported_media_type", _AS_FORM, name, {"name": name})
    form = await _form(request, most_bytes)
    try:
        return await _only_file(form, most_bytes, name)
    finally:
        await form.close()


def too_large(most_bytes: int, limit: str, field: str | None = None) -> ApiError:
    """Return the 413 that names the setting ``limit`` and its value."""
    text = Text(
        "The {what} is larger than the limit ({limit}) of {max} bytes.",
        "{what}过大；上限（{limit}）为 {max} 字节。",
    )
    text = text.put(what=Text("body", "请求体") if field is None else Text(field, f"{field} "))
    return ApiError(413, "too_large", text, field, {"max": most_bytes, "limit": limit})


async def _form(request: Request, most_bytes: int) -> FormData:
    async with aclosing(request.stream()) as stream:
        try:
            return await _Parser(request.headers, stream, most_bytes).parse()
        except MultiPartException as error:
            raise _bad_multipart(error.message) from None


async def _only_file(form: FormData, most_bytes: int, name: str) -> bytes:
    for key in form:
        if key != name:
            raise ApiError(422, "unknown_field", _ONE_FIELD, key, {"name": name})
    file = form.get(name)
    if not isinstance(file, UploadFile):
        raise ApiError(422, "missing", _NEEDED, name, {"name": name})
    if file.size == 0:
        raise ApiError(422, "empty_file", _EMPTY, name, {"name": name})
    if (file.size or 0) > most_bytes:
        raise too_large(most_bytes, "max_upload_bytes", name)
    return await file.read()


def _bad_multipart(why: str) -> ApiError:
    text = Text("The multipart body could not be read: {why}", "无法读取上传的数据：{why}")
    return ApiError(400, "bad_multipart", text, values={"why": why})
