"""Networks: graphs of operations that run, go back, explain themselves and can be kept.

    >>> from engine.network import Layer, Network, initialise, predict
    >>> network = Network.sequence(
    ...     [
    ...         Layer("conv2d", {"kernel_size": 5, "out_channels": 4}, "conv", weights=("weight", "bias")),
    ...         Layer("max_pool2d", {"kernel_size": 2}, "pool"),
    ...     ],
    ...     (1, 28, 28),
    ... )
    >>> initialise(network, seed=0)
    >>> predict(network, np.ones((10, 1, 28, 28))).shape
    (10, 4, 12, 12)

Operations know nothing of networks; networks find them through the registry.
"""

from __future__ import annotations

from engine.network.archive import BadFile
from engine.network.costs import LayerSummary, Summary, summary
from engine.network.data import from_data, graph_data
from engine.network.dependence import reach
from engine.network.explanation import Explanation, explain
from engine.network.fresh import initialise
from engine.network.gradients import Gradients, backward
from engine.network.graph import Network
from engine.network.layer import Layer
from engine.network.receptive import Field, receptive_fields
from engine.network.run import Activations, activations, forward, predict
from engine.network.statistics import renew
from engine.network.storage import load, save

__all__ = [
    "Activations",
    "BadFile",
    "Explanation",
    "Field",
    "Gradients",
    "Layer",
    "LayerSummary",
    "Network",
    "Summary",
    "activations",
    "backward",
    "explain",
    "forward",
    "from_data",
    "graph_data",
    "initialise",
    "load",
    "predict",
    "reach",
    "receptive_fields",
    "renew",
    "save",
    "summary",
]
