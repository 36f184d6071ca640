"""EfficientNet-Lite0: depthwise separable convolutions, batch normalisation and skips."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.network import Layer, Network

_SIDE = 224
_STEM, _HEAD = 32, 1280
_EPS = 1e-3
_NORM = ("running_mean", "running_var", "weight", "bias")


class _Stage(NamedTuple):
    maps: int
    kernel: int
    stride: int
    repeats: int
    expansion: int


_STAGES = (
    _Stage(16, 3, 1, 1, 1),
    _Stage(24, 3, 2, 2, 6),
    _Stage(40, 5, 2, 2, 6),
    _Stage(80, 3, 2, 3, 6),
    _Stage(112, 5, 1, 3, 6),
    _Stage(192, 5, 2, 4, 6),
    _Stage(320, 3, 1, 1, 6),
)


def efficientnet_lite0(classes: int = 1000) -> Network:
    """Return EfficientNet-Lite0 without weights.

    Pictures are (3, 224, 224); what comes out are ``classes`` shares that add up to 1, the logits
    being the layer "dense". Source: Tan and Le, "EfficientNet", 2019 (arXiv 1905.11946), in Google's
    Lite variant: ReLU6 in place of swish, and no squeeze and excitation.

    >>> efficientnet_lite0().shape("block7.1/project/norm")
    (320, 7, 7)
    """
    layers = [*_unit("stem", "input", _STEM, 3, 2)]
    source, channels = "stem/relu6", _STEM
    for number, stage in enumerate(_STAGES, 1):
        for place in range(1, stage.repeats + 1):
            stride = stage.stride if place == 1 else 1
            layers.extend(_block(f"block{number}.{place}", source, channels, stage, stride))
            source, channels = layers[-1].name, stage.maps
    layers += [
        *_unit("head", source, _HEAD),
        Layer("global_avg_pool2d", {}, "pool"),
        Layer("flatten", {}, "flatten"),
        Layer("linear", {"out_features": classes}, "dense", weights=("weight", "bias")),
        Layer("softmax", {}, "softmax"),
    ]
    return Network(layers, (3, _SIDE, _SIDE))


def _block(name: str, source: str, channels: int, stage: _Stage, stride: int) -> Iterator[Layer]:
    """Yield an inverted residual: many maps, each filtered by itself, then few; a skip where it fits."""
    wide, before = channels * stage.expansion, source
    if stage.expansion > 1:
        yield from _unit(f"{name}/expand", before, wide)
        before = f"{name}/expand/relu6"
    yield from _unit(f"{name}/depthwise", before, wide, stage.kernel, stride, groups=wide)
    yield from _unit(f"{name}/project", f"{name}/depthwise/relu6", stage.maps, activated=False)
    if stride == 1 and channels == stage.maps:
        yield Layer("add", {}, f"{name}/add", {"input": f"{name}/project/norm", "other": source})


def _unit(
    name: str,
    source: str,
    maps: int,
    size: int = 1,
    stride: int = 1,
    *,
    groups: int = 1,
    activated: bool = True,
) -> Iterator[Layer]:
    """Yield a convolution without bias, its normalisation and its activation."""
    params: dict[str, object] = {"kernel_size": size, "out_channels": maps}
    if size > 1:
        params |= {"stride": stride, "padding": "same"}
    if groups > 1:
        params["groups"] = groups
    yield Layer("conv2d", params, name, source, weights=("weight",))
    yield Layer("batch_norm", {"eps": _EPS}, f"{name}/norm", name, weights=_NORM)
    if activated:
        yield Layer("relu6", {}, f"{name}/relu6", f"{name}/norm")
