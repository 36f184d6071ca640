"""The weights of a layer: as arrays, and its kernels as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import TypedDict

import numpy as np

from engine.analysis.dense import as_convolution
from engine.analysis.histogram import histogram
from engine.arrays import Array
from engine.declaration.layout import Layout
from engine.network import Network
from engine.texts import Text
from server.errors import ApiError, some
from server.networks.zoo import Shipped

_CELLS_AT_ONCE = 2**18


class Measured(TypedDict):
    """An array of weights in a few numbers."""

    min: float
    max: float
    mean: float
    deviation: float


class Counts(TypedDict):
    """How many numbers lie between which edges."""

    edges: list[float]
    counts: list[int]


class WeightsData(TypedDict):
    """What goes before the pictures of a layer's kernels.

    ``shapes`` of all arrays by input name; ``kernels`` (O, I, kh, kw) of the pictures, None if there are
    none; ``vectors`` are the numbers of the arrays that hold one per map, ``unit`` those of the later layers
    of the unit. ``histogram`` counts the numbers of "weight", if that is there.
    """

    layer: str
    operation: str
    shapes: dict[str, list[int]]
    kernels: list[int] | None
    stats: dict[str, Measured]
    histogram: Counts | None
    vectors: dict[str, list[float]]
    unit: dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class LayerWeights:
    """The arrays of a layer by input name, and its kernels (O, I, kh, kw) if it has any."""

    told: WeightsData
    arrays: Mapping[str, Array]
    kernels: Array | None

    def maps(self, number: int | None) -> Iterator[tuple[range, Array]]:
        """Return pictures in runs: (numbers, maps).

        Each map's kernel as one, (kh, I kw), those of its input channels side by side; with ``number``
        that map's alone, one for each input channel, (kh, kw).

        Raises:
            ShapeError: there is no such map.
        """
        if self.kernels is None:
            return iter(())
        maps, channels, height, width = self.kernels.shape
        if number is None:
            return _runs(self.kernels.transpose(0, 2, 1, 3).reshape(maps, height, channels * width))
        Layout((maps, 1, 1)).check_map(number, "map")
        return _runs(self.kernels[number])


def _runs(pictures: Array) -> Iterator[tuple[range, Array]]:
    step = max(1, _CELLS_AT_ONCE // prod(pictures.shape[1:]))
    for first in range(0, len(pictures), step):
        some = pictures[first : first + step]
        yield range(first, first + len(some)), some


def layer_weights(shipped: Shipped, layer: str) -> LayerWeights:
    """Return the weights of a layer.

    Raises:
        UnknownName: there is no such layer.
        ApiError: 422 ``no_weights``: it holds none.
    """
    network = shipped.network
    node = network.node(layer)
    arrays = network.arrays_of(layer)
    if not arrays:
        names = [each.layer.name for each in network.nodes if each.weights]
        raise ApiError(
            422,
            "no_weights",
            Text(
                "The layer {name} ({operation}) holds no weights; some do, as {some}.",
                "层 {name}（{operation}）没有权重；有权重的如 {some}。",
            ).put(some=some(names)),
            "layer",
            {"name": layer, "operation": node.operation.name, "names": names},
        )
    kernels = _kernels(network, layer, arrays)
    unit = shipped.unit_of[layer].layers
    later = unit[unit.index(layer) + 1 :]
    return LayerWeights(
        {
            "layer": layer,
            "operation": node.operation.name,
            "shapes": {name: list(array.shape) for name, array in arrays.items()},
            "kernels": None if kernels is None else list(kernels.shape),
            "stats": {name: _measured(array) for name, array in arrays.items()},
            "histogram": _counted(arrays.get("weight")),
            "vectors": _vectors(arrays),
            "unit": {name: vectors for name in later if (vectors := _vectors(network.arrays_of(name)))},
        },
        arrays,
        kernels,
    )


def _kernels(network: Network, layer: str, arrays: Mapping[str, Array]) -> Array | None:
    """Return the weights as kernels (O, I, kh, kw); a dense layer's as it reads the maps before it."""
    weight = arrays.get("weight")
    if weight is None or weight.ndim == 4:
        return weight
    if weight.ndim != 2 or len(network.shape(layer)) != 1:
        return None
    shape = _read(network, network.node(layer).sources["input"].layer)
    return as_convolution(weight, shape if len(shape) == 3 else (1, 1, prod(shape)))


def _read(network: Network, source: str) -> tuple[int, ...]:
    """Return the shape of the maps that a row of numbers is made of, or of the row itself."""
    while source in network.planned and len(network.shape(source)) == 1:
        node = network.node(source)
        if len(node.sources) != 1 or node.weights:
            break
        source = node.sources["input"].layer
    return network.shape(source) if source in network.planned else network.input_shape


def _vectors(arrays: Mapping[str, Array]) -> dict[str, list[float]]:
    return {name: array.tolist() for name, array in arrays.items() if array.ndim == 1}


def _counted(array: Array | None) -> Counts | None:
    if array is None:
        return None
    found = histogram(array).data()
    return {"edges": found["edges"], "counts": found["counts"]}


def _measured(array: Array) -> Measured:
    numbers = array.astype(np.float64)
    return {
        "min": float(numbers.min()),
        "max": float(numbers.max()),
        "mean": float(numbers.mean()),
        "deviation": float(numbers.std()),
    }
