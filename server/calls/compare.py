"""Two maps side by side: one of each of two calls, and the second minus the first."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite, prod
from typing import Literal, TypeAlias, TypedDict

import numpy as np

from engine.arrays import Array, is_whole, largest
from engine.errors import ConvscopeError
from engine.texts import Text
from server.calls.calls import Calls
from server.calls.results import Result
from server.errors import ApiError
from server.wire.json_text import array_pieces, json_text
from server.wire.wishes import CompareWish

Side: TypeAlias = Literal["a", "b"]
_EXACT = 2.0**62
"""Sums of whole numbers below this are made in int64."""


class Told(TypedDict):
    """What is said of two maps, whose ``shapes`` are [height, width] each.

    Of maps of one shape: ``largest`` is the difference of the greatest magnitude, with its sign, and
    ``at`` the first cell [y, x] that has it; ``mean`` is that of the magnitudes; ``equal`` counts the
    cells that hold the same, be it infinite or no number. Where either cell is not finite there is no
    difference: ``undefined`` counts such cells, and they are no part of ``largest`` and ``mean``.
    """

    shapes: list[list[int]]
    comparable: bool
    largest: float | None
    at: list[int] | None
    mean: float | None
    equal: int | None
    undefined: int | None


@dataclass(frozen=True)
class Comparison:
    """Two maps (H, W) and, where they are of one shape, the second minus the first."""

    a: Array
    b: Array
    difference: Array | None
    told: Told


def bound(calls: Calls, wish: CompareWish, side: Side) -> Result:
    """Return one of the two calls, ready to give the map wanted of it.

    Raises:
        ApiError, ConvscopeError: as a run does, the field within ``a`` or ``b``.
    """
    call = wish.a if side == "a" else wish.b
    with _within(side):
        result = calls.result(call)
        result.call.check_one_picture()
        result.call.layout.check_map(call.channel, "channel")
        return result


def map_of(wish: CompareWish, side: Side, result: Result) -> Array:
    """Return the map (H, W) wanted of one of the two calls, from what is at hand of it."""
    channel = wish.a.channel if side == "a" else wish.b.channel
    with _within(side):
        [(_, maps)] = result.call.maps([channel], result.parts)
        return maps[0]


@np.errstate(all="ignore")
def compare(a: Array, b: Array) -> Comparison:
    """Compare two maps (H, W): exactly if all their numbers are whole, else in float64."""
    shapes = [list(a.shape), list(b.shape)]
    if a.shape != b.shape:
        told = Told(
            shapes=shapes, comparable=False, largest=None, at=None, mean=None, equal=None, undefined=None
        )
        return Comparison(a, b, None, told)
    kind = np.int64 if _exactly(a, b) else np.float64
    first, second = a.astype(kind), b.astype(kind)
    difference = second - first
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    return Comparison(a, b, difference, _told(difference, int(np.count_nonzero(same)), shapes))


def compared(calls: Calls, wish: CompareWish) -> bytes:
    """Answer POST /api/compare, as JSON.

    Raises:
        ApiError: the difference would hold more numbers than an answer may.
    """
    a, b = bound(calls, wish, "a"), bound(calls, wish, "b")
    _check_numbers(a, b, calls.max_numbers)
    found = compare(map_of(wish, "a", a), map_of(wish, "b", b))
    pieces = [b"null"] if found.difference is None else array_pieces(found.difference)
    return b"".join([json_text(found.told)[:-1], b',"difference":', *pieces, b"}"])


def _told(difference: Array, equal: int, shapes: list[list[int]]) -> Told:
    sizes = np.abs(difference)
    finite = np.isfinite(sizes)
    known = int(np.count_nonzero(finite))
    place = int(np.where(finite, sizes, -1).argmax()) if known else None
    total = sizes[finite].sum().item()
    mean = total / known if known and isfinite(total) else None
    return Told(
        shapes=shapes,
        comparable=True,
        largest=None if place is None else difference.flat[place].item(),
        at=None if place is None else [int(at) for at in np.unravel_index(place, difference.shape)],
        mean=mean,
        equal=equal,
        undefined=difference.size - known,
    )


def _exactly(a: Array, b: Array) -> bool:
    return is_whole(a) and is_whole(b) and (largest(a) + largest(b)) * max(a.size, 1) < _EXACT


def _check_numbers(a: Result, b: Result, most: int) -> None:
    (_, *first), (_, *second) = a.call.layout.maps, b.call.layout.maps
    asked = prod(first)
    if first == second and asked > most:
        raise ApiError(
            422,
            "limit_compared",
            Text(
                "The difference would hold {asked} numbers; the limit ({limit}) of an answer in JSON is "
                "{max}. Compare smaller maps, or over the WebSocket.",
                "差值含有 {asked} 个数；JSON 回答的上限（{limit}）为 {max}。请比较较小的特征图，"
                "或使用 WebSocket。",
            ),
            "a",
            {"asked": asked, "max": most, "limit": "max_json_values"},
        )


@contextmanager
def _within(side: Side) -> Generator[None]:
    """Put the field that an error names into ``a`` or ``b``."""
    try:
        yield
    except (ApiError, ConvscopeError) as error:
        error.field = side if error.field is None else f"{side}.{error.field}"
        raise
