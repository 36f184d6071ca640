"""One naive oracle per operation, written from the definition and from nothing else.

To prove a new operation, write a file here with ``ORACLES = {name: function}``; it is found by
looking. An oracle takes the inputs as NumPy arrays and the parameters as a caller writes them (some
left out), and gives the whole first output as nested lists or an array, or all outputs by name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Oracle = Callable[[Mapping[str, np.ndarray], Mapping[str, Any]], Any]


def _found() -> dict[str, Oracle]:
    found: dict[str, Oracle] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        oracles: Mapping[str, Oracle] = getattr(importlib.import_module(module.name), "ORACLES", {})
        twice = found.keys() & oracles.keys()
        assert not twice, f"{module.name} has oracles that there are already: {sorted(twice)}"
        found |= oracles
    return found


ORACLES = _found()
