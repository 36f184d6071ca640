"""Why a unit has its value: against brute force on networks that are linear, or nearly so."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ParameterError, ShapeError, UnknownName
from engine.network import Layer, Network, activations, explain, predict
from tests.engine.network.nets import branching, conv, filled, plain, pool, relu

rng = np.random.default_rng(9)


def linear() -> Network:
    """No bias, nothing bent: every output is a weighted sum of the pixels."""
    layers = [
        plain("one", 3, 3, 2, 1),
        plain("two", 2, 2, 1, 0),
        plain("side", 2, 3, 2, 0, "input"),
        Layer("interpolate", {"size": [3, 4]}, "fit", "side"),
        Layer("add", {}, "sum", {"input": "two", "other": "fit"}),
        Layer("avg_pool2d", {"kernel_size": 2}, "mean"),
    ]
    network = Network(layers, (2, 7, 9))
    from engine.network import initialise

    initialise(network, 1)
    return network.with_weights({key: array.astype(np.float64) for key, array in network.weights.items()})


def test_of_a_linear_network_each_pixel_gives_what_it_would_give_alone():
    network, picture = linear(), rng.standard_normal((2, 7, 9))
    for layer, cell in (("two", (1, 2, 0)), ("mean", (0, 0, 1)), ("sum", (1, 0, 3))):
        found = explain(network, picture, layer, cell)
        alone = np.zeros(picture.shape)
        for place in np.ndindex(picture.shape):
            one = np.zeros(picture.shape)
            one[place] = picture[place]
            alone[place] = activations(network, one)[layer][cell]
        np.testing.assert_allclose(found.contributions, alone, rtol=1e-9, atol=1e-12)
        assert found.contributions.sum() == pytest.approx(float(found.value))
        assert found.rest == pytest.approx(0, abs=1e-12)
        assert not found.contributions[:, ~found.reach].any()


def test_of_relus_and_pools_without_bias_contributions_add_up():
    layers = [plain("one", 4, 3, 1, 1), relu("bent"), pool("pool", 2), plain("two", 3, 3, 1, 0), relu("last")]
    network = filled(Network(layers, (1, 10, 10)))
    picture = rng.standard_normal((1, 10, 10))
    output = predict(network, picture)
    cell = tuple(int(n) for n in np.unravel_index(output.argmax(), output.shape))
    found = explain(network, picture, "last", cell)
    assert found.value == output[cell] > 0
    assert found.rest == pytest.approx(0, abs=1e-9)


def test_a_bias_is_what_no_pixel_accounts_for():
    network = filled(Network([conv("conv", 1, 3)], (1, 3, 3)))
    found = explain(network, rng.standard_normal((1, 3, 3)), "conv", (0, 0, 0))
    assert found.rest == pytest.approx(float(network.weights["conv", "bias"][0]))


def test_the_trace_is_the_layers_own_and_leads_one_step_back():
    network, picture = branching(), rng.standard_normal((2, 7, 7))
    found = explain(network, picture, "skip", (1, 3, 4))
    kept = activations(network, picture)
    assert found.sources == {"input": "mixed", "other": "stem relu"}
    assert list(found.trace.of or []) == ["input", "other"]
    for of, source, value in zip(found.trace.of or [], found.trace.sources, found.trace.values, strict=True):
        assert kept[found.sources[of]][tuple(source)] == value
    assert found.trace.value == kept["skip"][1, 3, 4]
    # And so back to the picture.
    cell = (3, 2, 2)
    for layer in ("stem relu", "stem"):
        step = explain(network, picture, layer, cell)
        assert step.trace.value == kept[layer][cell]
    assert step.sources == {"input": "input"}
    inside = step.trace.sources[:, 0] >= 0
    np.testing.assert_array_equal(step.trace.values[inside], picture[tuple(step.trace.sources[inside].T)])


def test_a_change_of_a_pixel_moves_the_unit_as_the_gradient_says():
    network, picture = branching(), rng.standard_normal((2, 7, 7))
    found = explain(network, picture, "shares", (2,))
    for place in [(0, 0, 0), (1, 3, 3), (0, 6, 2)]:
        moved = picture.copy()
        moved[place] += 1e-6
        step = predict(network, moved)[2] - found.value
        assert step / 1e-6 == pytest.approx(found.gradient[place], rel=1e-3, abs=1e-7)
    assert found.reach.all()


def test_activations_at_hand_are_used(monkeypatch: pytest.MonkeyPatch):
    network, picture = branching(), rng.standard_normal((2, 7, 7))
    kept = activations(network, picture)
    fresh = explain(network, picture, "pool", (0, 1, 1))
    monkeypatch.setattr("engine.network.explanation.forward", None)
    again = explain(network, picture, "pool", (0, 1, 1), kept=kept)
    np.testing.assert_array_equal(again.contributions, fresh.contributions)


def test_activations_of_another_state_are_not_taken():
    network, picture = branching(), rng.standard_normal((2, 7, 7))
    kept = activations(network, picture)
    other = filled(Network(network.layers, network.input_shape), seed=5)
    with pytest.raises(ParameterError, match="kept are of another network; run the network again"):
        explain(other, picture, "pool", (0, 1, 1), kept=kept)
    with pytest.raises(ParameterError, match="of a run for training"):
        explain(network, picture, "pool", (0, 1, 1), kept=activations(network, picture, training=True))
    network.weights["stem", "weight"] = network.weights["stem", "weight"] * 2
    with pytest.raises(ParameterError, match="older than the weights") as caught:
        explain(network, picture, "pool", (0, 1, 1), kept=kept)
    assert (caught.value.code, caught.value.field) == ("kept_weights", "kept")
    again = explain(network, picture, "pool", (0, 1, 1), kept=activations(network, picture))
    assert again.value == activations(network, picture)["pool"][0, 1, 1]


def test_a_picture_that_the_caller_changed_is_run_again():
    network, picture = branching(), rng.standard_normal((2, 7, 7))
    kept = activations(network, picture)
    picture *= 2
    found = explain(network, picture, "pool", (0, 1, 1), kept=kept)
    fresh = explain(network, picture, "pool", (0, 1, 1))
    assert found.value == fresh.value != kept["pool"][0, 1, 1]
    np.testing.assert_array_equal(found.contributions, fresh.contributions)


def test_a_picture_of_whole_numbers_is_explained_in_floats():
    network = Network([pool("pool", 2)], (1, 4, 4))
    found = explain(network, np.arange(16, dtype=np.uint8).reshape(1, 4, 4), "pool", (0, 1, 1))
    assert found.contributions.dtype == np.float32
    assert found.contributions.sum() == 15


def test_what_cannot_be_explained_is_refused_in_words():
    network = branching()
    with pytest.raises(ShapeError, match=r"one picture of the shape \[2, 7, 7\]; it has \[1, 2, 7, 7\]"):
        explain(network, np.ones((1, 2, 7, 7)), "pool", (0, 0, 0))
    with pytest.raises(ShapeError, match="cell's row is 3; it must be 0 to 2"):
        explain(network, np.ones((2, 7, 7)), "pool", (0, 3, 0))
    maps = r"\[map, row, column\], for the layer gives maps, \[4, 3, 3\]; it is \[1\]"
    with pytest.raises(ShapeError, match=maps) as caught:
        explain(network, np.ones((2, 7, 7)), "pool", (1,))
    assert (caught.value.code, caught.value.field) == ("cell_rank", "cell")
    with pytest.raises(ShapeError, match=r"\[feature\], for the layer gives a row of 3 numbers"):
        explain(network, np.ones((2, 7, 7)), "shares", (1, 0, 0))
    with pytest.raises(UnknownName, match="There is no layer called 'nowhere'"):
        explain(network, np.ones((2, 7, 7)), "nowhere", (0, 0, 0))
