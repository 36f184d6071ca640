"""A small wish for any registered operation, as JSON: what cannot be made by hand is drawn by a seed."""

from __future__ import annotations

from typing import Any

import pytest

from engine.declaration.operation import Operation
from engine.limits import Limits
from engine.registry import all_operations
from server.calls.examples import example, example_params
from tests.refusals import check_texts

EVERY = pytest.mark.parametrize("operation", all_operations(), ids=lambda operation: operation.name)


def wish(operation: Operation) -> dict[str, Any]:
    """Body of POST /api/run."""
    call = example(operation, Limits())
    return {
        "operation": operation.name,
        "input": {"values": call.inputs["input"].tolist()},
        "inputs": {name: {"seed": 7} for name in call.inputs if name != "input"},
        "params": example_params(operation),
    }


def shape_wish(operation: Operation) -> dict[str, Any]:
    """Body of POST /api/shape."""
    call = example(operation, Limits())
    return {
        "operation": operation.name,
        "input_shape": list(call.inputs["input"].shape),
        "input_shapes": {name: list(a.shape) for name, a in call.inputs.items() if name != "input"},
        "params": example_params(operation),
    }


def error_of(reply, status: int = 422) -> dict[str, Any]:
    """The error that a reply holds."""
    assert reply.status_code == status, reply.text[:500]
    assert len(reply.content) < 2048
    body = reply.json()
    assert set(body) == {"error"}
    check_texts(body["error"])
    return body["error"]
