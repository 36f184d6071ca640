"""The request itself, run by a shell: curl asks for the same, and saves what is large."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.server.code.running import DRAWN, HAS_CURL, PHOTO, curled


@pytest.mark.skipif(not HAS_CURL, reason="there is no curl, or no shell, on this machine")
@pytest.mark.parametrize(
    ("view", "call", "path"),
    [
        ("run", {"operation": "relu", "input": {"values": [[[-1, 2]]]}}, "/api/run"),
        ("trace", PHOTO | {"cell": [0, 1, 2]}, "/api/trace"),
        (
            "shape",
            {"operation": "conv2d", "input_shape": [3, 9, 9], "params": {"kernel_size": 3}},
            "/api/shape",
        ),
        ("parts", PHOTO | {"parts": 0, "region": [0, 0, 3, 3]}, "/api/run"),
        ("curve", PHOTO | {"activation": "relu"}, "/api/curve"),
        ("compare", {"a": PHOTO, "b": DRAWN | {"activation": "tanh", "channel": 2}}, "/api/compare"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_curl_asks_for_the_same(service, view, call, path):
    assert json.loads(curled(service.scripts(view, call)["curl"])) == service.json(path, call)


@pytest.mark.skipif(not HAS_CURL, reason="there is no curl, or no shell, on this machine")
def test_curl_saves_what_is_large(service):
    assert curled(service.scripts("run", DRAWN)["curl"]) == ""
    assert np.array_equal(np.load("conv2d.npy"), service.npy("/api/run", DRAWN | {"format": "npy"}))
    curled(service.scripts("run", PHOTO | {"format": "png"})["curl"])
    assert Path("conv2d.png").read_bytes().startswith(b"\x89PNG")
