"""SqueezeNet 1.1: ImageNet's thousand classes in 1.2 million weights."""

from __future__ import annotations

from collections.abc import Iterator

from engine.network import Layer, Network

_SIDE = 227
_FIRE = {
    "fire2": (16, 64),
    "fire3": (16, 64),
    "pool3": None,
    "fire4": (32, 128),
    "fire5": (32, 128),
    "pool5": None,
    "fire6": (48, 192),
    "fire7": (48, 192),
    "fire8": (64, 256),
    "fire9": (64, 256),
}
"""Maps of the squeeze and of each expand layer; None where a pool stands."""


def squeezenet(classes: int = 1000) -> Network:
    """Return SqueezeNet 1.1 without weights.

    Pictures are (3, 227, 227); what comes out are ``classes`` shares that add up to 1, the logits
    being the layer "flatten". Source: Iandola et al., "SqueezeNet", 2016 (arXiv 1602.07360), in the
    cheaper version 1.1 that its authors published later.

    >>> squeezenet().shape("fire9/concat")
    (512, 13, 13)
    """
    layers = [*_convolution("conv1", "input", 3, 64, stride=2), _pool("pool1", "conv1/relu")]
    source = "pool1"
    for name, maps in _FIRE.items():
        if maps is None:
            layers.append(_pool(name, source))
            source = name
        else:
            layers.extend(_fire(name, source, *maps))
            source = f"{name}/concat"
    layers += [
        *_convolution("conv10", source, 1, classes),
        Layer("global_avg_pool2d", {}, "pool10"),
        Layer("flatten", {}, "flatten"),
        Layer("softmax", {}, "softmax"),
    ]
    return Network(layers, (3, _SIDE, _SIDE))


def _fire(name: str, source: str, squeeze: int, expand: int) -> Iterator[Layer]:
    """Yield a fire module: few maps, then many, side by side from small and from large kernels."""
    yield from _convolution(f"{name}/squeeze1x1", source, 1, squeeze)
    for size in (1, 3):
        yield from _convolution(f"{name}/expand{size}x{size}", f"{name}/squeeze1x1/relu", size, expand)
    branches = {"input": f"{name}/expand1x1/relu", "other": f"{name}/expand3x3/relu"}
    yield Layer("cat", {}, f"{name}/concat", branches)


def _convolution(name: str, source: str, size: int, maps: int, stride: int = 1) -> Iterator[Layer]:
    params: dict[str, object] = {"kernel_size": size, "out_channels": maps}
    if stride > 1:
        params["stride"] = stride
    elif size > 1:
        params["padding"] = size // 2
    yield Layer("conv2d", params, name, source, weights=("weight", "bias"))
    yield Layer("relu", {}, f"{name}/relu")


def _pool(name: str, source: str) -> Layer:
    return Layer("max_pool2d", {"kernel_size": 3, "stride": 2}, name, source)
