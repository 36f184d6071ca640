"""How work on a run is cut into the steps of an answer: between two of them a stale wish is dropped."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence

from server.networks.runs import Run
from server.wire.stream_answer import Message

_TOGETHER = 0.005
"""Seconds of work that go as one step: each costs a change of thread."""


def together(layers: Iterator[Sequence[Message]]) -> Iterator[Sequence[Message]]:
    """Yield what goes with the first layer by itself, and then what goes with as many as were quick."""
    ready: list[Message] = []
    began = -math.inf
    for messages in layers:
        ready.extend(messages)
        if time.perf_counter() - began > _TOGETHER:
            yield ready
            ready = []
            began = time.perf_counter()
    if ready:
        yield ready


def computed(run: Run, layer: str) -> Iterator[Sequence[Message]]:
    """Yield nothing, now and then, until ``layer`` is there.

    Raises:
        UnknownName: there is no such layer.
    """
    run.shipped.network.node(layer)
    began = time.perf_counter()
    for _ in run.layers():
        if run.has(layer):
            return
        if time.perf_counter() - began > _TOGETHER:
            yield ()
            began = time.perf_counter()
