"""A small network for Fashion-MNIST, as textbooks draw it: convolve, rectify, pool, three times over."""

from __future__ import annotations

from collections.abc import Iterator

from engine.network import Layer, Network

LOGITS = "dense2"
"""The layer whose numbers softmax turns into probabilities."""
_SIDE = 28
_MAPS = (32, 64, 128)
_FEATURES = 128
_DROPPED = 0.3


def fashion_cnn(classes: int = 10) -> Network:
    """Return the network without weights; pictures are (1, 28, 28), what comes out are shares of 1.

    Three stages of convolution, ReLU, pooling and normalisation, then two dense layers (LeCun et al.,
    "Gradient-based learning applied to document recognition", 1998, with batch normalisation, ReLU
    and dropout from the years after 2010). The dropout does nothing but in training.

    >>> fashion_cnn().shape("pool3")
    (128, 3, 3)
    """
    layers = [layer for stage, maps in enumerate(_MAPS, 1) for layer in _stage(stage, maps)]
    layers += [
        Layer("flatten", {}, "flatten"),
        Layer("linear", {"out_features": _FEATURES}, "dense1", weights=("weight", "bias")),
        Layer("relu", {}, "dense1/relu"),
        Layer("dropout", {"p": _DROPPED}, "dense1/dropout"),
        Layer("linear", {"out_features": classes}, LOGITS, weights=("weight", "bias")),
        Layer("softmax", {}, "softmax"),
    ]
    return Network(layers, (1, _SIDE, _SIDE))


def _stage(stage: int, maps: int) -> Iterator[Layer]:
    """Yield one stage; normalised are the pooled maps, which are a quarter of the work."""
    name, pool = f"conv{stage}", f"pool{stage}"
    size: dict[str, object] = {"kernel_size": 3, "out_channels": maps, "padding": 1}
    yield Layer("conv2d", size, name, weights=("weight", "bias"))
    yield Layer("relu", {}, f"{name}/relu")
    yield Layer("max_pool2d", {"kernel_size": 2}, pool)
    yield Layer("batch_norm", {}, f"{pool}/norm", weights=("running_mean", "running_var", "weight", "bias"))
