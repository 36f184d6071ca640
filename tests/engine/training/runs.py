"""A small run for tests: two kinds of stripes, a network that takes a moment."""

from __future__ import annotations

import numpy as np

from engine.network import Layer, Network
from engine.training import Augmentation, Examples, Preparation, Recipe, Schedule, Training

LOGITS = "scores"
SIDE = 8


def network() -> Network:
    """Everything that draws or is renewed in training: dropout and normalisation."""
    conv = {"kernel_size": 3, "out_channels": 4, "padding": 1}
    layers = [
        Layer("conv2d", conv, "conv", weights=("weight", "bias")),
        Layer("relu", {}, "conv/relu"),
        Layer("max_pool2d", {"kernel_size": 2}, "pool"),
        Layer("batch_norm", {}, "norm", weights=("running_mean", "running_var", "weight", "bias")),
        Layer("flatten", {}, "flatten"),
        Layer("dropout", {"p": 0.2}, "dropout"),
        Layer("linear", {"out_features": 2}, LOGITS, weights=("weight", "bias")),
        Layer("softmax", {}, "softmax"),
    ]
    return Network(layers, (1, SIDE, SIDE))


def stripes(count: int, seed: int = 0) -> Examples:
    """Grey noise with a bright row (class 0) or column (class 1)."""
    rng = np.random.default_rng(seed)
    pictures = rng.integers(0, 120, (count, SIDE, SIDE), np.uint8)
    labels = rng.integers(0, 2, count, np.uint8)
    for picture, label, place in zip(pictures, labels, rng.integers(0, SIDE, count), strict=True):
        (picture if label == 0 else picture.T)[place] = 250
    return Examples(pictures, labels)


def recipe(**changed: object) -> Recipe:
    settings: dict[str, object] = {
        "epochs": 3,
        "schedule": Schedule(0.1, "cosine", warm_up=0.2),
        "label_smoothing": 0.05,
        "augmentation": Augmentation(flip=True, shift=1, erase=0.2),
        "batch": 16,
        **changed,
    }
    return Recipe(**settings)  # type: ignore[arg-type]


def training(seed: int = 5, **changed: object) -> Training:
    """A fresh run over 100 pictures, with 40 to choose by."""
    prepared = Preparation(60, 60)
    return Training(network(), LOGITS, stripes(100), stripes(40, 1), recipe(**changed), seed, prepared)


def run(some: Training, epochs: int) -> Training:
    for _ in range(epochs):
        for _ in some.epoch():
            pass
    return some


def everything(some: Training) -> dict[str, np.ndarray]:
    """All that a run holds as arrays, but for the time that it took."""
    found = {f"weights {key}": array for key, array in some.network.weights.items()}
    found |= {f"state {key}": array for key, array in some.optimiser.state.items()}
    history = some.history.arrays()
    found |= {f"history {name}": history[name] for name in history if not name.endswith("seconds")}
    return found
