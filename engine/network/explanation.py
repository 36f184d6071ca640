"""Why a unit has its value: back to the pixels, and one step back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, Float, Number, as_numbers, float_for
from engine.errors import ParameterError, ShapeError
from engine.limits import IN_PYTHON, Limits
from engine.network.dependence import check_cell, reach
from engine.network.gradients import backward
from engine.network.graph import Network
from engine.network.layer import PICTURE
from engine.network.run import Activations, forward
from engine.texts import Text
from engine.trace.decimals import EXACT, decimal_of, plain
from engine.trace.trace import Cell, Trace

_PLACES = -6
"""A total is printed to a millionth at least: a value may be whole."""


@dataclass(frozen=True)
class Explanation:
    """What made the unit ``cell`` of ``layer`` what it is.

    ``trace`` is the layer's own, with ``sources`` telling which layer feeds which of its
    inputs ("input" is the picture), so that one can go back step by step. ``reach`` (H, W) says on
    which places of the picture it can depend; ``gradient`` (C, H, W) how much it changes with each;
    ``contributions`` are gradient times input. Of a network of ReLUs, pooling and convolution
    without biases they add up to the value; else what is left is ``rest``.
    """

    layer: str
    cell: Cell
    value: Number
    trace: Trace
    sources: Mapping[str, str]
    reach: NDArray[np.bool_]
    gradient: Float
    contributions: Float

    @property
    def total(self) -> float:
        """What all pixels give together."""
        return float(self.contributions.sum(dtype=np.float64))

    @property
    def rest(self) -> float:
        """The value that no pixel accounts for."""
        return float(self.value) - self.total

    @property
    def printed(self) -> tuple[str, str, str]:
        """Value, total and rest as decimals that add up: value = total + rest, to the value's own places."""
        value, total = decimal_of(self.value), Decimal(self.total)
        if value.is_finite() and total.is_finite():
            places = min(int(value.as_tuple().exponent), _PLACES)
            total = EXACT.quantize(total, Decimal(1).scaleb(places))
        return plain(value), plain(total), plain(EXACT.subtract(value, total))


def explain(
    network: Network,
    picture: object,
    layer: str,
    cell: Cell,
    *,
    kept: Activations | None = None,
    limits: Limits = IN_PYTHON,
) -> Explanation:
    """Return how the unit ``cell`` of ``layer`` came to be, for one ``picture`` (C, H, W).

    ``kept`` are the activations of a run on the same picture, if there are any: they are used,
    not computed again, unless the picture turns out to be another. Source of gradient times input:
    Shrikumar, Greenside, Shcherbina, Kundaje, "Not just a black box", 2016; of the gradient: Simonyan,
    Vedaldi, Zisserman, "Deep inside convolutional networks", 2013.

    Raises:
        ShapeError: for a batch, a picture that is not of the network's size, or no such cell.
        UnknownName: if there is no such layer.
        ParameterError: if ``kept`` is of another network, of a run for training, or of weights that
            were replaced since (arrays changed in place are not noticed); else as ``forward`` does.
        LimitError: as ``forward`` does.

    >>> from engine.network import Network, explain
    >>> network = Network.sequence([("max_pool2d", {"kernel_size": 2})], (1, 2, 2))
    >>> explain(network, [[[1.0, 2.0], [4.0, 3.0]]], "max_pool2d-1", (0, 0, 0)).contributions
    array([[[0., 0.],
            [4., 0.]]])
    """
    array = as_numbers(picture, PICTURE)
    if array.shape != network.input_shape:
        raise ShapeError(
            "network_input",
            Text(
                "To be explained, the input must be one picture of the shape {expected}; it has {shape}.",
                "要解释的输入须是一张形状为 {expected} 的图片；这里是 {shape}。",
            ),
            field=PICTURE,
            values={"shape": list(array.shape), "expected": list(network.input_shape)},
        )
    check_cell(cell, network.shape(layer))
    if kept is not None:
        _check_kept(kept, network)
    if kept is None or layer not in kept or not _same(kept.input, array):
        kept = Activations(network)
        for _ in forward(network, array, wanted=[layer], kept=kept, limits=limits):
            pass
    one = np.zeros(kept[layer].shape, float_for(kept[layer]))
    one[cell] = 1
    back = backward(kept, one, at=layer, keep_activations=False, keep_weights=False, limits=limits)
    return Explanation(
        layer,
        cell,
        kept[layer][cell],
        kept.trace(layer, cell),
        network.node(layer).layer.feeds,
        reach(network, layer, cell),
        back.input,
        np.multiply(back.input, array, dtype=back.input.dtype, casting="unsafe"),
    )


_KEPT = Text(
    "The activations in kept {said}; run the network again, or leave kept out.",
    "kept 中的激活{said}；请重新运行网络，或不给 kept。",
)
_OF_TRAINING = Text(
    "are of a run for training, in which layers do not do the same", "来自训练模式的运行，各层做的事不同"
)
_OF_OLD_WEIGHTS = Text(
    "are older than the weights, some of which were replaced since", "早于现在的权重，其中有的已被替换"
)


def _check_kept(kept: Activations, network: Network) -> None:
    """Raise ParameterError unless ``kept`` is what ``network`` gives as it is now."""
    if kept.network is not network:
        code, said = "kept_network", Text("are of another network", "属于另一个网络")
    elif kept.training:
        code, said = "kept_training", _OF_TRAINING
    elif kept and kept.version != network.weights.version:
        code, said = "kept_weights", _OF_OLD_WEIGHTS
    else:
        return
    raise ParameterError(code, _KEPT.put(said=said), field="kept")


def _same(first: Array, second: Array) -> bool:
    return first.dtype == second.dtype and np.array_equal(first, second)
