"""Which outputs of a call a wish is for, and in which form: their own shape, or as maps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.arrays import Array, Shape
from engine.declaration.call import Call
from engine.declaration.layout import Layout
from engine.refusals import no_map
from engine.texts import Text
from server.calls.results import Result
from server.errors import ApiError
from server.wire.region import cells_of
from server.wire.wishes import MapsWish, RunWish

AS_MAPS = ("png", "csv")
"""Formats that show maps, whatever the output's own shape."""


def outputs(result: Result, wish: RunWish) -> dict[str, Array]:
    """Return the outputs by name, those wished for alone.

    Each has its own shape; where maps or a region are picked, or a picture or rows are wanted,
    it is one output seen as maps, (k, H, W).

    Raises:
        ApiError, ShapeError: there is no such output, map or region.
    """
    operation = result.call.operation
    names = [output.name for output in operation.outputs]
    if wish.output is not None and wish.output not in names:
        raise _no_output(wish.output, operation.name, names)
    wanted = wish.output or names[0]
    as_maps = wish.channels is not None or wish.region is not None or wish.format in AS_MAPS
    if as_maps and wanted == names[0] and 0 not in result.call.layout.output:
        return {wanted: np.concatenate([maps for _, maps in picked(result, wish)])}
    first = result.call.whole(result.parts)
    found = {names[0]: first}
    if wanted != names[0] or (wish.output is None and wish.format == "json" and not as_maps):
        found |= result.call.further(first)
    if wanted not in found:  # some outputs come with some parameters only
        raise _no_output(wanted, operation.name, list(found))
    if as_maps:
        return {wanted: _cut(result.call, found[wanted], wish)}
    return found if wish.output is None else {wanted: found[wanted]}


def picked(result: Result, wish: MapsWish) -> Iterator[tuple[range, Array]]:
    """Yield the maps wished for of the first output, run by run, cut to the region.

    Raises:
        ApiError, ShapeError: there is no such map or region, or it is a batch.
    """
    rows, columns = places(wish, result.call.layout.maps)
    for run, maps in result.call.maps(wish.channels, result.parts):
        yield run, maps[:, rows, columns]


def _cut(call: Call, array: Array, wish: MapsWish) -> Array:
    """Return an output seen as maps, those wished for, cut to the region."""
    call.check_one_picture()
    shape = Layout(array.shape).maps
    rows, columns = places(wish, shape)
    maps = array.reshape(shape)
    return (maps if wish.channels is None else maps[wish.channels])[:, rows, columns]


def places(wish: MapsWish, maps: Shape) -> tuple[slice, slice]:
    """Return the rows and columns wished for of ``maps``, (k, H, W).

    Raises:
        ApiError, ShapeError: the region, or one of the maps, is not there.
    """
    count, rows, columns = maps
    for number in wish.channels or ():
        if number >= count:
            raise no_map(number, count, "channels")
    if wish.region is None:
        return slice(None), slice(None)
    return cells_of(wish.region, rows, columns)


def _no_output(name: str, operation: str, names: list[str]) -> ApiError:
    return ApiError(
        422,
        "unknown_output",
        Text(
            "There is no output called '{name}' here; {operation} gives {names}.",
            "这里没有名为 {name} 的输出；{operation} 给出：{names}。",
        ),
        "output",
        {"name": name[:40], "operation": operation, "names": names},
    )
