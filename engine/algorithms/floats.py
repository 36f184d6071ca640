"""Which float type a result has, when several arrays go into it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.arrays import Array, Float, Number, float_for


def widest(first: Array, *others: Array | None) -> np.dtype[np.floating]:
    """Return the float type for ``first``, wider where one of the ``others`` is a wider float.

    Whole numbers beside ``first`` do not widen the result: they are weights or means.
    """
    return np.dtype(np.result_type(float_for(first), *_floats(others)))


def widest_of_all(*arrays: Array) -> np.dtype[np.floating]:
    """Return the widest type of the floats among the arrays, or the one that holds their whole numbers."""
    floats = _floats(arrays)
    return np.dtype(np.result_type(*floats)) if floats else np.dtype(np.result_type(*map(float_for, arrays)))


def gradient_type(gradient: Float, *arrays: Array | None) -> np.dtype[np.floating]:
    """Return the float type of gradients: that of ``gradient``, or of a wider one among ``arrays``."""
    return np.dtype(np.result_type(gradient.dtype, *_floats(arrays)))


def _floats(arrays: Iterable[Array | None]) -> list[np.dtype[Number]]:
    return [array.dtype for array in arrays if array is not None and array.dtype.kind == "f"]
