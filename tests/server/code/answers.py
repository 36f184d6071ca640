"""What a view of a network shows, and the numbers that a script prints."""

from __future__ import annotations

from typing import Any

from tests.server.code.running import Service

PICTURE = {"image": "cat", "crop": [20, 10, 200, 300]}


def answered(service: Service, view: str, name: str, call: dict[str, Any]) -> Any:
    """What the view's own request is answered with."""
    path = "trace" if view == "network_trace" else view
    return service.json(f"/api/networks/{name}/{path}", call)


def numbers(printed: str, word: str) -> list[float]:
    """The numbers in the line that begins with ``word``."""
    [line] = [line for line in printed.splitlines() if line.startswith(f"{word} ")]
    found = []
    for each in line.removeprefix(word).split():
        try:
            found.append(float(each))
        except ValueError:
            continue
    return found
