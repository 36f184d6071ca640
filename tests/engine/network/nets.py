"""Networks as data, as the literature draws them, and small ones to check numbers on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.declaration.operation import Operation
from engine.network import Layer, Network, forward

BOTH = ("weight", "bias")
NORM = ("running_mean", "running_var", "weight", "bias")


def conv(name: str, maps: int, size: int | Sequence[int], feed: str | None = None, **params: object) -> Layer:
    return Layer("conv2d", {"out_channels": maps, "kernel_size": size, **params}, name, feed, weights=BOTH)


def dense(name: str, features: int, source: str | None = None) -> Layer:
    return Layer("linear", {"out_features": features}, name, source, weights=BOTH)


def pool(name: str, size: int, stride: int | None = None, feed: str | None = None, **params: object) -> Layer:
    return Layer("max_pool2d", {"kernel_size": size, "stride": stride or size, **params}, name, feed)


def relu(name: str, source: str | None = None) -> Layer:
    return Layer("relu", {}, name, source)


def alexnet() -> Network:
    layers = [
        *(conv("conv1", 96, 11, stride=4), relu("relu1"), pool("pool1", 3, 2)),
        *(conv("conv2", 256, 5, padding=2), relu("relu2"), pool("pool2", 3, 2)),
        *(conv("conv3", 384, 3, padding=1), relu("relu3")),
        *(conv("conv4", 384, 3, padding=1), relu("relu4")),
        *(conv("conv5", 256, 3, padding=1), relu("relu5"), pool("pool5", 3, 2)),
        Layer("flatten", {}, "flatten"),
        *(dense("fc1", 4096), relu("relu6"), dense("fc2", 4096), relu("relu7"), dense("fc3", 1000)),
    ]
    return Network.sequence(layers, (3, 227, 227))


def vgg16() -> Network:
    layers: list[Layer] = []
    for block, (maps, count) in enumerate(((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)), 1):
        for number in range(1, count + 1):
            layers += [conv(f"conv{block}-{number}", maps, 3, padding=1), relu(f"relu{block}-{number}")]
        layers.append(pool(f"pool{block}", 2))
    layers += [Layer("flatten", {}, "flatten"), dense("fc1", 4096), relu("relu6"), dense("fc2", 4096)]
    return Network.sequence([*layers, relu("relu7"), dense("fc3", 1000)], (3, 224, 224))


def lenet5() -> Network:
    layers = [
        *(conv("C1", 6, 5), Layer("tanh", {}, "T1"), Layer("avg_pool2d", {"kernel_size": 2}, "S2")),
        *(conv("C3", 16, 5), Layer("tanh", {}, "T3"), Layer("avg_pool2d", {"kernel_size": 2}, "S4")),
        *(Layer("flatten", {}, "flatten"), dense("F5", 120), Layer("tanh", {}, "T5"), dense("F6", 84)),
        *(Layer("tanh", {}, "T6"), dense("F7", 10)),
    ]
    return Network.sequence(layers, (1, 32, 32))


def normal(name: str, source: str | None = None) -> Layer:
    return Layer("batch_norm", {}, name, source, weights=NORM)


def plain(name: str, maps: int, size: int, stride: int, padding: int, source: str | None = None) -> Layer:
    """A convolution without bias, as normalisation makes it idle."""
    params = {"out_channels": maps, "kernel_size": size, "stride": stride, "padding": padding}
    return Layer("conv2d", params, name, source)


def block(name: str, source: str, maps: int, stride: int, shortcut: bool) -> list[Layer]:
    layers = [
        *(plain(f"{name}/a", maps, 3, stride, 1, source), normal(f"{name}/an"), relu(f"{name}/ar")),
        *(plain(f"{name}/b", maps, 3, 1, 1), normal(f"{name}/bn")),
    ]
    skip = source
    if shortcut:
        skip = f"{name}/sn"
        layers += [plain(f"{name}/s", maps, 1, stride, 0, source), normal(skip)]
    added = Layer("add", {}, f"{name}/add", {"input": f"{name}/bn", "other": skip})
    return [*layers, added, relu(name)]


def resnet18() -> Network:
    layers = [plain("conv1", 64, 7, 2, 3), normal("norm1"), relu("relu1"), pool("pool1", 3, 2, padding=1)]
    source = "pool1"
    for stage, maps in enumerate((64, 128, 256, 512), 1):
        for number in (1, 2):
            name, changes = f"stage{stage}-{number}", stage > 1 and number == 1
            layers += block(name, source, maps, 2 if changes else 1, changes)
            source = name
    layers += [Layer("global_avg_pool2d", {}, "pool"), Layer("flatten", {}, "flatten"), dense("fc", 1000)]
    return Network(layers, (3, 224, 224))


def inception() -> Network:
    """Module 3a of GoogLeNet: 192 maps of 28 x 28 in, 64 + 128 + 32 + 32 out."""
    layers = [
        conv("1x1", 64, 1, "input"),
        *(conv("reduce3", 96, 1, "input"), conv("3x3", 128, 3, padding=1)),
        *(conv("reduce5", 16, 1, "input"), conv("5x5", 32, 5, padding=2)),
        *(pool("pool", 3, 1, "input", padding=1), conv("pool 1x1", 32, 1)),
        Layer("cat", {}, "joined", {"input": "1x1", "other": "3x3", "third": "5x5", "fourth": "pool 1x1"}),
    ]
    return Network(layers, (192, 28, 28))


def filled(network: Network, seed: int = 0, kind: type[np.floating] = np.float64) -> Network:
    """The network with drawn weights, biases too; variances and scales away from 0."""
    from engine.network import initialise

    initialise(network, seed)
    rng = np.random.default_rng(seed)
    return network.with_weights(
        {
            key: (array + rng.uniform(0.1, 0.3, array.shape)).astype(kind)
            for key, array in network.weights.items()
        }
    )


def branching(size: int = 7) -> Network:
    """Branches that meet by concatenation, a skip that meets by addition, one input used twice."""
    layers = [
        conv("stem", 4, 3, padding=1),
        relu("stem relu"),
        conv("left", 3, 1, "stem relu"),
        conv("right", 2, 3, "stem relu", padding=2, dilation=2),
        Layer("sigmoid", {}, "bent", "right"),
        Layer("cat", {}, "joined", {"input": "left", "other": "bent"}),
        conv("mixed", 4, 3, "joined", padding=1),
        Layer("add", {}, "skip", {"input": "mixed", "other": "stem relu"}),
        Layer("add", {}, "twice", {"input": "skip", "other": "skip"}),
        Layer("avg_pool2d", {"kernel_size": 3, "stride": 2}, "pool", "twice"),
        Layer("flatten", {}, "flatten"),
        dense("scores", 3),
        Layer("softmax", {}, "shares"),
    ]
    return filled(Network(layers, (2, size, size)))


SIZES = {"kernel_size": 3, "out_channels": 4, "out_features": 5}


def alone(operation: Operation) -> Network:
    """A network of one layer of any operation that reads one input."""
    shape = (4, *[8] * (2 if operation.dims is None else operation.dims))
    params = {p.name: p.start for p in operation.parameters if p.required}
    if operation.name == "interpolate":  # it wants one of two parameters, neither of which is required
        params["scale_factor"] = 2
    params |= {p.name: SIZES[p.name] for p in operation.parameters if p.name in SIZES}
    held = tuple(i.name for i in operation.inputs if i.kind not in ("maps", "places"))
    return Network([Layer(operation.name, params, "layer", weights=held)], shape)


def positive(network: Network) -> Network:
    """Weights that cannot cancel each other out."""
    network = filled(network)
    return network.with_weights({key: np.abs(array) + 0.1 for key, array in network.weights.items()})


def changes(network: Network, layer: str) -> np.ndarray:
    """For each place of the picture (H, W), which units of the layer's first map change with it."""
    base = np.random.default_rng(0).uniform(1, 2, network.input_shape)
    places = np.prod(base.shape[1:], dtype=int)
    batch = np.repeat(base[None], places + 1, 0)
    for number, place in enumerate(np.ndindex(*base.shape[1:])):
        batch[(number + 1, slice(None), *place)] += 1
    output = dict(forward(network, batch, wanted=[layer]))[layer]
    moved = np.abs(output[1:] - output[0]) > 1e-9
    moved = moved.any(axis=1) if output.ndim > 2 else moved
    return moved.reshape(*base.shape[1:], *moved.shape[1:])
