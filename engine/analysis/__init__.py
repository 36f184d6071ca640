"""Questions asked of a call: its sizes, its live limits, its curve, its matrix."""
