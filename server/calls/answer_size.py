"""How many numbers an answer will hold, known from the sizes alone: asked before anything is computed."""

from __future__ import annotations

from math import prod
from typing import Protocol

from engine.arrays import Shape
from engine.declaration.call import Call
from engine.declaration.layout import Layout
from engine.limits import Limits
from engine.texts import Text
from server.calls.outputs import AS_MAPS, places
from server.errors import ApiError
from server.wire.wishes import MapsWish, RunWish

_TEXTS = ("json", "csv")
"""Formats in which a number is text: slow to make, and long."""


_PART = Text(", or pick a part by region or channels", "，或用 region 或 channels 只取一部分")
PICKED = Text("The number of cells picked", "选取的格数")


class Formatted(Protocol):
    """A wish for an answer in some format."""

    @property
    def format(self) -> str:
        """What the answer is written as."""
        ...


def check_numbers(call: Call, wish: RunWish, most: int, limits: Limits) -> None:
    """Refuse an answer in JSON or CSV of more than ``most`` numbers, over all the outputs wished for.

    Raises:
        ApiError: 422 ``limit_json_values``, or there is no such region.
        ShapeError: there is no such map.
        LimitError: as ``check_picked`` does.
    """
    asked = _numbers(call, wish)
    _check_cells(asked, wish, limits)
    check_count(asked, wish, most, maps=not call.layout.batched)


def check_picked(wish: MapsWish, maps: Shape, limits: Limits) -> None:
    """Refuse more cells of ``maps``, (k, H, W), than an output may have: one may be picked often.

    Raises:
        ApiError, ShapeError: there is no such map or region.
        LimitError: they are too many, whatever the format.
    """
    _check_cells(_picked(wish, maps), wish, limits)


def _check_cells(asked: int, wish: MapsWish, limits: Limits) -> None:
    if wish.channels is not None:
        limits.check("cells", asked, PICKED, "channels")


def check_terms(terms: int, most: int) -> None:
    """Refuse a trace of so many terms, if that is more than ``most``."""
    if terms > most:
        raise ApiError(
            422,
            "limit_terms",
            Text(
                "This cell is a sum of {asked} terms; the limit ({limit}) is {max}.",
                "这一格是 {asked} 项之和；上限（{limit}）为 {max}。",
            ),
            "cell",
            {"asked": terms, "max": most, "limit": "max_trace_terms"},
        )


def check_count(asked: int, wish: Formatted, most: int, *, maps: bool = True) -> None:
    """Refuse an answer in JSON or CSV of ``asked`` numbers, if that is more than ``most``.

    ``maps``: whether fewer could be picked.
    """
    if asked <= most or wish.format not in _TEXTS:
        return
    raise ApiError(
        422,
        "limit_json_values",
        Text(
            "The answer would hold {asked} numbers; the limit ({limit}) of one in JSON or CSV is {max}. "
            "Ask for the format npy or png{part}.",
            "结果含有 {asked} 个数；JSON 或 CSV 的上限（{limit}）为 {max}。请改用 npy 或 png 格式{part}。",
        ).put(part=_PART if maps else ""),
        "format",
        {"asked": asked, "max": most, "limit": "max_json_values"},
    )


def _numbers(call: Call, wish: RunWish) -> int:
    names = [output.name for output in call.operation.outputs]
    shapes = {names[0]: call.layout.output, **call.layout.further}
    as_maps = wish.channels is not None or wish.region is not None or wish.format in AS_MAPS
    if wish.output is None and not as_maps:
        return sum(map(prod, shapes.values()))
    wanted = wish.output or names[0]
    if wanted not in shapes:  # to be refused by its name
        return 0
    if not as_maps:
        return prod(shapes[wanted])
    if call.layout.batched:  # of which there are no maps
        return 0
    return _picked(wish, Layout(shapes[wanted]).maps)


def _picked(wish: MapsWish, maps: Shape) -> int:
    rows, columns = places(wish, maps)
    count, height, width = maps
    count = count if wish.channels is None else len(wish.channels)
    return count * len(range(height)[rows]) * len(range(width)[columns])
