"""Fresh weights to train from, drawn from a seed."""

from __future__ import annotations

from math import prod, sqrt

import numpy as np

from engine.arrays import Array, Shape
from engine.declaration.families import ACTIVATION
from engine.declaration.operation import Operation
from engine.limits import IN_PYTHON, Limits
from engine.network.graph import Network
from engine.network.weight_store import Key
from engine.texts import Text

_STARTS_AT_0 = {"bias", "running_mean"}
_SLOPE = 0.25
"""Where learnt slopes of an activation start (He and others, 2015)."""


def initialise(network: Network, seed: int, *, limits: Limits = IN_PYTHON) -> None:
    """Give every layer of ``network`` fresh float32 weights; the same seed gives the same.

    Kernels and dense weights are normal with deviation sqrt(2 / fan_in), fan_in being the product of
    all sizes but the first (He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015). Biases and
    means start at 0, scales and variances at 1, learnt slopes at 0.25.

    Raises:
        LimitError: if the weights would take more memory than ``limits`` allow.

    >>> from engine.network import Network, initialise
    >>> layer = ("conv2d", {"kernel_size": 3, "out_channels": 8})
    >>> network = Network.sequence([layer], (3, 8, 8))
    >>> initialise(network, 0)
    >>> {"/".join(key): array.shape for key, array in network.weights.items()}
    {'conv2d-1/weight': (8, 3, 3, 3)}
    """
    needed = 4 * sum(planned.layout.parameters for planned in network.planned.values())
    limits.check("bytes", needed, Text("The memory that the weights need, in bytes,", "权重所需内存（字节）"))
    rng = np.random.default_rng(seed)
    for key in network.weights.names:
        operation = network.planned[key[0]].node.operation
        network.weights[key] = _drawn(operation, key[1], _shape(network, key), rng)


def _shape(network: Network, key: Key) -> Shape:
    """Return the shape of a layer's weights: known, or as the operation would draw them."""
    planned = network.planned[key[0]]
    known = planned.shapes.get(key[1])
    if known is not None:
        return known
    if key in network.weights:
        return network.weights[key].shape
    rng = np.random.default_rng(0)
    return planned.node.operation.sample(key[1], planned.shapes, planned.settled, rng).shape


def _drawn(operation: Operation, name: str, shape: Shape, rng: np.random.Generator) -> Array:
    if len(shape) > 1:
        deviation = sqrt(2 / max(prod(shape[1:]), 1))
        return rng.standard_normal(shape, dtype=np.float32) * np.float32(deviation)
    if name in _STARTS_AT_0:
        return np.zeros(shape, np.float32)
    return np.full(shape, _SLOPE if operation.family is ACTIVATION else 1, np.float32)
