"""Going back through a network: the gradient of every weight and every activation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, Float, as_numbers, float_for
from engine.errors import ConvscopeError, ParameterError
from engine.limits import IN_PYTHON, Limits
from engine.network.graph import Network
from engine.network.layer import PICTURE, Node, at_layer
from engine.network.run import Activations
from engine.network.weight_store import Key
from engine.refusals import other_gradient
from engine.texts import Text


@dataclass(frozen=True)
class Gradients:
    """The gradients of one number by everything that it was made of.

    ``weights`` by (layer, input name) as the network's own weights, in their shapes;
    ``activations`` by layer; ``input`` by the picture. What the number does not depend on is
    0 in ``input``, and missing in the others.
    """

    input: Float
    activations: Mapping[str, Float]
    weights: Mapping[Key, Float]


def backward(
    kept: Activations,
    gradient: object,
    *,
    at: str | None = None,
    keep_activations: bool = True,
    keep_weights: bool = True,
    keep_input: bool = True,
    limits: Limits = IN_PYTHON,
) -> Gradients:
    """Return the gradients of a loss whose ``gradient`` by the activation of layer ``at`` is given.

    ``at`` is the network's output if left out. The gradients of an activation that several layers
    read, or one layer twice, add up (Rumelhart, Hinton, Williams, "Learning representations by
    back-propagating errors", 1986). Without ``keep_activations`` and ``keep_weights`` these
    gradients are dropped as soon as they have been used; without ``keep_input`` that by the picture is
    not computed, and 0.

    Raises:
        ShapeError: if ``gradient`` has not the activation's shape.
        ParameterError: if the gradient would have to pass an output that has none.
        UnknownName: if there is no such layer.
        LimitError: if the gradients would take more memory than ``limits`` allow.

    >>> from engine.network import Network, activations, backward
    >>> network = Network.sequence([("avg_pool2d", {"kernel_size": 2})], (1, 2, 2))
    >>> backward(activations(network, np.ones((1, 2, 2))), np.ones((1, 1, 1))).input
    array([[[0.25, 0.25],
            [0.25, 0.25]]])
    """
    network = kept.network
    last = network.node(network.output if at is None else at).layer.name
    if last not in kept:
        raise ParameterError(
            "not_run",
            Text(
                "Layer '{name}' has not run, so there is no way back from it.",
                "层“{name}”还没有运行，无法从它往回走。",
            ),
            field="layer",
            values={"name": last},
        )
    nodes = network.before([last])
    needed = sum(_bytes(kept, node, keep_weights) for node in nodes)
    limits.check(
        "bytes", needed, Text("The memory that the gradients need, in bytes,", "梯度所需内存（字节）")
    )
    passing: dict[str, Float] = {last: _checked(gradient, kept[last])}
    activations: dict[str, Float] = {}
    weights: dict[Key, Float] = {}
    for node in reversed(nodes):
        name = node.layer.name
        arrived = passing.pop(name, None)
        if arrived is None:
            continue
        if keep_activations:
            activations[name] = arrived
        for at_input, found in _one_back(kept, node, arrived, keep_input, keep_weights).items():
            if at_input not in node.sources:
                if keep_weights:
                    weights[name, at_input] = found
                continue
            source = node.sources[at_input]
            _check_first_output(network, node, at_input)
            before = passing.get(source.layer)
            passing[source.layer] = found if before is None else before + found
    arrived = passing.get(PICTURE)
    picture = kept.input
    return Gradients(
        np.zeros(picture.shape, float_for(picture)) if arrived is None else arrived,
        dict(reversed(activations.items())),
        {key: weights[key] for key in network.weights if key in weights},
    )


def _bytes(kept: Activations, node: Node, keep_weights: bool) -> int:
    """Return the memory of the gradients of one layer: they are as large as what they belong to."""
    name = node.layer.name
    held = kept.network.arrays_of(name).values() if keep_weights else ()
    return kept[name].nbytes + sum(array.nbytes for array in held)


def _checked(gradient: object, activation: Array) -> Float:
    array = as_numbers(gradient, "gradient")
    if array.shape != activation.shape:
        raise other_gradient(array.shape, activation.shape, Text("activation", "激活"))
    return array.astype(float_for(array), copy=False)


def _one_back(
    kept: Activations, node: Node, gradient: Float, keep_input: bool, keep_weights: bool
) -> dict[str, Float]:
    """Return the gradients of one layer.

    Its first input's may be left out where that is the picture; its weights' where no layer feeds them.
    """
    source = node.sources.get(node.operation.inputs[0].name)
    first = keep_input or source is None or source.layer != PICTURE
    kinds = {put.name: put.kind for put in node.operation.inputs}
    weights = keep_weights or any(kinds[name] != "maps" for name in node.sources)
    try:
        return kept.calls[node.layer.name].backward(gradient, first=first, weights=weights)
    except ConvscopeError as error:
        raise at_layer(error, node.layer.name, node.operation.name) from None


def _check_first_output(network: Network, node: Node, name: str) -> None:
    """Raise ParameterError if an input is read off an output that no gradient passes."""
    source = node.sources[name]
    if source.layer == PICTURE or source.output is None:
        return
    feeding = network.node(source.layer).operation
    first = feeding.outputs[0].name
    if source.output != first:
        raise ParameterError(
            "no_gradient",
            Text(
                "Layer '{layer}' ({operation}) reads {output} of '{source}' ({feeding}); gradients pass only "
                "its {first}.",
                "层“{layer}”（{operation}）读取“{source}”（{feeding}）的 {output}；梯度只经过它的 {first}。",
            ),
            field=name,
            values={
                "layer": node.layer.name,
                "operation": node.operation.name,
                "output": source.output,
                "source": source.layer,
                "feeding": feeding.name,
                "first": first,
            },
        )
