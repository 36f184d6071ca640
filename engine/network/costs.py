"""A network in numbers: sizes, parameters, cost and memory, layer by layer and in all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.arrays import Shape
from engine.limits import UNLIMITED, Limits
from engine.network.graph import Network
from engine.network.memory import cells, kept_cells, live_cells
from engine.network.receptive import Fields, receptive_fields

_BYTES = 4
"""Numbers are float32."""


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """One layer: output shape, parameters, cost for one forward pass, memory in bytes as float32."""

    name: str
    operation: str
    shape: Shape
    parameters: int
    macs: int
    additions: int
    activation_bytes: int
    weight_bytes: int
    field: Fields


@dataclass(frozen=True)
class Summary:
    """Every layer in the order they run, and the totals.

    ``kept_bytes`` is the memory of the input and all activations together; ``live_bytes`` the most at
    once if each is dropped after the last layer that reads it.
    """

    layers: tuple[LayerSummary, ...]
    kept_bytes: int
    live_bytes: int

    @property
    def parameters(self) -> int:
        """Weights and biases of all layers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def macs(self) -> int:
        """Multiply-accumulates of one forward pass."""
        return sum(layer.macs for layer in self.layers)

    @property
    def additions(self) -> int:
        """Further additions and comparisons of one forward pass."""
        return sum(layer.additions for layer in self.layers)

    @property
    def weight_bytes(self) -> int:
        """Memory of all parameters."""
        return sum(layer.weight_bytes for layer in self.layers)

    @cached_property
    def _by_name(self) -> dict[str, LayerSummary]:
        return {layer.name: layer for layer in self.layers}

    def __getitem__(self, name: str) -> LayerSummary:
        return self._by_name[name]


def summary(network: Network, *, batch: int | None = None, limits: Limits = UNLIMITED) -> Summary:
    """Return the sizes and costs for one picture, or for a ``batch`` of so many; nothing is run.

    Raises:
        ShapeError, ParameterError, LimitError: as building the network does.

    >>> from engine.network import Layer, Network, summary
    >>> conv = Layer("conv2d", {"kernel_size": 5, "out_channels": 6}, weights=("weight", "bias"))
    >>> found = summary(Network.sequence([conv], (1, 32, 32)))
    >>> found.parameters, found.macs
    (156, 117600)
    """
    shape = network.input_shape if batch is None else (batch, *network.input_shape)
    planned = network.plan(shape, limits)
    fields = receptive_fields(network)
    return Summary(
        tuple(
            LayerSummary(
                name,
                layer.node.operation.name,
                layer.layout.output,
                layer.layout.parameters,
                layer.layout.macs,
                layer.layout.additions,
                _BYTES * cells(layer),
                _BYTES * layer.layout.parameters,
                fields[name],
            )
            for name, layer in planned.items()
        ),
        _BYTES * kept_cells(network.nodes, planned, shape),
        _BYTES * live_cells(network.nodes, planned, shape),
    )
