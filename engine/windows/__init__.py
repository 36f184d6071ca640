"""Where a window lies along an axis: what each output reads, and the cells added around the input."""

from __future__ import annotations

from engine.windows.adaptive import AdaptiveAxis, window_shares, window_sums
from engine.windows.axis import AXIS_NAMES, OUTSIDE
from engine.windows.padding import pad as pad  # an operation has this name too, and so no list
from engine.windows.padding import unpad
from engine.windows.resample import ResampleAxis, blend, unblend
from engine.windows.transposed import CUT_LESS, TransposedAxis
from engine.windows.window import WindowAxis, window_axis

__all__ = ["AXIS_NAMES", "CUT_LESS", "OUTSIDE", "AdaptiveAxis", "ResampleAxis", "TransposedAxis"]
__all__ += ["WindowAxis", "blend", "unblend", "unpad", "window_axis", "window_shares", "window_sums"]
