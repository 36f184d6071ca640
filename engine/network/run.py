"""Running a network: a generator that yields each activation as soon as it is ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from engine.arrays import Array, as_numbers
from engine.declaration.call import Call
from engine.errors import ConvscopeError
from engine.limits import IN_PYTHON, Limits
from engine.network.dependence import check_cell
from engine.network.graph import Network
from engine.network.layer import PICTURE, Node, at_layer
from engine.network.memory import kept_cells, last_readers, live_cells
from engine.network.plan import Planned
from engine.texts import Text
from engine.trace.trace import Cell, Trace


class Activations(Mapping[str, Array]):
    """What a run leaves behind: every layer's activation by name, and the calls that made them.

    The calls know their inputs, and so can go back and be traced. ``training`` tells whether the run
    was for training, ``version`` which weights it began with.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.calls: dict[str, Call] = {}
        self._arrays: dict[str, Array] = {}
        self._input: Array | None = None
        self.training = False
        self.version = network.weights.version

    @property
    def input(self) -> Array:
        """The picture or batch that the network was given."""
        if self._input is None:
            raise LookupError("nothing has run yet")
        return self._input

    @property
    def output(self) -> Array:
        """The activation of the network's last layer."""
        return self[self.network.output]

    def begin(self, picture: Array, training: bool) -> Array:
        """Forget what an earlier run left; return a copy of the input, which the caller cannot change."""
        self.calls.clear()
        self._arrays.clear()
        self.training = training
        self.version = self.network.weights.version
        self._input = picture.copy()
        return self._input

    def keep(self, name: str, call: Call, array: Array) -> None:
        """Take note of one layer's activation."""
        self.calls[name] = call
        self._arrays[name] = array

    def trace(self, name: str, cell: Cell) -> Trace:
        """Return how the unit ``cell`` of the layer called ``name`` came to have the value it has here.

        Nothing is computed again. The inputs of its terms are those that ``Layer.feeds`` names the
        sources of, and their places are places in what these layers gave.

        Raises:
            ShapeError: if there is no such cell.
        """
        call, array = self.calls[name], self[name]
        check_cell(cell, array.shape)
        with np.errstate(all="ignore"):  # what is not finite passes through, as in a run
            return call.operation.trace(call, cell, array[cell])

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


def forward(
    network: Network,
    picture: object,
    *,
    wanted: Iterable[str] | None = None,
    kept: Activations | None = None,
    training: bool = False,
    seed: int = 0,
    limits: Limits = IN_PYTHON,
) -> Iterator[tuple[str, Array]]:
    """Yield (layer name, activation) for each layer in turn; nothing runs before it is asked for.

    ``picture`` is one, (C, H, W), or a batch, (N, C, H, W), of the network's number of axes.
    ``wanted`` layers alone are computed, with those that they need. An activation is dropped once
    the last layer that reads it has run, unless ``kept`` collects them all, and a copy of the
    picture. In ``training`` cells are dropped, drawn from ``seed``, and batches normalised by
    themselves. Sizes, weights and memory are checked at once, before the first layer runs.

    Raises:
        ShapeError, ParameterError, LimitError, UnknownName: as ``Operation.bind`` does, saying at
            which layer.

    >>> from engine.network import Network, forward
    >>> pool = ("max_pool2d", {"kernel_size": 2})
    >>> network = Network.sequence([pool, pool], (1, 8, 8))
    >>> [(name, maps.shape) for name, maps in forward(network, np.ones((1, 8, 8)))]
    [('max_pool2d-1', (1, 4, 4)), ('max_pool2d-2', (1, 2, 2))]
    """
    array = as_numbers(picture, PICTURE)
    nodes = network.nodes if wanted is None else network.before(wanted)
    planned = network.plan(array.shape, limits, training=training, seed=seed)
    for node in nodes:
        network.arrays_of(node.layer.name)
    count = (live_cells if kept is None else kept_cells)(nodes, planned, array.shape)
    kinds = [array, *(network.weights[key] for key in network.weights)]
    size = 8 if any(kind.itemsize == 8 for kind in kinds) else 4
    limits.check(
        "bytes", count * size, Text("The memory that the activations need, in bytes,", "激活所需内存（字节）")
    )
    if kept is not None:
        array = kept.begin(array, training)
    return _layers(network, nodes, planned, array, kept, limits)


def _layers(
    network: Network,
    nodes: Sequence[Node],
    planned: Mapping[str, Planned],
    picture: Array,
    kept: Activations | None,
    limits: Limits,
) -> Iterator[tuple[str, Array]]:
    last = last_readers(nodes)
    named = {source for node in nodes for source in node.sources.values() if source.output is not None}
    alive: dict[str, dict[str | None, Array]] = {PICTURE: {None: picture}}
    del picture
    for node in nodes:
        name = node.layer.name
        inputs = {at: alive[source.layer][source.output] for at, source in node.sources.items()}
        call = _call(network, planned[name], inputs, limits)
        del inputs
        more = {source.output for source in named if source.layer == name}
        alive[name] = _outputs(call, more)
        if kept is not None:
            kept.keep(name, call, alive[name][None])
        del call
        yield name, alive[name][None]
        for read in [read for read in alive if last.get(read, name) == name]:
            del alive[read]


def _call(network: Network, planned: Planned, inputs: Mapping[str, Array], limits: Limits) -> Call:
    name, operation = planned.node.layer.name, planned.node.operation
    arrays = {**inputs, **network.arrays_of(name)}
    try:
        if {at: array.shape for at, array in arrays.items()} != planned.shapes:
            return operation.bind(arrays, planned.params, limits)
        operation.check_values(arrays)
        # In the order in which the operation declares them, as bind has them.
        ordered = {put.name: arrays[put.name] for put in operation.inputs if put.name in arrays}
        return operation.bound(ordered, (planned.asked, planned.settled, planned.layout))
    except ConvscopeError as error:
        raise at_layer(error, name, operation.name) from None


def _outputs(call: Call, more: set[str | None]) -> dict[str | None, Array]:
    """Return the first output under None, and all by name where one of ``more`` is read."""
    if not more:
        return {None: call.run()}
    outputs = call.outputs()
    return {None: outputs[call.operation.outputs[0].name], **outputs}


def activations(
    network: Network,
    picture: object,
    *,
    training: bool = False,
    seed: int = 0,
    limits: Limits = IN_PYTHON,
) -> Activations:
    """Run the whole network and return every activation; raises as ``forward`` does.

    >>> from engine.network import Network, activations
    >>> network = Network.sequence([("max_pool2d", {"kernel_size": 2})], (1, 4, 4))
    >>> activations(network, np.arange(16.0).reshape(1, 4, 4)).output
    array([[[ 5.,  7.],
            [13., 15.]]])
    """
    kept = Activations(network)
    for _ in forward(network, picture, kept=kept, training=training, seed=seed, limits=limits):
        pass
    return kept


def predict(network: Network, picture: object, *, limits: Limits = IN_PYTHON) -> Array:
    """Return the network's output alone, keeping no more than must be; raises as ``forward`` does."""
    result: Array | None = None
    for name, array in forward(network, picture, wanted=[network.output], limits=limits):
        if name == network.output:
            result = array
    assert result is not None
    return result
