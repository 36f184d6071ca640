"""What a network takes a picture for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import numpy as np

from engine.analysis.histogram import finite
from engine.arrays import Array
from server.networks.context import Networks
from server.networks.wishes import PredictWish
from server.networks.zoo import Shipped


class ClassData(TypedDict):
    """A class and what the network says of it; what is not finite is None."""

    index: int
    name: str
    logit: float | None
    probability: float | None


def predict(networks: Networks, name: str, wish: PredictWish) -> list[ClassData]:
    """Return the likeliest classes of a picture; errors as of ``Networks.run``."""
    run = networks.run(name, wish)
    run.until(run.shipped.about.logits)
    return likeliest(run.shipped, run.until(run.shipped.about.probabilities), wish.top)


def likeliest(shipped: Shipped, found: Mapping[str, Array], top: int) -> list[ClassData]:
    """Return the ``top`` likeliest classes, of equally likely ones the first, given all activations."""
    about = shipped.about
    logits, probabilities = found[about.logits], found[about.probabilities]
    order = np.argsort(-probabilities, kind="stable")[:top]
    return [
        {
            "index": index,
            "name": about.classes[index]["en"],
            "logit": finite(float(logits[index])),
            "probability": finite(float(probabilities[index])),
        }
        for index in order.tolist()
    ]
