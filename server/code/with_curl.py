"""The request itself, for curl."""

from __future__ import annotations

from collections.abc import Mapping

from server.code.literals import json_literal


def curl(server: str, path: str, body: Mapping[str, object], file: str | None = None) -> str:
    """Return a command for a POSIX shell; the answer goes to ``file``, or is printed."""
    saved = f" --output {file}" if file else ""
    return (
        f"curl -sS --fail-with-body {server.rstrip('/')}{path} \\\n"
        f"  -H 'Content-Type: application/json'{saved} --data-binary @- <<'JSON'\n"
        f"{json_literal(body)}\nJSON\n"
    )
