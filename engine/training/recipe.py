"""A recipe: all that a run is made of, besides network, pictures and seed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from engine.training.augmentation import Augmentation
from engine.training.optimisers import Adam, Optimiser, Sgd
from engine.training.schedules import Schedule


@dataclass(frozen=True)
class Recipe:
    """How to train: for so many ``epochs``, in batches of ``batch`` pictures.

    Each batch is dealt to ``shards``, which run side by side, each normalised by itself ("ghost batch
    normalisation": Hoffer, Hubara, Soudry, "Train longer, generalize better", 2017); their number is
    part of the recipe, so that the result does not depend on how many processors there are.
    ``optimiser`` is "sgd", "nesterov", "adam" or "adamw".
    """

    epochs: int
    schedule: Schedule
    optimiser: str = "nesterov"
    momentum: float = 0.9
    weight_decay: float = 5e-4
    label_smoothing: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)
    batch: int = 128
    shards: int = 2

    def make_optimiser(self) -> Optimiser:
        """Return the optimiser, fresh.

        Raises:
            ValueError: if there is none of this name.
        """
        if self.optimiser in ("sgd", "nesterov"):
            nesterov = self.optimiser == "nesterov"
            return Sgd(self.momentum, nesterov=nesterov, weight_decay=self.weight_decay)
        if self.optimiser in ("adam", "adamw"):
            return Adam(weight_decay=self.weight_decay, decoupled=self.optimiser == "adamw")
        raise ValueError(f"optimiser must be sgd, nesterov, adam or adamw, not {self.optimiser!r}")

    def data(self) -> dict[str, object]:
        """Return the recipe as plain data, for a report or to compare."""
        return asdict(self)
