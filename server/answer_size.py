"""How many numbers an answer will hold, known from the sizes alone: asked before anything is computed."""

from __future__ import annotations

from math import prod

from engine.layout import Layout
from engine.operation import Call
from server.errors import ApiError
from server.outputs import places
from server.wishes import RunWish


def check_numbers(call: Call, wish: RunWish, most: int) -> None:
    """Refuse a JSON answer of more than ``most`` numbers, over all the outputs wished for.

    Raises:
        ApiError: 422 ``limit_json_values``, or there is no such region.
        ShapeError: there is no such map.
    """
    asked = _numbers(call, wish) if wish.format == "json" else 0
    if asked <= most:
        return
    part = "" if call.layout.batched else ", or pick a part by region or channels"
    raise ApiError(
        422,
        "limit_json_values",
        f"The answer would hold {asked:,} numbers; the limit (max_json_values) of one in JSON is {most:,}. "
        f"Ask for the format npy or png{part}.",
        "format",
        {"asked": asked, "max": most, "limit": "max_json_values"},
    )


def _numbers(call: Call, wish: RunWish) -> int:
    names = [output.name for output in call.operation.outputs]
    shapes = {names[0]: call.layout.output, **call.layout.further}
    as_maps = wish.channels is not None or wish.region is not None
    if wish.output is None and not as_maps:
        return sum(map(prod, shapes.values()))
    wanted = wish.output or names[0]
    if wanted not in shapes:  # to be refused by its name
        return 0
    if not as_maps:
        return prod(shapes[wanted])
    if call.layout.batched:  # of which there are no maps
        return 0
    maps = Layout(shapes[wanted]).maps
    rows, columns = places(wish, maps)
    count, height, width = maps
    count = count if wish.channels is None else len(wish.channels)
    return count * len(range(height)[rows]) * len(range(width)[columns])
