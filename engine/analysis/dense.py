"""A dense layer and the convolution that is the same layer.

A convolution whose kernel is as large as the map stops at one place only, and there it
multiplies every input by a weight of its own: a dense layer on the flattened map. So a network
that ends in dense layers can be run as convolutions over a larger picture (Long, Shelhamer,
Darrell, "Fully convolutional networks for semantic segmentation", 2015).
"""

from __future__ import annotations

from math import prod

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.texts import Text


def as_convolution(weight: Array, shape: Shape) -> Array:
    """Return a dense layer's weights (O, C H W) as those of a convolution, (O, C, H, W).

    ``shape`` is that of the map (C, H, W), or (C, L) or (C, D, H, W), which the dense layer reads
    flattened; the convolution reads it as it is, and gives (O, 1, 1). Bias and divisor stay.

    Raises:
        ShapeError: if the weights are not (O, C H W).
    """
    features = prod(shape)
    if weight.ndim != 2 or weight.shape[1] != features:
        raise ShapeError(
            "weight_features",
            Text(
                "weight must have the shape (O, {expected}) to read maps of {maps} flattened; it has "
                "{shape}.",
                "要读展平的 {maps}，权重的形状须为 (O, {expected})；这里是 {shape}。",
            ),
            field="weight",
            values={"maps": list(shape), "shape": list(weight.shape), "expected": features},
        )
    return weight.reshape(-1, *shape)
