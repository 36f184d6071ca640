"""Code over HTTP: what cannot be written is refused, with the field within the call."""

from __future__ import annotations

import pytest

from tests.server.code.running import PHOTO
from tests.server.every import error_of


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"view": "draw", "call": {}}, "view", None),
        ({"view": "run", "call": {"operation": "conv2d", "shape": 1}}, "call.shape", None),
        ({"view": "run", "call": PHOTO | {"params": {"stride": 0}}}, "call.params.stride", None),
        ({"view": "run", "call": PHOTO | {"channels": [9]}}, "call.channels", "channels"),
        ({"view": "trace", "call": PHOTO | {"cell": [0, 0, 99]}}, "call.cell", "cell"),
        ({"view": "curve", "call": PHOTO}, "call.activation", "no_curve"),
        ({"view": "parts", "call": PHOTO}, "call.parts", None),
        (
            {"view": "compare", "call": {"a": PHOTO, "b": PHOTO | {"channel": 9}}},
            "call.b.channel",
            "channels",
        ),
    ],
)
def test_refusals_name_the_field_within_the_call(client, body, field, code):
    reply = client.post("/api/code", json=body)
    assert reply.status_code == 422, reply.text
    error = reply.json()["error"]
    assert error["field"] == field
    assert code in (None, error["code"])


def test_what_is_too_long_for_a_script_is_refused(client):
    """A million numbers, four times as text, would hold everybody up for seconds."""
    call = {"operation": "relu", "input": {"values": [[[0.5] * 300] * 101]}}
    reply = client.post("/api/code", json={"view": "run", "call": call})
    error = error_of(reply)
    assert (error["code"], error["field"]) == ("limit_code", "call")
    assert error["values"] == {"asked": 30_300, "max": 30_000}
    side = {
        "operation": "relu",
        "input": {"image": "edge", "edits": [[n // 64, n % 64, 7] for n in range(4096)]},
    }
    reply = client.post("/api/code", json={"view": "compare", "call": {"a": side, "b": side}})
    assert reply.status_code == 200
