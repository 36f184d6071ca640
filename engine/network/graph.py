"""A network: a graph of operations, checked when it is built, with its weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from engine.arrays import Array, Shape
from engine.errors import ParameterError, ShapeError
from engine.limits import UNLIMITED, Limits
from engine.network.layer import PICTURE, Layer, Node, resolve
from engine.network.mode import Mode
from engine.network.order import in_order, last_unread, needed_for
from engine.network.plan import Planned, is_batch, plan
from engine.network.weight_store import Key, Weights, readable
from engine.refusals import unknown
from engine.texts import Text

LayerLike: TypeAlias = "Layer | str | tuple[str, Mapping[str, object]]"
_SHOWN = 20
_PLANS = 8
"""So many sizes of input are remembered."""


class Network:
    """A graph of operations with weights; each layer's sizes are checked when it is built.

    ``layers`` in any order (a layer that names no source takes the one before it); ``input_shape`` of
    one picture, as (C, H, W); ``weights`` arrays by (layer, input name), all, some or none: sizes and
    costs need none, as long as parameters such as out_channels say what the arrays would. ``output``
    names the layer whose activation the network gives; left out, the last one that no other reads.

    Raises ShapeError, ParameterError, LimitError and UnknownName, which name the layer.

    >>> from engine.network import Layer, Network
    >>> network = Network(
    ...     [
    ...         Layer("conv2d", {"kernel_size": 3, "out_channels": 6}, "conv", weights=("weight", "bias")),
    ...         Layer("max_pool2d", {"kernel_size": 2}, "pool"),
    ...     ],
    ...     (1, 28, 28),
    ... )
    >>> network.shape("pool")
    (6, 13, 13)
    """

    def __init__(
        self,
        layers: Iterable[Layer],
        input_shape: Sequence[int],
        weights: Mapping[Key, object] | None = None,
        *,
        output: str | None = None,
        limits: Limits = UNLIMITED,
    ) -> None:
        given = dict(weights or {})
        nodes = resolve(layers, given)
        if not nodes:
            raise ParameterError(
                "no_layers", Text("A network needs at least one layer.", "网络至少要有一层。"), field="layers"
            )
        self.input_shape: Shape = _input_shape(input_shape)
        self.nodes: tuple[Node, ...] = tuple(in_order(nodes))
        self._by_name = {node.layer.name: node for node in self.nodes}
        self.output: str = last_unread(nodes) if output is None else output
        self.node(self.output)
        names = {(node.layer.name, name): None for node in self.nodes for name in node.weights}
        arrays = {key: readable(names, key, value) for key, value in given.items()}
        held = {key: array.shape for key, array in arrays.items()}
        self.planned: Mapping[str, Planned] = plan(self.nodes, held, self.input_shape, Mode(), limits)
        self._plans: dict[tuple[Shape, Mode, Limits], Mapping[str, Planned]] = {}
        self.weights = Weights(names, self._check_weights)
        self.weights.update(arrays)

    @classmethod
    def sequence(
        cls,
        layers: Iterable[LayerLike],
        input_shape: Sequence[int],
        weights: Mapping[Key, object] | None = None,
        *,
        limits: Limits = UNLIMITED,
    ) -> Network:
        """Return a network whose layers follow each other: operation names, (name, params) or Layers.

        Layers that are not named are numbered by operation: "relu-1", "relu-2".

        >>> from engine.network import Network
        >>> pool = ("max_pool2d", {"kernel_size": 2})
        >>> list(Network.sequence([pool, pool], (1, 8, 8)).planned)
        ['max_pool2d-1', 'max_pool2d-2']
        """
        return cls([_layer(layer) for layer in layers], input_shape, weights, limits=limits)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in the order they run, with names, sources and weights filled in."""
        return tuple(node.layer for node in self.nodes)

    def node(self, name: str) -> Node:
        """Return the layer called ``name`` with its operation.

        Raises:
            UnknownName: if there is none.
        """
        if name not in self._by_name:
            raise unknown("unknown_layer", Text("layer", "层"), name, list(self._by_name), "layer", _SHOWN)
        return self._by_name[name]

    def shape(self, name: str) -> Shape:
        """Return the shape of a layer's activation for one picture."""
        return self.planned[self.node(name).layer.name].layout.output

    def plan(
        self, shape: Shape, limits: Limits = UNLIMITED, *, training: bool = False, seed: int = 0
    ) -> Mapping[str, Planned]:
        """Return every layer's sizes for a picture or batch of ``shape``; raises as building does."""
        mode = Mode(is_batch(shape, self.input_shape), training, seed)
        if training:
            return self._plan(shape, mode, limits)
        # Weights keep their shapes, so what was found once holds; every run of a picture asks anew.
        found = self._plans.get((shape, mode, limits))
        if found is None:
            found = self._plan(shape, mode, limits)
            if len(self._plans) >= _PLANS:
                self._plans.clear()
            self._plans[shape, mode, limits] = found
        return found

    def _plan(self, shape: Shape, mode: Mode, limits: Limits) -> Mapping[str, Planned]:
        return plan(self.nodes, {**self._imagined, **self.weights.shapes()}, shape, mode, limits)

    @cached_property
    def _imagined(self) -> dict[Key, Shape]:
        """The shapes of weights that were drawn to find them."""
        return {
            key: self.planned[key[0]].shapes[key[1]]
            for key in self.weights.names
            if key[1] in self.planned[key[0]].shapes
        }

    @cached_property
    def readers(self) -> Mapping[str, int]:
        """How many inputs each layer's outputs feed, by layer."""
        counts = dict.fromkeys([PICTURE, *self._by_name], 0)
        for node in self.nodes:
            for source in node.sources.values():
                counts[source.layer] += 1
        return counts

    def before(self, wanted: Iterable[str]) -> tuple[Node, ...]:
        """Return the layers that must run for those ``wanted``, in order."""
        needed = needed_for(self.nodes, [self.node(name).layer.name for name in wanted])
        return tuple(node for node in self.nodes if node.layer.name in needed)

    def with_weights(self, weights: Mapping[Key, object], *, limits: Limits = UNLIMITED) -> Network:
        """Return this network with some weights replaced; arrays that stay are shared, not copied."""
        return Network(
            self.layers, self.input_shape, {**self.weights, **weights}, output=self.output, limits=limits
        )

    def _check_weights(self, key: Key, shape: Shape) -> None:
        """Raise ShapeError unless weights of ``shape`` leave all sizes as they are."""
        layer, name = key
        planned = self.planned[layer]
        expected = planned.shapes.get(name)
        if expected is None:
            operation, shapes = planned.node.operation, {**planned.shapes, name: shape}
            _, _, layout = operation.plan(shapes, planned.params)
            if layout.output == planned.layout.output and layout.parameters == planned.layout.parameters:
                return
        elif expected == shape:
            return
        raise ShapeError(
            "weights_shape",
            Text(
                "Layer '{layer}' ({operation}): its {name} must {wanted}; it has {shape}. "
                "To change sizes, build another network.",
                "层“{layer}”（{operation}）的 {name} {wanted}；这里是 {shape}。要改变大小，请另建网络。",
            ).put(
                wanted=Text("be {expected}", "须为 {expected}")
                if expected
                else Text("leave the output as it is", "不得改变输出")
            ),
            field=name,
            values={
                "name": name,
                "shape": list(shape),
                "expected": list(expected) if expected else None,
                "layer": layer,
                "operation": planned.node.operation.name,
            },
        )

    def arrays_of(self, name: str) -> dict[str, Array]:
        """Return the weights of a layer by input name.

        Raises:
            ParameterError: if one is missing.
        """
        node = self.node(name)
        for held in node.weights:
            if (name, held) not in self.weights:
                raise ParameterError(
                    "missing_weights",
                    Text(
                        "Layer '{layer}' ({operation}) has no {name} yet; give arrays, or initialise.",
                        "层“{layer}”（{operation}）还没有 {name}；请给出数组，或初始化。",
                    ),
                    field=held,
                    values={"name": held, "layer": name, "operation": node.operation.name},
                )
        return {held: self.weights[name, held] for held in node.weights}


def _layer(given: LayerLike) -> Layer:
    if isinstance(given, Layer):
        return given
    return Layer(given) if isinstance(given, str) else Layer(*given)


def _input_shape(given: Sequence[int]) -> Shape:
    shape = tuple(given)
    if not shape or not all(type(size) is int and size > 0 for size in shape):
        raise ShapeError(
            "input_shape",
            Text(
                "input_shape must be sizes of at least 1, as (C, H, W) of one picture.",
                "输入形状的每个大小至少为 1，如一张图片的 (C, H, W)。",
            ),
            field="input_shape",
        )
    return shape
