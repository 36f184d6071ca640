"""What the stream says of a picture as a network is given it."""

from __future__ import annotations

from collections.abc import Sequence

from server.networks.context import Networks
from server.networks.runs import Run
from server.networks.wishes import StreamNetworkInput
from server.wire.frames import level_frame, map_frame
from server.wire.json_text import json_text
from server.wire.stream_answer import Answer, Message, text


def given(run: Run, number: int) -> Sequence[Message]:
    """Return the steps of the preparation, and the levels before anything is subtracted."""
    return _told(run, number), level_frame(run.prepared.levels, id=number, layer="input")


def network_input(networks: Networks, wish: StreamNetworkInput) -> Answer:
    """Yield nothing; return the steps, and what comes of each: resized, levels, and the values."""
    yield from ()
    run = networks.run(wish.network, wish)
    prepared = run.prepared
    resized = 255 - prepared.levels if wish.invert else prepared.levels
    values = map_frame(prepared.values, range(len(resized)), "float32", id=wish.id, layer="values")
    return (
        _told(run, wish.id),
        level_frame(resized, id=wish.id, layer="resized"),
        level_frame(prepared.levels, id=wish.id, layer="levels"),
        values,
    )


def _told(run: Run, number: int) -> str:
    _, height, width = run.prepared.levels.shape
    told = {"height": height, "width": width, **run.prepared.steps}
    return text(number, "input", json_text(told).decode())
