"""A short run of the recipe that ships, over few pictures that ship with it.

Its losses stand in the report, and a test computes them anew: what moves them has changed the training.
`python -m tools.short_run` prints them, with --write it stores them (after a wanted change).
"""

import json
import sys
from dataclasses import replace

import numpy as np

from engine.architectures.fashion_cnn import LOGITS, fashion_cnn
from engine.training import Examples, Training

from .environment import ROOT
from .training import RECIPE, SEED

REPORT = ROOT / "networks" / "fashion-cnn" / "report"
PICTURES = REPORT / "short-run.npz"
LOSSES = REPORT / "short-run.json"
LEARNT_FROM = 256


def shipped_pictures() -> Examples:
    """Return the pictures that ship: some of those held out, which the network that ships never learnt."""
    with np.load(PICTURES, allow_pickle=False) as found:
        return Examples(found["pictures"], found["labels"])


def short_run() -> dict[str, list[float]]:
    """Return the loss of every step, and those at the end of every epoch."""
    pictures = shipped_pictures()
    learning, choosing = (
        Examples(pictures.pictures[part], pictures.labels[part])
        for part in (slice(LEARNT_FROM), slice(LEARNT_FROM, None))
    )
    # At a rate so low that rounding stays rounding, whatever processor it is.
    recipe = replace(RECIPE, epochs=2, batch=64, schedule=replace(RECIPE.schedule, peak=0.01))
    run = Training(fashion_cnn(), LOGITS, learning, choosing, recipe, SEED)
    for _ in range(recipe.epochs):
        for _ in run.epoch():
            pass
    series = run.history.series
    return {"steps": run.history.losses, "train": series["train_loss"], "held_out": series["held_loss"]}


if __name__ == "__main__":
    text = json.dumps(short_run(), indent=1) + "\n"
    if "--write" in sys.argv[1:]:
        LOSSES.write_text(text, "utf-8")
    else:
        print(text, end="")
