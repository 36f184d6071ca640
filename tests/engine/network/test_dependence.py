"""Receptive fields, theoretical and exact, against brute force: change a cell, see what follows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.errors import ConvscopeError, ShapeError
from engine.network import Field, Layer, Network, predict, reach, receptive_fields
from tests.engine.network.nets import branching, changes, conv, pool, positive, relu

WORDS = ("valid", "same", "full")


def drawn(rng: np.random.Generator, axis: int = 2) -> Layer:
    """A convolution or average pooling of any kernel, stride, dilation and padding."""
    params: dict[str, object] = {
        "kernel_size": [int(n) for n in rng.integers(1, 4, axis)],
        "stride": [int(n) for n in rng.integers(1, 4, axis)],
    }
    if rng.random() < 0.3:
        return Layer("avg_pool2d", {**params, "ceil_mode": bool(rng.integers(2))})
    padding: object = [int(n) for n in rng.integers(0, 3, 2 * axis)]
    if rng.random() < 0.3:
        padding = WORDS[rng.integers(3)]
    mode = ("zeros", "zeros", "reflect", "replicate", "circular")[rng.integers(5)]
    dilation = [int(n) for n in rng.integers(1, 4, axis)]
    more = {"out_channels": 2, "padding": padding, "padding_mode": mode, "dilation": dilation}
    return Layer("conv2d", {**params, **more})


def stacks(count: int, seed: int) -> Iterator[Network]:
    rng = np.random.default_rng(seed)
    while count:
        layers = [drawn(rng) for _ in range(rng.integers(1, 4))]
        shape = (int(rng.integers(1, 3)), *(int(n) for n in rng.integers(4, 14, 2)))
        try:
            network = Network.sequence(layers, shape)
        except ConvscopeError:
            continue
        yield positive(network)
        count -= 1


def test_the_reach_of_drawn_stacks_is_what_brute_force_finds():
    for network in stacks(80, seed=1):
        moved = changes(network, network.output)
        for unit in np.ndindex(*network.shape(network.output)[1:]):
            found = reach(network, network.output, (0, *unit))
            np.testing.assert_array_equal(found, moved[(..., *unit)], str(network.layers))


def test_the_theoretical_field_of_drawn_stacks_holds_what_brute_force_finds():
    """It is exact for units whose field lies inside the picture, and else cut off at its edges."""
    inside = 0
    for network in stacks(80, seed=2):
        fields = receptive_fields(network)[network.output]
        wraps = any(layer.params.get("padding_mode", "zeros") != "zeros" for layer in network.layers)
        moved = changes(network, network.output)
        sizes = network.input_shape[1:]
        for unit in np.ndindex(*network.shape(network.output)[1:]):
            places = np.argwhere(moved[(..., *unit)])
            if not places.size:  # along one axis it reads nothing but padding
                continue
            for axis, (field, size) in enumerate(zip(fields, sizes, strict=True)):
                first, last = field.of(unit[axis])
                if first >= 0 and last <= size - 1:
                    assert (places[:, axis].min(), places[:, axis].max()) == (first, last)
                    inside += 1
                elif not wraps:
                    assert max(first, 0) <= places[:, axis].min()
                    assert places[:, axis].max() <= min(last, size - 1)
    assert inside > 1000


def test_branches_are_united():
    network = positive(branching(9))
    for layer in ("joined", "skip", "pool", "flatten", "shares"):
        moved = changes(network, layer)
        for unit in np.ndindex(*network.shape(layer)[1:]):
            found = reach(network, layer, (0, *unit))
            seen = np.asarray(moved[(..., *unit)] if unit else moved.any(axis=-1))
            assert not seen[~found].any()
    # "right" sees 3 + 4 = 7 with gaps of dilation; "left" the 3 in the middle; both are in the joined maps.
    fields = receptive_fields(network)
    assert [fields[name][0].size for name in ("stem", "left", "right", "joined")] == [3, 3, 7, 7]
    assert fields["joined"][0].start == 0
    assert fields["scores"][0] == Field("height", 9, None, 4)


def test_gaps_between_branches_stay_gaps():
    layers = [
        conv("wide", 1, 2, "input", dilation=6),
        conv("point", 1, 1, "input", stride=3),
        Layer("add", {}, "sum", {"input": "wide", "other": "point"}),
    ]
    network = positive(Network(layers, (1, 9, 9)))
    moved = changes(network, "sum")
    for unit in np.ndindex(3, 3):
        np.testing.assert_array_equal(reach(network, "sum", (0, *unit)), moved[(..., *unit)])


def test_a_mean_over_everything_sees_everything():
    network = Network.sequence(
        [("layer_norm", {}), ("conv2d", {"kernel_size": 3, "out_channels": 1})], (1, 9, 9)
    )
    assert receptive_fields(network)["layer_norm-1"][0].size == 9
    assert reach(network, "layer_norm-1", (0, 0, 0)).all()


def test_a_unit_must_be_there():
    network = Network([pool("pool", 2), relu("relu")], (1, 8, 8))
    said = {
        (0, 0): r"cell must be \[map, row, column\]",
        (0, 0, 4): "column is 4; it must be 0 to 3",
        (0, -1, 0): "row is -1",
        (1, 0, 0): "map is 1; it must be 0 to 0",
    }
    for cell, words in said.items():
        with pytest.raises(ShapeError, match=words):
            reach(network, "relu", cell)
    assert predict(network, np.ones((1, 8, 8))).shape == (1, 4, 4)
