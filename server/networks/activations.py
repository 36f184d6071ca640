"""A layer's activation, or a part of it, as an answer of its own."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.arrays import Array, Shape
from engine.refusals import no_map
from engine.texts import Text
from server.calls.answer_size import PICKED, check_count
from server.errors import ApiError
from server.networks.context import Networks
from server.networks.wishes import ActivationsWish
from server.wire.region import cells_of


def activation(networks: Networks, name: str, wish: ActivationsWish) -> Array:
    """Return the maps wished for of a layer, (k, h, w), or the numbers of a vector, (k,).

    What cannot be is refused before anything is computed.

    Raises:
        ApiError, ConvscopeError: as of ``Networks.run``; no such layer, map or region; too many numbers.
    """
    shipped = networks.zoo.get(name)
    shape = shipped.network.shape(wish.layer)
    chosen = _chosen(wish, shape)
    cells = _cells(wish, shape)
    asked = len(chosen) * _size(cells)
    if wish.channels is not None:  # one may be picked often
        networks.limits.check("cells", asked, PICKED, "channels")
    check_count(asked, wish, networks.max_numbers)
    run = networks.runs.get(shipped, wish)
    array = run.until(wish.layer)[wish.layer]
    return (array if wish.channels is None else array[chosen])[(slice(None), *cells)]


def channels(wish: ActivationsWish, found: Array) -> list[int]:
    """Return the numbers of the maps that ``activation`` has found."""
    return list(range(len(found))) if wish.channels is None else wish.channels


def _chosen(wish: ActivationsWish, shape: Shape) -> list[int]:
    count = shape[0]
    for number in wish.channels or ():
        if number >= count:
            raise no_map(number, count, "channels")
    return list(range(count)) if wish.channels is None else wish.channels


def _cells(wish: ActivationsWish, shape: Shape) -> tuple[slice, ...]:
    """Return the rows and columns wished for; a vector has none."""
    if wish.region is None:
        return tuple(slice(0, size) for size in shape[1:])
    if len(shape) == 1:
        raise ApiError(
            422,
            "no_region",
            Text(
                "region is for layers of maps; {layer} is a vector of {size} numbers, which channels picks "
                "from.",
                "{layer} 是一行共 {size} 个数，没有区域（region）可选；请用 channels 选取。",
            ),
            "region",
            {"layer": wish.layer, "size": shape[0]},
        )
    _, rows, columns = shape
    return cells_of(wish.region, rows, columns)


def _size(cells: Iterable[slice]) -> int:
    return int(np.prod([one.stop - one.start for one in cells], dtype=np.int64))
