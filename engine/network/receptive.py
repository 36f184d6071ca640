"""How much of the picture each unit can see: size, distance of neighbours, and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Shape
from engine.network.graph import Network
from engine.network.layer import PICTURE
from engine.network.locality import axes_between
from engine.windows.axis import AXIS_NAMES, OUTSIDE, Axis
from engine.windows.transposed import TransposedAxis
from engine.windows.window import WindowAxis

_DIGITS = 9
"""Fractions are rounded to so many, so that a cell at the very end of a field counts as seen."""


@dataclass(frozen=True, slots=True)
class Field:
    """The receptive field along one axis, in cells of the input, padding included.

    Unit number u sees no cell but in ``size`` cells around ``start`` + u ``jump``, where the first cell's
    centre is at 0; what a padding mode puts in the padding counts as lying there. Both may be
    fractions, and a unit may see less: after a transposed convolution or resizing, neighbours read
    unlike numbers of cells. ``jump`` is None where units have no place in the picture, as in a dense
    layer; they see all of it. Where branches of unlike jumps meet, it is the largest.
    """

    axis: str
    size: float
    jump: float | None
    start: float

    def of(self, unit: int) -> tuple[float, float]:
        """Return the first and the last cell that a unit may see, which may lie in the padding."""
        first, last = self.ends(unit)
        return round(first, _DIGITS), round(last, _DIGITS)

    def ends(self, unit: int) -> tuple[float, float]:
        """Return the same as ``of``, not rounded."""
        centre = self.start + unit * (self.jump or 0)
        return centre - (self.size - 1) / 2, centre + (self.size - 1) / 2


Fields = tuple[Field, ...]


def receptive_fields(network: Network) -> dict[str, Fields]:
    """Return the theoretical receptive field of every layer's units, one Field for each axis.

    A window of extent k and stride s with padding p before it makes of a field of size r, jump j and
    first cell l one of size r + (k - 1) j, jump s j and first cell l - p j (Araujo, Norris, Sim,
    "Computing receptive fields of convolutional neural networks", Distill, 2019). Of a transposed
    window of stride s the jump is j / s and the size r + (k - 1) j / s; of other axes the size is the
    least that holds what every unit reads. Where branches meet, it is the smallest field that holds
    those of all branches. A network whose input has no axes after its features has no fields.

    >>> from engine.network import Network, receptive_fields
    >>> conv = ("conv2d", {"kernel_size": 3, "out_channels": 1})
    >>> network = Network.sequence([conv, ("max_pool2d", {"kernel_size": 2}), conv], (1, 32, 32))
    >>> [fields[0].size for fields in receptive_fields(network).values()]
    [3.0, 4.0, 8.0]
    """
    shape = network.input_shape
    names = AXIS_NAMES.get(len(shape) - 1, ())
    one = tuple(Field(name, 1.0, 1.0, 0.0) for name in names)
    found: dict[str, Fields] = {PICTURE: one}
    for node in network.nodes:
        planned = network.planned[node.layer.name]
        branches: list[Fields] = []
        for name, source in node.sources.items():
            axes = axes_between(planned, planned.shapes[name])
            before = found[source.layer]
            seen = any(field.jump is None for field in before)
            branches.append(whole(names, shape) if axes is None or seen else _through(before, axes))
        found[node.layer.name] = _union(branches, planned.layout.output[1:])
    del found[PICTURE]
    return found


def whole(names: Sequence[str], shape: Shape) -> Fields:
    """Return the field that is all of a picture of ``shape``."""
    return tuple(
        Field(name, float(size), None, (size - 1) / 2) for name, size in zip(names, shape[1:], strict=False)
    )


def _through(fields: Fields, axes: Sequence[Axis]) -> Fields:
    return tuple(_step(field, axis) for field, axis in zip(fields, axes, strict=True))


def _step(field: Field, axis: Axis) -> Field:
    """Return the field after one layer, whose output u reads from u jump + low to u jump + high at most."""
    jump = field.jump or 0.0
    low, high = _span(axis)
    size = field.size + (high - low) * jump
    start = field.start + (low + high) / 2 * jump
    return Field(axis.name, size, jump * axis.jump, start)


def _span(axis: Axis) -> tuple[float, float]:
    """Return between what output 0 would read at most, if it had neighbours at all phases and no edges.

    Of a window that is its own law, of a transposed one the law turned round; else it is read off the
    table, as widely as any output needs.
    """
    if isinstance(axis, WindowAxis):
        return -axis.before, axis.extent - 1 - axis.before
    if isinstance(axis, TransposedAxis):
        return (axis.before - axis.window.extent + 1) / axis.stride, axis.before / axis.stride
    index = axis.index
    lowest = np.where(index == OUTSIDE, axis.size, index).min(axis=1, initial=axis.size)
    highest = index.max(axis=1, initial=OUTSIDE)
    rows = np.flatnonzero(highest != OUTSIDE)
    if not rows.size:
        return 0.0, 0.0
    places = rows * axis.jump
    return float((lowest[rows] - places).min()), float((highest[rows] - places).max())


def _union(branches: Sequence[Fields], sizes: Sequence[int]) -> Fields:
    """Return the smallest fields that hold those of all branches, for maps of ``sizes``.

    Where jumps differ, branches drift apart from the first unit to the last.
    """
    found: list[Field] = []
    for place, fields in enumerate(zip(*branches, strict=True)):
        jumps = [field.jump for field in fields if field.jump is not None]
        jump = max(jumps) if len(jumps) == len(fields) else None
        units = (0,) if jump is None else (0, max(sizes[place] - 1, 0))
        ends = [(unit * (jump or 0), *field.ends(unit)) for field in fields for unit in units]
        first = min(first - centre for centre, first, _ in ends)
        last = max(last - centre for centre, _, last in ends)
        found.append(Field(fields[0].axis, last - first + 1, jump, (first + last) / 2))
    return tuple(found)
