"""Memory kept and memory alive, counted before any is taken."""

from __future__ import annotations

from engine.network import Network, summary


def test_memory_kept_and_memory_alive():
    pool = ("max_pool2d", {"kernel_size": 2})
    found = summary(Network.sequence([pool, pool], (1, 8, 8)))
    indices = 2  # the winning cells are a second output, as large as the first
    assert [layer.activation_bytes for layer in found.layers] == [4 * 16 * indices, 4 * 4 * indices]
    assert found.kept_bytes == 4 * (64 + 32 + 8)
    assert found.live_bytes == 4 * (64 + 32)
