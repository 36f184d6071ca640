"""A network with what the small one lacks: normalisation, depthwise convolution, a skip, global pooling."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.network import Layer, Network, initialise, save
from tests.server.networks.small import ABOUT, SIDE

NAME, GREY = "deep", "grey"
_NORM = ("running_mean", "running_var", "weight", "bias")


def _unit(name: str, source: str, activation: str | None = "relu6", **params: object) -> list[Layer]:
    """A convolution without bias, its normalisation and its activation."""
    layers = [Layer("conv2d", params, name, source), Layer("batch_norm", {}, f"{name}/norm", weights=_NORM)]
    return layers if activation is None else [*layers, Layer(activation, {}, f"{name}/{activation}")]


def network(channels: int = 3) -> Network:
    """A stem, a block as of EfficientNet, and classes."""
    layers = [
        *_unit("stem", "input", kernel_size=3, out_channels=4, stride=2, padding="same"),
        *_unit("deep", "stem/relu6", kernel_size=3, out_channels=4, groups=4, padding=1),
        *_unit("mix", "deep/relu6", None, kernel_size=1, out_channels=4),
        Layer("add", {}, "add", {"input": "mix/norm", "other": "stem/relu6"}),
        Layer("global_avg_pool2d", {}, "mean"),
        Layer("flatten", {}, "flat"),
        Layer("linear", {"out_features": 5}, "dense", weights=("weight", "bias")),
        Layer("softmax", {}, "share"),
    ]
    built = Network(layers, (channels, SIDE, SIDE))
    initialise(built, 5)
    rng = np.random.default_rng(5)
    for key in built.weights:
        if key[1] in ("running_mean", "bias"):
            built.weights[key] = rng.uniform(-0.5, 0.5, built.weights[key].shape).astype(np.float32)
        elif key[1] == "running_var":
            built.weights[key] = rng.uniform(20, 90, built.weights[key].shape).astype(np.float32)
    return built


def ship(folder: Path) -> None:
    """Write the network into ``folder``."""
    _write(folder / NAME, network(), ABOUT)


def ship_grey(folder: Path) -> None:
    """Write one that is fed grey pictures, of 0 to 1, into ``folder``."""
    law = {"height": SIDE, "width": SIDE, "channels": ["grey"], "subtract": [0.0], "divide": [255.0]}
    _write(folder / GREY, network(1), ABOUT | {"preparation": law})


def _write(home: Path, built: Network, about: Mapping[str, object]) -> None:
    home.mkdir(parents=True)
    save(built, home / "network")
    (home / "about.json").write_text(json.dumps(about), "utf-8")
