"""The same with PyTorch, in float64."""

from __future__ import annotations

import pytest

from tests.server.code.running import HAS_TORCH, LANGUAGES


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed here: its scripts were compiled, not run")
def test_pytorch_was_run_too():
    assert "torch" in LANGUAGES
