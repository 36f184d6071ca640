"""A small network in a folder of its own, and a service that ships it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from engine.limits import Limits
from engine.network import Layer, Network, initialise, save
from server.app import create_app
from server.images.library import Library
from server.networks.context import Networks
from server.networks.runs import Runs
from server.networks.zoo import Zoo
from server.settings import Settings

NAME = "small"
SIDE = 24
LAYERS = ["conv", "conv/relu", "fork/a", "fork/b", "fork/cat", "pool", "flat", "dense", "share"]
ABOUT = {
    "title": {"en": "Small", "zh": "小网络"},
    "summary": {"en": "For tests.", "zh": "测试用。"},
    "credit": "Nobody",
    "preparation": {
        "height": SIDE,
        "width": SIDE,
        "channels": ["blue", "green", "red"],
        "subtract": [100.0, 110.5, 120.0],
        "divide": [1.0, 2.0, 4.0],
    },
    "logits": "dense",
    "probabilities": "share",
    "classes": [{"en": "cat", "zh": "猫"}, {"en": "dog"}, {"en": "cup"}, {"en": "hat"}, {"en": "pen"}],
}


def network() -> Network:
    """Convolution and ReLU, two branches, pooling, flatten, dense, softmax."""
    convolution = {"kernel_size": 3, "out_channels": 6}
    built = Network(
        [
            Layer("conv2d", convolution, "conv", "input", weights=("weight", "bias")),
            Layer("relu", {}, "conv/relu"),
            Layer(
                "conv2d", {"kernel_size": 1, "out_channels": 10}, "fork/a", "conv/relu", weights=("weight",)
            ),
            Layer("max_pool2d", {"kernel_size": 3, "stride": 1, "padding": 1}, "fork/b", "conv/relu"),
            Layer("cat", {}, "fork/cat", {"input": "fork/a", "other": "fork/b"}),
            Layer("max_pool2d", {"kernel_size": 4}, "pool"),
            Layer("flatten", {}, "flat"),
            Layer("linear", {"out_features": 5}, "dense", weights=("weight", "bias")),
            Layer("softmax", {}, "share"),
        ],
        (3, SIDE, SIDE),
    )
    initialise(built, seed=3)
    for key in built.weights:
        if key[1] == "weight":
            built.weights[key] = built.weights[key] / 4
    return built


def ship(folder: Path, name: str = NAME, **about: object) -> Path:
    """Write the network, with some of about.json replaced, and return its folder."""
    home = folder / name
    home.mkdir(parents=True)
    save(network(), home / "network")
    (home / "about.json").write_text(json.dumps({**ABOUT, **about}), "utf-8")
    return home


def networks(folder: Path, most_bytes: int = 10**8) -> Networks:
    """The networks in ``folder``, without a service round them."""
    return Networks(Zoo(folder), Runs(Library(Settings()), most_bytes), 1_000_000, 65_536, Limits())


@contextmanager
def serving(folder: Path, **settings: Any) -> Iterator[TestClient]:
    """A service that ships the networks in ``folder``."""
    chosen = Settings(allowed_hosts=("testserver",), **settings)
    with TestClient(create_app(chosen, folder), raise_server_exceptions=False) as client:
        yield client
