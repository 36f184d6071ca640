"""Which cells of the picture one unit can depend on, gaps of dilation and edges included."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.declaration.layout import CELL_NAMES, Layout
from engine.network.graph import Network
from engine.network.layer import PICTURE
from engine.network.locality import axes_between
from engine.refusals import no_cell
from engine.texts import Text
from engine.trace.trace import Cell
from engine.windows.axis import OUTSIDE, Axis

_FEW = 64
"""One output is looked up as quickly as so many rows of the whole table are made."""


def reach(network: Network, layer: str, cell: Cell) -> NDArray[np.bool_]:
    """Return which places of the picture the unit ``cell`` of ``layer`` can depend on, shape (H, W).

    The shape is that of one picture of the network's own size without its channels: all of them
    are taken to be read. Found by going back through every layer's table of indices, so that it
    knows of gaps, edges and branches. Of a layer that mixes all cells it is the whole picture.

    Raises:
        ShapeError: if there is no such cell.
        UnknownName: if there is no such layer.

    >>> from engine.network import Network, reach
    >>> conv = ("conv2d", {"kernel_size": 2, "out_channels": 1, "dilation": 2})
    >>> reach(Network.sequence([conv], (1, 3, 4)), "conv2d-1", (0, 0, 1)).astype(int)
    array([[0, 1, 0, 1],
           [0, 0, 0, 0],
           [0, 1, 0, 1]])
    """
    shape = network.shape(layer)
    check_cell(cell, shape)
    start = np.zeros(shape[1:], np.bool_)
    start[tuple(cell[1:])] = True
    passing = {layer: start}
    for node in reversed(network.before([layer])):
        arrived = passing.pop(node.layer.name, None)
        if arrived is None:
            continue
        planned = network.planned[node.layer.name]
        for name, source in node.sources.items():
            fed = planned.shapes[name]
            axes = axes_between(planned, fed)
            found = np.full(fed[1:], arrived.any()) if axes is None else _back(arrived, axes)
            before = passing.get(source.layer)
            passing[source.layer] = found if before is None else before | found
    return passing.get(PICTURE, np.zeros(network.input_shape[1:], np.bool_))


def _back(mask: NDArray[np.bool_], axes: Sequence[Axis]) -> NDArray[np.bool_]:
    """Return the input cells that the outputs in ``mask`` read."""
    for place, axis in enumerate(axes):
        lines = np.moveaxis(mask, place, 0)
        outputs = np.flatnonzero(lines.any(axis=tuple(range(1, lines.ndim))))
        few = 0 < outputs.size * _FEW <= axis.output
        index = np.stack([axis.reads(int(at)) for at in outputs]) if few else axis.index[outputs]
        # One row more, which OUTSIDE counts as the last one and nobody reads.
        found = np.zeros((axis.size + 1, *lines.shape[1:]), np.bool_)
        np.logical_or.at(found, index.reshape(-1), np.repeat(lines[outputs], index.shape[1], axis=0))
        mask = np.moveaxis(found[:OUTSIDE], 0, place)
    return mask


def check_cell(cell: Cell, shape: Sequence[int]) -> None:
    """Raise ShapeError, which names the axis and its range, unless ``cell`` is one of ``shape``."""
    if len(cell) == len(shape):
        Layout(tuple(shape)).place(tuple(cell))
        return
    what = Text("the layer gives maps, {shape}", "该层给出特征图 {shape}")
    if len(shape) < 2:
        count = str(prod(shape))
        what = Text("the layer gives a row of {count} numbers", "该层给出一行 {count} 个数").put(count=count)
    raise no_cell(cell, CELL_NAMES.get(len(shape), ("place",) * len(shape)), shape, what)
