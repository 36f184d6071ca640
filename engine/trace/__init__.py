"""How an output cell came to be, as data: the cells it reads, and the steps to its value."""

from __future__ import annotations

from engine.trace.parts import Parts
from engine.trace.trace import Cell, Step, Trace

__all__ = ["Cell", "Parts", "Step", "Trace"]
