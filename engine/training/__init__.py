"""Training: networks learn from pictures and the numbers of their classes, seeded to the last bit.

Training knows networks; nothing else in the engine knows training.
"""

from __future__ import annotations

from engine.training.augmentation import Augmentation
from engine.training.checkpoints import read_checkpoint, write_checkpoint
from engine.training.data import Examples, Preparation, held_out
from engine.training.evaluation import Evaluation, evaluate
from engine.training.history import History
from engine.training.idx import read_fashion_mnist, read_idx
from engine.training.loop import Progress, Training
from engine.training.optimisers import Adam, Optimiser, Sgd
from engine.training.recipe import Recipe
from engine.training.schedules import Schedule

__all__ = [
    "Adam",
    "Augmentation",
    "Evaluation",
    "Examples",
    "History",
    "Optimiser",
    "Preparation",
    "Progress",
    "Recipe",
    "Schedule",
    "Sgd",
    "Training",
    "evaluate",
    "held_out",
    "read_checkpoint",
    "read_fashion_mnist",
    "read_idx",
    "write_checkpoint",
]
