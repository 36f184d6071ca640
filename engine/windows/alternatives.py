"""The same window with the other usual endings: rounding down, rounding up, TensorFlow's padding."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from engine.windows.axis import Axis
from engine.windows.window import WindowAxis, padding_reach, padding_sides, window_axis


class Alternative(TypedDict):
    """One ending: its size, the cells of padding [before, after], and what is lost or added.

    ``unread`` counts the input cells that no window reads, ``beyond`` the cells past the padded
    input that the last window reaches.
    """

    output: int
    padding: list[int]
    unread: int
    beyond: int


def alternatives(axis: Axis) -> dict[str, Alternative] | None:
    """Return what the endings would give for this window; None for an axis of another law.

    ``floor`` and ``ceil`` keep the padding asked for, whether or not the operation has a
    ``ceil_mode``. ``same`` pads as TensorFlow does: in the padding mode asked for, or, where that
    mode cannot reach so far, with zeros.
    """
    if not isinstance(axis, WindowAxis):
        return None
    sides = padding_sides("same", axis.size, axis.kernel, axis.stride, axis.dilation)
    most = padding_reach(axis.padding_mode, axis.size)
    mode = axis.padding_mode if most is None or max(sides) <= most else "zeros"
    floor = _ending(axis, axis.before, axis.after, axis.padding_mode)
    ceil = _ending(axis, axis.before, axis.after, axis.padding_mode, ceil_mode=True)
    same = _ending(axis, *sides, mode)
    told = _alternative(floor)
    return {
        "floor": told,
        # Mostly they are the same windows: a slider's every move asks, so they are counted once.
        "ceil": told if ceil.output == floor.output else _alternative(ceil),
        "same": told if same == floor else _alternative(same),
    }


def _ending(axis: WindowAxis, before: int, after: int, mode: str, *, ceil_mode: bool = False) -> WindowAxis:
    numbers = (axis.size, axis.kernel, axis.stride, axis.dilation)
    return window_axis(axis.name, *numbers, before, after, ceil_mode, mode, axis.flipped)


def _alternative(axis: WindowAxis) -> Alternative:
    return {
        "output": axis.output,
        "padding": [axis.before, axis.after],
        "unread": axis.size - int(np.count_nonzero(axis.coverage)),
        "beyond": axis.beyond,
    }
