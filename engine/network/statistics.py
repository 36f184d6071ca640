"""What a training run renews beside gradients: the running statistics of normalisation."""

from __future__ import annotations

from engine.network.run import Activations


def renew(kept: Activations) -> None:
    """Put every further output that bears the name of its layer's weights in their place.

    So a training run moves the running means and variances along (Ioffe and Szegedy, "Batch
    normalization", 2015, section 3.1); of a run that was not for training nothing is renewed.
    Arrays are replaced, not changed in place.
    """
    network = kept.network
    for name, call in kept.calls.items():
        held = set(network.node(name).weights) & set(call.layout.further)
        if held:
            renewed = call.operation.further(call, kept[name])
            for at in sorted(held):
                network.weights[name, at] = renewed[at]
