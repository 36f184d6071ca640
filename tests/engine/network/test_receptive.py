"""Theoretical receptive fields: the recurrence, branches, transposes, signals and volumes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from engine.errors import ConvscopeError
from engine.network import Layer, Network, reach, receptive_fields
from tests.engine.network.nets import changes, positive, resnet18


def test_the_recurrence_on_a_published_network():
    """ResNet's stem and stages as Araujo, Norris and Sim list them, in cells counted from 0."""
    fields = receptive_fields(resnet18())
    stem, pooled = fields["conv1"][0], fields["pool1"][0]
    assert (stem.size, stem.jump, stem.start) == (7, 2, 0)
    assert (pooled.size, pooled.jump, pooled.start) == (11, 4, 0)
    assert (fields["stage4-2"][1].size, fields["stage4-2"][1].jump) == (435, 32)
    assert fields["pool"][0].size == 435 + 6 * 32
    assert fields["fc"][0].jump is None


def test_transposed_convolution_brings_units_closer_again():
    layers = [
        Layer("conv2d", {"kernel_size": 3, "stride": 2, "out_channels": 2}),
        Layer("conv_transpose2d", {"kernel_size": 3, "stride": 2, "out_channels": 2}),
    ]
    network = positive(Network.sequence(layers, (2, 11, 11)))
    down, up = (fields[0] for fields in receptive_fields(network).values())
    assert (down.jump, up.jump, up.size) == (2, 1, 5)
    moved = changes(network, network.output)
    for unit in np.ndindex(*network.shape(network.output)[1:]):
        np.testing.assert_array_equal(reach(network, network.output, (0, *unit)), moved[(..., *unit)])


@pytest.mark.parametrize(
    ("stride", "kernel", "size"), [(1, 9, 9), (2, 3, 2), (3, 1, 1), (4, 4, 1.75), (2, 5, 3)]
)
@pytest.mark.parametrize("cells", [1, 2, 5, 30])
def test_the_law_of_a_transposed_window_does_not_depend_on_edges(
    stride: int, kernel: int, size: float, cells: int
):
    params = {"kernel_size": kernel, "stride": stride, "out_channels": 1}
    network = Network([Layer("conv_transpose2d", params, "up")], (1, cells, cells))
    field = receptive_fields(network)["up"][0]
    assert (field.size, field.jump) == (size, 1 / stride)
    assert field.of(0)[1] == 0


@pytest.mark.parametrize(
    ("cells", "params", "jump"),
    [
        (9, {"scale_factor": 1.5}, 1 / 1.5),
        (9, {"scale_factor": 1.1}, 1 / 1.1),
        (9, {"size": 5}, 9 / 5),
        (9, {"size": 13, "mode": "bilinear"}, 9 / 13),
        (9, {"size": 13, "mode": "bilinear", "align_corners": True}, 8 / 12),
        (9, {"size": 1, "mode": "bilinear", "align_corners": True}, 9),
    ],
    ids=str,
)
def test_a_resized_picture_has_the_jump_of_its_scale(cells: int, params: dict[str, object], jump: float):
    network = Network([Layer("interpolate", params, "fit")], (1, cells, cells))
    assert receptive_fields(network)["fit"][0].jump == pytest.approx(jump, rel=1e-12)


def uneven(rng: np.random.Generator) -> Layer:
    """A layer whose units do not all read alike, or a window."""
    match rng.integers(4):
        case 0:
            stride, dilation = (int(n) for n in rng.integers(1, 4, 2))
            params = {"kernel_size": int(rng.integers(1, 6)), "stride": stride, "dilation": dilation}
            more = {"padding": int(rng.integers(0, 2)), "output_padding": int(rng.integers(0, 2))}
            return Layer("conv_transpose2d", {**params, **more, "out_channels": 1})
        case 1:
            modes: list[dict[str, object]] = [{"mode": "nearest"}, {"mode": "bilinear"}]
            modes += [{"mode": "bilinear", "align_corners": True}]
            scale = float(rng.choice([0.4, 0.75, 1.1, 1.5, 2, 2.6]))
            sizes: object = [int(n) for n in rng.integers(1, 14, 2)]
            target = {"scale_factor": scale} if rng.random() < 0.6 else {"size": sizes}
            return Layer("interpolate", {**target, **modes[rng.integers(3)]})
        case 2:
            return Layer("adaptive_avg_pool2d", {"output_size": [int(n) for n in rng.integers(1, 8, 2)]})
        case _:
            params = {"kernel_size": int(rng.integers(1, 4)), "stride": int(rng.integers(1, 3))}
            return Layer("conv2d", {**params, "padding": int(rng.integers(0, 2)), "out_channels": 1})


def uneven_stacks(count: int, seed: int) -> Iterator[Network]:
    """Stacks, and two of them that meet where their sizes are alike."""
    rng = np.random.default_rng(seed)
    while count:
        layers = [uneven(rng) for _ in range(rng.integers(1, 4))]
        shape = (1, *(int(n) for n in rng.integers(3, 12, 2)))
        try:
            network = Network.sequence(layers, shape)
            if rng.random() < 0.4:
                size = list(network.shape(network.output)[1:])
                side = Layer("interpolate", {"size": size}, "side", "input")
                met = {"input": network.output, "other": "side"}
                network = Network([*network.layers, side, Layer("add", {}, "sum", met)], shape)
                network = Network.sequence([*network.layers, uneven(rng)], shape)
        except ConvscopeError:
            continue
        if max(network.shape(network.output)) < 40:
            yield positive(network)
            count -= 1


def test_a_theoretical_field_misses_no_cell_that_is_read():
    checked = 0
    for network in uneven_stacks(150, seed=3):
        fields = receptive_fields(network)[network.output]
        moved = changes(network, network.output)
        for unit in np.ndindex(*network.shape(network.output)[1:]):
            places = np.argwhere(moved[(..., *unit)])
            if not places.size:
                continue
            for axis, field in enumerate(fields):
                first, last = field.of(unit[axis])
                assert first <= places[:, axis].min(), network.layers
                assert places[:, axis].max() <= last, network.layers
                checked += 1
    assert checked > 5000


@pytest.mark.parametrize(("name", "shape"), [("conv1d", (2, 9)), ("conv3d", (1, 5, 4, 4))])
def test_signals_and_volumes_have_fields_too(name: str, shape: tuple[int, ...]):
    params = {"kernel_size": 3, "out_channels": 2, "padding": 1}
    norm = Layer("batch_norm", weights=("running_mean", "running_var"))
    network = positive(Network.sequence([(name, params), "relu", norm, (name, params)], shape))
    fields = receptive_fields(network)[network.output]
    assert [field.size for field in fields] == [5] * (len(shape) - 1)
    moved = changes(network, network.output)
    unit = tuple(n // 2 for n in shape[1:])
    np.testing.assert_array_equal(reach(network, network.output, (0, *unit)), moved[(..., *unit)])


def test_a_long_signal_needs_no_table_of_everything():
    """100,000 samples: a table of every cell against every cell would take gigabytes."""
    conv1d = ("conv1d", {"kernel_size": 9, "out_channels": 1, "dilation": 3, "padding": "same"})
    network = Network.sequence([conv1d, "relu", conv1d], (1, 100_000))
    assert receptive_fields(network)["conv1d-2"][0].size == 49
    tracemalloc.start()
    found = reach(network, "conv1d-2", (0, 50_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert np.flatnonzero(found).tolist() == list(range(50_000 - 24, 50_000 + 25, 3))
    assert peak < 2**24
