"""The sizes of every layer, found by asking each operation; nothing here states a size law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Shape
from engine.declaration.layout import Layout
from engine.declaration.parameters import Params
from engine.errors import ConvscopeError, ShapeError
from engine.limits import Limits
from engine.network.layer import PICTURE, Node, Source, at_layer
from engine.network.mode import Mode
from engine.texts import Text


@dataclass(frozen=True)
class Planned:
    """A layer with its sizes: the ``shapes`` of all its inputs that are known, and what comes out.

    ``params`` are as given to the operation, ``asked`` the same as it reads them, ``settled`` with
    everything filled in.
    """

    node: Node
    shapes: Mapping[str, Shape]
    params: Mapping[str, object]
    asked: Params
    settled: Params
    layout: Layout

    def output(self, name: str | None) -> Shape:
        """Return the shape of an output, None for the first."""
        if name is None or name == self.node.operation.outputs[0].name:
            return self.layout.output
        return self.layout.further[name]


def plan(
    nodes: Sequence[Node],
    held: Mapping[tuple[str, str], Shape],
    shape: Shape,
    mode: Mode,
    limits: Limits,
) -> dict[str, Planned]:
    """Return every layer's sizes for an input of ``shape``, in order; ``held`` are shapes of weights.

    ``nodes`` are all of a network's, so that each has the same place in every run.

    Raises:
        ShapeError, ParameterError, LimitError: as ``Operation.bind`` does, saying at which layer.
    """
    found: dict[str, Planned] = {}
    for place, node in enumerate(nodes):
        name = node.layer.name
        shapes = {at: _shape(source, found, shape) for at, source in node.sources.items()}
        shapes |= {at: held[name, at] for at in node.weights if (name, at) in held}
        try:
            _check_ranks(node, shapes)
            first = shapes[PICTURE] if PICTURE in node.sources else ()
            params = mode.params(node.operation, node.layer.params, place, first)
            found[name] = _planned(node, shapes, params, limits)
        except ConvscopeError as error:
            fed = [(list(shapes[at]), source.layer) for at, source in node.sources.items()]
            given = Text(
                f", given {' and '.join(f'{sizes} from {layer!r}' for sizes, layer in fed)}",
                f"，得到{'、'.join(f'来自“{layer}”的 {sizes}' for sizes, layer in fed)}",
            )
            raise at_layer(error, name, node.operation.name, given) from None
    return found


def _shape(source: Source, found: Mapping[str, Planned], shape: Shape) -> Shape:
    return shape if source.layer == PICTURE else found[source.layer].output(source.output)


def _check_ranks(node: Node, shapes: Mapping[str, Shape]) -> None:
    """Raise ShapeError where maps of unlike numbers of axes meet.

    Broadcasting lines axes up from the last one on: those of a batch would meet others than those
    of one picture do.
    """
    maps = [put.name for put in node.operation.inputs if put.kind == "maps"]
    fed = [name for name in maps if name in node.sources]
    for name in maps if fed else ():
        expected, axes = len(shapes[fed[0]]), len(shapes.get(name, ()))
        if axes > expected or (name in fed and axes < expected):
            raise ShapeError(
                "maps_rank",
                Text(
                    "{name} must have as many axes as {fed}, {expected}, so that each picture of a batch "
                    "meets its own; it has {asked}.",
                    "{name} 的轴数须与 {fed} 相同，为 {expected}，批次中的每张图片才能对上自己的；"
                    "这里是 {asked}。",
                ),
                field=name,
                values={"name": name, "fed": fed[0], "asked": axes, "expected": expected},
            )


def _planned(
    node: Node, shapes: Mapping[str, Shape], params: Mapping[str, object], limits: Limits
) -> Planned:
    operation = node.operation
    known = dict(shapes)
    asked, settled, layout = operation.plan(known, params, limits)
    followed = {parameter.follows for parameter in operation.parameters}
    missing = [name for name in node.weights if name not in known and name not in followed]
    if missing:
        rng = np.random.default_rng(0)
        for name in missing:
            known[name] = operation.sample(name, known, settled, rng).shape
        asked, settled, layout = operation.plan(known, params, limits)
    return Planned(node, known, params, asked, settled, layout)


def is_batch(shape: Shape, one: Shape) -> bool:
    """Tell whether ``shape`` is a batch of pictures of as many axes as ``one``.

    Raises:
        ShapeError: if it is neither a picture nor a batch.
    """
    if len(shape) not in (len(one), len(one) + 1):
        raise ShapeError(
            "network_input",
            Text(
                "The network's input must have {axes} axes, as {expected} has, or one more for a batch; it "
                "has {shape}.",
                "网络的输入须有 {axes} 个轴，如 {expected}，或再加一个批量轴；这里是 {shape}。",
            ),
            field=PICTURE,
            values={"axes": len(one), "shape": list(shape), "expected": list(one)},
        )
    return len(shape) > len(one)
