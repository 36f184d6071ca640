"""A whole script: it imports what it needs and nothing else, and can be read."""

from __future__ import annotations

from engine.registry import operation as by_name
from tests.server.code.running import DRAWN, PHOTO


def test_lines_are_short_enough_to_read(service):
    for view, call in (("run", PHOTO), ("run", DRAWN), ("trace", PHOTO | {"cell": [0, 1, 2]})):
        scripts = service.scripts(view, call)
        assert max(len(line) for text in scripts.values() for line in text.splitlines()) <= 110
    assert "F.conv2d" in scripts["torch"]
    assert by_name("conv2d").name in scripts["python"]
