"""The page's files, made small once for whoever takes gzip.

The types and prose of the scripts stand in JSDoc blocks, a quarter of their weight, that
only readers need: they stay off the wire. Lines keep their numbers.
"""

from __future__ import annotations

import gzip
import os
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TEXTS = frozenset((".css", ".js", ".json", ".svg"))
_JSDOC = re.compile(rb"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)
"""A JSDoc block with lines of its own; one that stands before an expression is left alone."""
_KEPT = ("etag", "last-modified", "content-type")


class CompressedFiles(StaticFiles):
    """Static files with ETag, as Starlette serves them; text files as gzip where it is accepted."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file, or 304 where the caller has it already."""
        plain = super().file_response(full_path, stat_result, scope, status_code)
        path = Path(full_path)
        if path.suffix not in _TEXTS:
            return plain
        plain.headers["vary"] = "Accept-Encoding"
        accepted = Headers(scope=scope).get("accept-encoding", "")
        if plain.status_code != 200 or scope["method"] != "GET" or "gzip" not in accepted:
            return plain
        headers = {name: plain.headers[name] for name in (*_KEPT, "vary")}
        return Response(
            _compressed(path, stat_result.st_mtime_ns), headers={**headers, "content-encoding": "gzip"}
        )


@lru_cache(maxsize=512)
def _compressed(path: Path, changed: int) -> bytes:
    """Return the file at ``path`` as gzip; ``changed`` makes a newer version another key."""
    content = path.read_bytes()
    if path.suffix == ".js":
        content = _JSDOC.sub(lambda block: b"\n" * block.group().count(b"\n"), content)
    return gzip.compress(content, compresslevel=9, mtime=0)
