"""The same with PyTorch, in float64."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from engine.registry import operation as by_name
from server.code import with_torch
from server.code.subject import Subject
from server.wire.wishes import MapsWish, read
from tests.server.code.running import HAS_TORCH, LANGUAGES


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed here: its scripts were compiled, not run")
def test_pytorch_was_run_too():
    assert "torch" in LANGUAGES


def test_what_counts_is_whole_and_all_else_double():
    inputs = {"input": np.zeros((2, 3)), "target": [0, 2]}
    lines = with_torch.tensors(Subject(by_name("cross_entropy").bind(inputs, {}), {})).splitlines()
    assert lines[-2:] == ["x = torch.from_numpy(x).double()", "target = torch.from_numpy(target).long()"]


def test_sizes_are_seen_without_a_number():
    """Tensors on the device "meta" have a shape and nothing in it."""
    inputs = {"input": np.zeros((1, 9, 9)), "weight": np.zeros((4, 1, 3, 3))}
    text = with_torch.shape(Subject(by_name("conv2d").bind(inputs, {}), {}))
    assert text.count('device="meta"') == 2
    assert "from_numpy" not in text
    ast.parse(text)


def test_parts_are_what_is_left_of_each_channel_without_the_bias():
    inputs = {"input": np.zeros((4, 5, 5)), "weight": np.zeros((2, 2, 3, 3)), "bias": [1, 2]}
    call = by_name("conv2d").bind(inputs, {"groups": 2})
    text = with_torch.parts(Subject(call, {"groups": 2}), read(MapsWish, {"operation": "conv2d", "parts": 1}))
    ast.parse(text)
    assert "for c in range(2, 4)" in text, "the second map reads the second group"
    assert "summed(x * alone[c], weight, bias) - nothing" in text
