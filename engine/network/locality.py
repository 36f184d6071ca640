"""Which axes a layer reads its sources along; none where every output may read every cell."""

from __future__ import annotations

from collections.abc import Mapping

from engine.arrays import Shape
from engine.errors import ConvscopeError
from engine.network.layer import PICTURE
from engine.network.plan import Planned
from engine.windows.axis import AXIS_NAMES, Axis
from engine.windows.window import WindowAxis


def axes_between(planned: Planned, source: Shape) -> tuple[Axis, ...] | None:
    """Return one axis for each direction from a source of ``source`` shape to the layer's output.

    Shapes are of one picture: channels, then the directions. None stands for a layer that does
    not keep directions apart, such as a dense one: its outputs may read every cell.
    """
    output = planned.layout.output
    if len(output) != len(source) or len(source) - 1 not in AXIS_NAMES:
        return None
    axes = _stated(planned)
    if axes is None:
        return None
    found: list[Axis] = []
    for name, size, out in zip(AXIS_NAMES[len(source) - 1], source[1:], output[1:], strict=True):
        axis = axes.get(name)
        if axis is None and size == out and size > 0:
            axis = WindowAxis(name, size)
        if axis is None or (axis.size, axis.output) != (size, out):
            return None
        found.append(axis)
    return tuple(found)


def _stated(planned: Planned) -> Mapping[str, Axis] | None:
    """Return the layer's axes by name; those of a signal's that does not state any, as of one row."""
    if planned.layout.axes:
        return {axis.name: axis for axis in planned.layout.axes}
    signal = planned.shapes[PICTURE]
    if len(signal) != 2:
        return None
    fed = planned.node.sources
    shapes = {
        name: (shape[0], 1, shape[1]) if name in fed and len(shape) == 2 else shape
        for name, shape in planned.shapes.items()
    }
    try:
        _, _, layout = planned.node.operation.plan(shapes, planned.params)
    except ConvscopeError:
        return None
    width = next((axis for axis in layout.axes if axis.name == AXIS_NAMES[2][1]), None)
    return None if width is None or (width.kernel, width.size) != (1, width.output) else {}
