"""Back to the pixels, against brute force: a pixel is changed, and the cell is watched.

On a small network every pixel is, and every path through it gone; on SqueezeNet whole regions, and
single pixels.
"""

from __future__ import annotations

from functools import cache
from math import ceil, floor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.network import (
    Activations,
    Explanation,
    Layer,
    Network,
    activations,
    backward,
    explain,
    forward,
    initialise,
    load,
    reach,
    receptive_fields,
)
from engine.trace.trace import Cell
from tests.engine.network.nets import NORM, conv, dense, pool, relu

ROOT = Path(__file__).resolve().parents[3]
MEAN = np.array([104.006, 116.669, 122.679])[:, None, None]
STEP = 1e-6


@cache
def walked() -> Network:
    """Strides, even and uneven padding, a pool whose windows overlap, branches, a skip, and classes."""
    layers = [
        conv("stem", 4, 3, stride=2, padding=1),
        relu("stem/relu"),
        pool("pool", 3, 2),
        conv("left", 3, 1, "pool"),
        relu("left/relu"),
        conv("right", 2, 3, "pool", padding=1),
        Layer("batch_norm", {}, "right/norm", weights=NORM),
        relu("right/relu"),
        Layer("cat", {}, "joined", {"input": "left/relu", "other": "right/relu"}),
        conv("mixed", 5, 3, "joined", padding=1),
        Layer("add", {}, "skip", {"input": "mixed", "other": "joined"}),
        conv("odd", 4, 3, "skip", stride=2, padding="same"),
        relu("odd/relu"),
        Layer("global_avg_pool2d", {}, "mean"),
        Layer("flatten", {}, "flatten"),
        dense("scores", 3),
        Layer("softmax", {}, "shares"),
    ]
    network = Network(layers, (2, 25, 21))
    initialise(network, 4)
    rng = np.random.default_rng(4)
    return network.with_weights(
        {
            (layer, name): array.astype(np.float64)
            + rng.uniform(-0.2, 0.2, array.shape) * (name in ("bias", "running_mean"))
            for (layer, name), array in network.weights.items()
        }
    )


@cache
def open_to_all() -> Network:
    """The same with positive weights: of a positive picture nothing is cut off, and all that can, acts."""
    network = walked()
    return network.with_weights(
        {
            key: -np.abs(array) if key[1] == "running_mean" else np.abs(array)
            for key, array in network.weights.items()
        }
    )


CELLS: list[tuple[str, Cell]] = [
    ("stem/relu", (1, 0, 8)),
    ("pool", (2, 4, 0)),
    ("right/norm", (1, 2, 3)),
    ("joined", (1, 0, 0)),
    ("joined", (4, 4, 3)),
    ("skip", (3, 1, 2)),
    ("odd/relu", (0, 0, 1)),
    ("odd/relu", (2, 2, 0)),
]
ENDS: list[tuple[str, Cell]] = [("mean", (3, 0, 0)), ("flatten", (1,)), ("scores", (2,)), ("shares", (0,))]


def value_of(network: Network, picture: np.ndarray, layer: str, cell: Cell) -> np.number:
    for name, array in forward(network, picture, wanted=[layer]):
        if name == layer:
            found = array[cell]
    return found


def test_a_cell_moves_with_the_pixels_of_its_reach_and_with_no_other():
    network = open_to_all()
    picture = np.random.default_rng(1).uniform(1, 2, network.input_shape)
    # All channels of each place in turn are raised high above all else.
    places = int(np.prod(picture.shape[1:]))
    raised = 1000 * np.eye(places).reshape(places, 1, *picture.shape[1:])
    still, found = activations(network, picture), dict(forward(network, picture + raised))
    fields = receptive_fields(network)

    def moves(layer: str, cell: Cell) -> np.ndarray:
        apart = np.abs(found[layer][(slice(None), *cell)] - still[layer][cell])
        return (apart > 1e-6).reshape(picture.shape[1:])

    for layer, cell in CELLS:
        by_force = moves(layer, cell)
        if layer == "joined":  # whose cells can look where those of any branch can
            by_force |= moves(layer, (4, *cell[1:]))
        np.testing.assert_array_equal(by_force, reach(network, layer, cell), err_msg=f"{layer} {cell}")
        # The frame, cut off at the edges, is that set: here nothing leaves gaps.
        frame = np.zeros_like(by_force)
        (top, bottom), (left, right) = (
            field.of(place) for field, place in zip(fields[layer], cell[1:], strict=True)
        )
        frame[max(ceil(top), 0) : floor(bottom) + 1, max(ceil(left), 0) : floor(right) + 1] = True
        np.testing.assert_array_equal(by_force, frame, err_msg=f"{layer} {cell}")


@pytest.mark.parametrize(("layer", "cell"), CELLS + ENDS)
def test_outside_the_reach_nothing_counts_to_the_last_bit(layer: str, cell: Cell):
    network, rng = walked(), np.random.default_rng(2)
    picture = rng.standard_normal(network.input_shape)
    inside = reach(network, layer, cell)
    before = value_of(network, picture, layer, cell)
    for size in (1, 1e6):
        other = np.where(inside, picture, size * rng.standard_normal(picture.shape))
        assert value_of(network, other, layer, cell) == before
    assert value_of(network, np.where(inside, picture + 1, picture), layer, cell) != before or before == 0


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    return np.random.default_rng(3).standard_normal(walked().input_shape)


@pytest.fixture(scope="module")
def nudged(picture: np.ndarray) -> dict[tuple[str, Cell], tuple[np.ndarray, np.ndarray]]:
    """What every cell becomes if each number of the picture grows, and if it shrinks, by a little."""
    singles = STEP * np.eye(picture.size).reshape(picture.size, *picture.shape)
    up, down = (dict(forward(walked(), picture + by)) for by in (singles, -singles))
    return {
        (layer, cell): (up[layer][(slice(None), *cell)], down[layer][(slice(None), *cell)])
        for layer, cell in CELLS + ENDS
    }


@pytest.mark.parametrize(("layer", "cell"), CELLS + ENDS)
def test_the_gradient_is_how_much_the_cell_moves_with_each_pixel(picture, nudged, layer: str, cell: Cell):
    found = explain(walked(), picture, layer, cell)
    up, down = nudged[layer, cell]
    slopes = (up - found.value) / STEP, (found.value - down) / STEP
    smooth = np.abs(slopes[0] - slopes[1]) < 1e-4  # else there is a kink between
    assert smooth.mean() > 0.98
    by_force = (slopes[0] + slopes[1])[smooth] / 2
    np.testing.assert_allclose(found.gradient.reshape(-1)[smooth], by_force, rtol=1e-4, atol=1e-7)
    assert by_force.any()
    assert not found.gradient[:, ~found.reach].any()


def given_by_biases(network: Network, kept: Activations, layer: str, cell: Cell) -> float:
    """What the biases give: with them as with pixels, gradient times number."""
    one = np.zeros(kept[layer].shape, kept[layer].dtype)
    one[cell] = 1
    weights = backward(kept, one, at=layer).weights
    total = sum(
        float((found * network.weights[key]).sum()) for key, found in weights.items() if key[1] == "bias"
    )
    # Normalisation subtracts its mean as a bias would.
    for key in weights:
        if key[1] == "weight" and (key[0], "running_mean") in network.weights:
            total -= moved_by_mean(network, weights[key[0], "bias"], key[0])
    return total


def moved_by_mean(network: Network, by_bias: np.ndarray, layer: str) -> float:
    mean, variance, weight = (
        network.weights[layer, name].astype(np.float64) for name in ("running_mean", "running_var", "weight")
    )
    return float((by_bias * weight * mean / np.sqrt(variance + 1e-5)).sum())


@pytest.mark.parametrize(("layer", "cell"), CELLS + ENDS[:-1])
def test_what_no_pixel_accounts_for_is_what_the_biases_give(picture, layer: str, cell: Cell):
    network = walked()
    kept = activations(network, picture)
    found = explain(network, picture, layer, cell, kept=kept)
    assert found.rest == pytest.approx(given_by_biases(network, kept, layer, cell), rel=1e-9, abs=1e-9)
    assert found.total + found.rest == pytest.approx(float(found.value))


@pytest.fixture(scope="module")
def squeezenet() -> Network:
    """The network that ships, in float64: differences of single pixels are seen in it."""
    network = load(ROOT / "networks" / "squeezenet-1.1" / "network")
    return network.with_weights({key: array.astype(np.float64) for key, array in network.weights.items()})


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """Blue, green, red of a photo, less their means, (3, 227, 227); dithered, so that no two cells are equal.

    Where equal cells compete for a maximum, no gradient says what becomes of it.
    """
    with Image.open(ROOT / "server" / "images" / "photos" / "cat.jpg") as image:
        reduced = image.convert("RGB").resize((227, 227), Image.Resampling.BILINEAR)
    levels = np.asarray(reduced, np.float64).transpose(2, 0, 1)[::-1]
    return levels - MEAN + np.random.default_rng(8).uniform(-0.5, 0.5, levels.shape)


@pytest.fixture(scope="module")
def kept(squeezenet: Network, photo: np.ndarray) -> Activations:
    return activations(squeezenet, photo)


def strongest(kept: Activations, layer: str) -> Cell:
    """A cell that is not cut off."""
    array = kept[layer]
    return tuple(int(at) for at in np.unravel_index(int(array.argmax()), array.shape))


LAYERS = ("conv1/relu", "fire2/concat", "fire5/expand3x3/relu", "fire9/squeeze1x1", "conv10", "flatten")


def test_outside_the_reach_of_squeezenets_cells_nothing_counts(squeezenet, photo, kept):
    rng = np.random.default_rng(6)
    for layer in LAYERS[:4]:
        cell = strongest(kept, layer)
        inside = reach(squeezenet, layer, cell)
        assert 0 < inside.sum() < inside.size
        other = np.where(inside, photo, rng.uniform(-128, 128, photo.shape))
        assert value_of(squeezenet, other, layer, cell) == kept[layer][cell]
        rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
        found = [
            field.of(place)
            for field, place in zip(receptive_fields(squeezenet)[layer], cell[1:], strict=True)
        ]
        frame = [(max(int(first), 0), min(int(last), 226)) for first, last in found]
        assert frame == [(rows[0], rows[-1]), (columns[0], columns[-1])]


@pytest.mark.parametrize("layer", LAYERS)
def test_squeezenets_gradients_are_how_much_its_cells_move(squeezenet, photo, kept, layer: str):
    cell = strongest(kept, layer)
    found: Explanation = explain(squeezenet, photo, layer, cell, kept=kept)
    # All pixels at once, in a drawn direction, and the strongest one by itself.
    drawn = np.random.default_rng(7).standard_normal(photo.shape)
    single = np.zeros(photo.shape)
    single[np.unravel_index(int(np.abs(found.gradient).argmax()), photo.shape)] = 1
    for direction, step in ((drawn, STEP / 10), (single, STEP)):
        up, down = (value_of(squeezenet, photo + by * direction, layer, cell) for by in (step, -step))
        slope = float(up - down) / (2 * step)
        assert slope == pytest.approx(float((found.gradient * direction).sum()), rel=1e-4, abs=1e-6)
        assert slope != 0


def test_what_no_pixel_of_squeezenets_accounts_for_is_what_its_biases_give(squeezenet, photo, kept):
    cell = strongest(kept, "flatten")
    found = explain(squeezenet, photo, "flatten", cell, kept=kept)
    assert found.rest == pytest.approx(given_by_biases(squeezenet, kept, "flatten", cell), rel=1e-9)
    assert found.rest != 0
