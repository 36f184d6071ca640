"""Optimisers: how a gradient becomes a step. Weights and state are changed in place.

Weight decay falls on what multiplies (arrays of two axes and more), not on biases and norms.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from engine.arrays import Array, Float
from engine.network.weight_store import Key


class Optimiser(ABC):
    """Base of optimisers: a state of arrays by slot and weight, and a count of steps."""

    slots: ClassVar[tuple[str, ...]] = ()

    def __init__(self, weight_decay: float = 0.0) -> None:
        self.weight_decay = weight_decay
        self.steps = 0
        self.state: dict[tuple[str, Key], Float] = {}

    def step(self, weights: Mapping[Key, Array], gradients: Mapping[Key, Float], rate: float) -> None:
        """Move every weight that has a gradient, by the learning ``rate``."""
        self.steps += 1
        for key, gradient in gradients.items():
            weight: Float = weights[key]  # type: ignore[assignment]
            held = {slot: self._held(slot, key, weight) for slot in self.slots}
            self.move(weight, gradient, rate, self.weight_decay if weight.ndim > 1 else 0.0, held)

    def _held(self, slot: str, key: Key, weight: Float) -> Float:
        if (slot, key) not in self.state:
            self.state[slot, key] = np.zeros_like(weight)
        return self.state[slot, key]

    @abstractmethod
    def move(
        self, weight: Float, gradient: Float, rate: float, decay: float, held: Mapping[str, Float]
    ) -> None:
        """Change one weight, and its state ``held``, in place."""


class Sgd(Optimiser):
    """Stochastic gradient descent with momentum m, and Nesterov's.

    With g the gradient plus decay times the weight: v = m v + g; w = w - rate v, or with Nesterov
    w = w - rate (g + m v) (Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and
    momentum in deep learning", 2013, in the form that PyTorch uses: the rate is taken out of v).
    """

    slots = ("velocity",)

    def __init__(self, momentum: float = 0.9, *, nesterov: bool = False, weight_decay: float = 0.0) -> None:
        super().__init__(weight_decay)
        self.momentum = momentum
        self.nesterov = nesterov

    def move(
        self, weight: Float, gradient: Float, rate: float, decay: float, held: Mapping[str, Float]
    ) -> None:
        """Roll on, pushed by the gradient."""
        velocity, kind = held["velocity"], weight.dtype.type
        pushed = gradient + kind(decay) * weight if decay else gradient
        velocity *= kind(self.momentum)
        velocity += pushed
        moved = pushed + kind(self.momentum) * velocity if self.nesterov else velocity
        weight -= kind(rate) * moved


class Adam(Optimiser):
    """Adam, and AdamW, where the decay stands beside the gradient's step and not in it.

    m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; both less their bias towards the 0 that they start
    from, M = m / (1 - b1^t) and V = v / (1 - b2^t); w = w - rate (M / (sqrt(V) + eps) + decay w)
    (Kingma and Ba, "Adam", 2015, algorithm 1; Loshchilov and Hutter, "Decoupled weight decay
    regularization", 2019, algorithm 2). Unless ``decoupled``, the decay is added to g instead.
    """

    slots = ("mean", "square")

    def __init__(
        self,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        *,
        weight_decay: float = 0.0,
        decoupled: bool = True,
    ) -> None:
        super().__init__(weight_decay)
        self.betas = betas
        self.eps = eps
        self.decoupled = decoupled

    def move(
        self, weight: Float, gradient: Float, rate: float, decay: float, held: Mapping[str, Float]
    ) -> None:
        """Step by the mean gradient over the root of the mean square."""
        mean, square, kind = held["mean"], held["square"], weight.dtype.type
        first, second = self.betas
        if decay and not self.decoupled:
            gradient = gradient + kind(decay) * weight
        mean *= kind(first)
        mean += kind(1 - first) * gradient
        square *= kind(second)
        square += kind(1 - second) * np.square(gradient)
        if decay and self.decoupled:
            weight *= kind(1 - rate * decay)
        root = np.sqrt(square / kind(1 - second**self.steps))
        root += kind(self.eps)
        weight -= kind(rate / (1 - first**self.steps)) * mean / root
