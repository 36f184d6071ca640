"""How results are computed: sums over windows in several ways, and functions NumPy does not have."""

from __future__ import annotations

from engine.algorithms import sliding
from engine.algorithms.bank import check_per_map, gather, per_map, spread, sum_of_channels, sum_per_map
from engine.algorithms.correlation import outputs_at_once, work_type
from engine.algorithms.factors import Factors, factor
from engine.algorithms.sliding import positions
from engine.algorithms.unstrided import room

__all__ = ["Factors", "check_per_map", "factor", "gather", "outputs_at_once", "per_map", "positions", "room"]
__all__ += ["sliding", "spread", "sum_of_channels", "sum_per_map", "work_type"]
