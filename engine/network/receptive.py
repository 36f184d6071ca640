"""How much of the picture each unit can see: size, distance of neighbours, and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Shape
from engine.axis import AXIS_NAMES, OUTSIDE, Axis
from engine.network.graph import Network
from engine.network.layer import PICTURE
from engine.network.locality import axes_between
from engine.window import WindowAxis


@dataclass(frozen=True, slots=True)
class Field:
    """The receptive field along one axis, in cells of the input, padding included.

    Unit number u sees ``size`` cells around ``start`` + u ``jump``, where the first cell's centre is
    at 0. ``jump`` is None where units have no place in the picture, as in a dense layer;
    they see all of it. Where branches of unlike jumps meet, it is the largest.
    """

    axis: str
    size: float
    jump: float | None
    start: float

    def of(self, unit: int) -> tuple[float, float]:
        """Return the first and the last cell that a unit sees, which may lie in the padding."""
        centre = self.start + unit * (self.jump or 0)
        return centre - (self.size - 1) / 2, centre + (self.size - 1) / 2


Fields = tuple[Field, ...]


def receptive_fields(network: Network) -> dict[str, Fields]:
    """Return the theoretical receptive field of every layer's units, one Field for each axis.

    A window of extent k and stride s with padding p before it makes of a field of size r, jump j and
    first cell l one of size r + (k - 1) j, jump s j and first cell l - p j (Araujo, Norris, Sim,
    "Computing receptive fields of convolutional neural networks", Distill, 2019). Where branches
    meet, it is the smallest field that holds those of all branches. A network whose input has no
    axes after its features has no fields.

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
        found[node.layer.name] = _union(branches)
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
    """Return the field after one layer: by the recurrence, or off the table for uneven windows."""
    jump = field.jump or 0.0
    first = field.start - (field.size - 1) / 2
    if isinstance(axis, WindowAxis):
        size = field.size + (axis.extent - 1) * jump
        start = first - axis.before * jump + (size - 1) / 2
        return Field(axis.name, size, jump * axis.stride, start)
    lowest, highest, rows = _ends(axis)
    ratio = axis.size / axis.output
    if not rows.size:
        return Field(axis.name, field.size, jump * ratio, field.start)
    size = field.size + float((highest - lowest).max()) * jump
    centre = float(((lowest + highest) / 2 - ratio * rows).mean())
    return Field(axis.name, size, jump * ratio, field.start + centre * jump)


def _ends(axis: Axis) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the first and last input cell that outputs read, and which outputs read any at all."""
    index = axis.index
    lowest = np.where(index == OUTSIDE, axis.size, index).min(axis=1, initial=axis.size)
    highest = index.max(axis=1, initial=OUTSIDE)
    rows = np.flatnonzero(highest != OUTSIDE)
    return lowest[rows], highest[rows], rows


def _union(branches: Sequence[Fields]) -> Fields:
    """Return the smallest fields that hold those of all branches."""
    found: list[Field] = []
    for fields in zip(*branches, strict=True):
        first = min(field.of(0)[0] for field in fields)
        last = max(field.of(0)[1] for field in fields)
        jumps = [field.jump for field in fields if field.jump is not None]
        jump = max(jumps) if len(jumps) == len(fields) else None
        found.append(Field(fields[0].axis, last - first + 1, jump, (first + last) / 2))
    return tuple(found)
