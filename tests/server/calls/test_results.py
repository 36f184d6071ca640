"""Results kept: a trace after a run computes nothing again, and memory stays bounded."""

from __future__ import annotations

import gc
import tracemalloc

import numpy as np

import engine
from engine.operations.convolution import Convolution
from engine.operations.max_pool import max_pool2d
from server.calls.results import MOST, Result, Results

PICTURE = np.arange(64, dtype=np.uint8).reshape(1, 8, 8)


def bind():
    return Result(max_pool2d.bind({"input": PICTURE}, {"kernel_size": 2}))


def test_a_result_is_kept_by_its_key():
    results = Results(1000)
    first = results.get("a", bind)
    assert results.get("a", bind) is first
    assert results.get("b", bind) is not first
    assert results.get(None, bind) is not results.get(None, bind)


def test_the_least_recently_used_goes_first():
    results = Results(2 * 128 + 64)
    kept = {name: results.get(name, bind) for name in "ab"}
    for result in kept.values():
        list(result.call.maps(None, result.parts))
        assert result.nbytes == 64 + 64  # input and output
    assert results.get("a", bind) is kept["a"]
    extra = results.get("c", bind)
    list(extra.call.maps(None, extra.parts))
    results.get("d", bind)  # room is made when the next one comes
    assert results.get("a", bind) is kept["a"]
    assert results.get("b", bind) is not kept["b"]


def test_of_tiny_ones_only_so_many_are_kept():
    results = Results(10**9)
    first = bind()
    for number in range(MOST):
        results.get(number, lambda: first)
    assert results.get(0, bind) is first
    results.get("one more", lambda: first)
    assert results.get(1, bind) is not first, "the least recently used went"
    assert results.get(0, bind) is first


def test_a_long_wish_is_not_kept_with_its_result(client):
    """The result of a picture of one cell is a few kilobytes; what was said of it may be a megabyte."""
    edits = [[0, 0, number % 256] for number in range(4096)]

    def ask(first: int) -> None:
        source = {"image": "edge", "size": 1, "edits": [[0, 0, first], *edits[1:]]}
        reply = client.post("/api/run", json={"operation": "relu", "input": source})
        assert reply.status_code == 200

    ask(255)
    tracemalloc.start()
    for number in range(20):
        ask(number)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 20 * 30_000, "a wish is 50 kB as JSON"


def test_what_an_activation_was_given_is_shared_and_counts():
    plain = bind()
    shown = plain.activated("relu")
    list(shown.call.maps(None, shown.parts))
    assert shown.before is plain.parts
    assert len(plain.parts) == len(shown.parts) == 1
    assert (plain.nbytes, shown.nbytes) == (64 + 64, 64 + 64 + 64)


def test_what_was_drawn_counts_too(client):
    """Weights drawn by a seed can be far larger than what comes of them."""
    operation = engine.operation("linear")
    drawn = operation.bind({"input": np.ones(100, np.float32), "weight": np.ones((50, 100), np.float32)})
    results = Results(3 * 20_400)
    made = [results.get(name, lambda: Result(drawn)) for name in "abcdef"]
    assert [results.get("f", bind) is made[5], results.get("a", bind) is made[0]] == [True, False]


def test_a_trace_after_a_run_computes_nothing(client, monkeypatch):
    forward_maps = Convolution.forward_maps
    computed = []

    def counted(self, call, maps):
        computed.append(maps)
        return forward_maps(self, call, maps)

    monkeypatch.setattr(Convolution, "forward_maps", counted)
    body = {"operation": "conv2d", "weights": "log-5", "input": {"image": "palace", "size": 77}}
    value = client.post("/api/run", json=body).json()["values"][0][3][4]
    for _ in range(3):
        assert client.post("/api/trace", json=body | {"cell": [0, 3, 4]}).json()["value"] == value
    assert len(computed) == 1
    client.post("/api/run", json=body | {"bias": 1})
    assert len(computed) == 2


def test_traces_of_long_signals_leave_nothing_behind(client):
    """One cell is asked for: a table of all windows would be 25 MB, and kept for each length."""
    body = {"operation": "avg_pool1d", "params": {"kernel_size": 31}, "cell": [0, 100]}
    tracemalloc.start()
    try:
        for length in range(100_000, 98_000, -1000):
            reply = client.post("/api/trace", json=body | {"input": {"values": [[3] * length]}})
            assert len(reply.json()["terms"]) == 31
        del reply
        gc.collect()
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 5e6
    assert most < 20e6
