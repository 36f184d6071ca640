"""The page's files. Texts are made small once for whoever takes gzip.

`static/lab.js?linked` is the script at that place with all that it imports, as one; so it is with a sheet.
A file that was edited is read again when it is next asked for, linked or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from engine.texts import Text
from server.errors import ApiError
from server.pages.bundle import BundleError, link
from server.pages.minify import minified
from server.pages.ready import Ready

_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_LINKED = (".css", ".js")


class PageFiles(StaticFiles):
    """Static files with ETag; texts as gzip where it is accepted, and linked where that is asked for."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self._made: dict[Path, tuple[Ready, dict[Path, int]]] = {}
        """What was linked, and when each of its files had been changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer; linking takes a second, and others have their turns meanwhile."""
        if scope["query_string"] == b"linked" and scope["method"] == "GET" and path.endswith(_LINKED):
            try:
                found, _ = await to_thread.run_sync(self.lookup_path, path)
            except (OSError, ValueError):  # no such file can be: what follows says so
                found = ""
            if found:
                await to_thread.run_sync(self.linked, Path(found))
        return await super().get_response(path, scope)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file, or 304 where the caller has it already."""
        path = Path(full_path)
        if path.suffix not in _TYPES or scope["method"] != "GET":
            return super().file_response(full_path, stat_result, scope, status_code)
        if path.suffix in _LINKED and scope["query_string"] == b"linked":
            ready = self.linked(path)
        else:
            ready = _ready(path, stat_result.st_mtime_ns)
        return ready.reply(Headers(scope=scope))

    def linked(self, entry: Path) -> Ready:
        """Return the script or sheet at ``entry`` with all that it imports, as its files are now.

        Raises:
            ApiError: 404 ``not_linked``: it cannot be, as most of the modules that lie deeper.
        """
        made = self._made.get(entry)
        if made and made[1] == _changes(made[1]):
            return made[0]
        try:
            whole = link(entry)
        except BundleError as error:
            raise ApiError(
                404,
                "not_linked",
                Text("This file has no linked form: {why}.", "此文件没有合并后的形式：{why}。"),
                values={"why": str(error)},
            ) from None
        kind = _TYPES[entry.suffix]
        ready = Ready(minified(whole.text, kind).encode(), kind)
        self._made[entry] = ready, _changes(whole.files)
        return ready


def _changes(files: Iterable[Path]) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns if path.exists() else 0 for path in files}


@lru_cache(maxsize=512)
def _ready(path: Path, changed: int) -> Ready:
    """Return the file at ``path``; ``changed`` makes a newer version another key."""
    return Ready(path.read_bytes(), _TYPES[path.suffix])
