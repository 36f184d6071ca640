"""What each input channel gives to an output map, as a wish for a run may ask instead of the maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TypedDict

import numpy as np

from engine.arrays import Array
from engine.limits import Limits
from engine.registry import all_operations
from engine.texts import Text
from engine.trace.parts import Parts
from server.calls.answer_size import check_picked
from server.calls.outputs import places
from server.calls.results import Result
from server.errors import ApiError
from server.wire.wishes import MapsWish, RunWish


class Told(TypedDict):
    """What is said of parts ``of`` a map: which input ``channels`` they stand for, and their ``shape``."""

    of: int
    channels: list[int]
    bias: float | None
    shape: list[int]


@dataclass(frozen=True)
class PartsWished:
    """The parts of map ``number`` that are wished for, and that map: their sum, with the bias."""

    result: Result
    number: int
    parts: Parts
    channels: list[int]
    rows: slice
    columns: slice

    @property
    def told(self) -> Told:
        """What goes before the maps."""
        bias = self.parts.bias
        return {
            "of": self.number,
            "channels": self.channels,
            "bias": None if bias is None or not np.isfinite(bias) else float(bias),
            "shape": [len(self.channels), *self.parts.shape[1:]],
        }

    @property
    def numbers(self) -> int:
        """How many numbers the parts and their sum hold."""
        _, height, width = self.parts.shape
        cells = len(range(height)[self.rows]) * len(range(width)[self.columns])
        return (len(self.channels) + 1) * cells

    def maps(self) -> Iterator[tuple[list[int], Array]]:
        """Yield the parts, run by run: (input channels, maps cut to the region)."""
        whole = self.channels == list(self.parts.channels)
        for run, maps in self.parts.maps(None if whole else self.channels):
            yield list(run), maps[:, self.rows, self.columns]

    def sum(self) -> Array:
        """Return the map itself, before any activation, shape (1, h, w)."""
        call = self.result.call.plain
        kept = self.result.parts if call is self.result.call else self.result.before
        [(_, maps)] = call.maps([self.number], kept)
        return maps[:, self.rows, self.columns]


def parts_wished(result: Result, wish: MapsWish, limits: Limits) -> PartsWished:
    """Return what ``wish`` asks for by ``parts``.

    Raises:
        ApiError, ConvscopeError: there are no parts, no such map, region or part, or they are too many.
    """
    operation, number = result.call.operation, wish.parts or 0
    if not operation.sums_channels:
        names = [one.name for one in all_operations() if one.sums_channels]
        raise ApiError(
            422,
            "no_parts",
            Text(
                "{name} has no parts: sums over input channels are the maps of {names}.",
                "{name} 的特征图不是各输入通道之和；是这样的有：{names}。",
            ),
            "parts",
            {"name": operation.name, "names": names},
        )
    parts = result.call.parts(number)
    limits.check(
        "cells", prod(parts.shape), Text("The number of cells of all parts", "各部分的总格数"), "parts"
    )
    check_picked(wish, parts.shape, limits)
    rows, columns = places(wish, parts.shape)
    chosen = list(parts.channels)
    if wish.channels is not None:
        chosen = [chosen[place] for place in wish.channels]
    return PartsWished(result, number, parts, chosen, rows, columns)


def parts_outputs(wished: PartsWished, wish: RunWish) -> dict[str, Array]:
    """Return the parts (n, h, w) and, in JSON, their sum and the bias, by name.

    Raises:
        ApiError: another output than the first is wished for.
    """
    if wish.output is not None:
        raise ApiError(
            422,
            "parts_output",
            Text(
                "parts are of the first output; leave out output.",
                "各部分（parts）只属于第一个输出；请去掉 output。",
            ),
            "output",
        )
    found = {"part": np.concatenate([maps for _, maps in wished.maps()])}
    if wish.format == "json":
        found["sum"] = wished.sum()
        if wished.parts.bias is not None:
            found["bias"] = np.asarray(wished.parts.bias)
    return found
