"""The engine: convolution and its kin in NumPy, exact and traceable.

Every registered operation is a function of this module, with the parameter names
and order of torch.nn.functional::

    >>> import numpy as np, engine
    >>> engine.conv2d(np.ones((1, 3, 3)), np.ones((2, 2))).shape
    (1, 2, 2)

``call`` binds it instead, to be run, gone back through and traced::

    >>> call = engine.max_pool2d.call([[[1, 2], [3, 4]]], 2)
    >>> call.outputs()["indices"].tolist()
    [[[3]]]
    >>> call.backward([[[1.0]]])["input"].tolist()
    [[[0.0, 0.0], [0.0, 1.0]]]
    >>> call.trace((0, 0, 0)).chosen
    3
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import ConvscopeError, LimitError, ParameterError, ShapeError, UnknownName
from engine.limits import IN_PYTHON, UNLIMITED, Limits
from engine.registry import all_operations, operation

if TYPE_CHECKING:
    from engine.declaration import Operation

__all__ = [
    "IN_PYTHON",
    "UNLIMITED",
    "ConvscopeError",
    "LimitError",
    "Limits",
    "ParameterError",
    "ShapeError",
    "UnknownName",
    "all_operations",
    "operation",
]


def __getattr__(name: str) -> Operation:
    try:
        return operation(name)
    except UnknownName as error:
        raise AttributeError(str(error), name=name) from None


def __dir__() -> list[str]:
    return sorted([*__all__, *(known.name for known in all_operations())])
