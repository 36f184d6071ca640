"""Going back, against differences of forward runs."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import LimitError, ParameterError, ShapeError, UnknownName
from engine.limits import Limits
from engine.network import Activations, Layer, Network, activations, backward, forward, predict
from tests.engine.network.nets import (
    NORM,
    branching,
    conv,
    dense,
    filled,
    inception,
    lenet5,
    normal,
    plain,
    pool,
    relu,
)


def residual() -> Network:
    """Normalisation, a shortcut with a convolution of its own, several kinds of pooling."""
    layers = [
        *(plain("first", 3, 3, 1, 1), normal("norm"), Layer("elu", {}, "bent")),
        *(plain("a", 4, 3, 2, 1), normal("an"), Layer("tanh", {}, "at"), plain("b", 4, 3, 1, 1)),
        *(plain("s", 4, 1, 2, 0, "bent"), normal("sn")),
        Layer("add", {}, "sum", {"input": "b", "other": "sn"}),
        pool("pool", 2, 1),
        Layer("global_avg_pool2d", {}, "mean"),
        Layer("flatten", {}, "flat"),
        dense("scores", 2),
    ]
    return filled(Network(layers, (2, 8, 8)))


def check(network: Network, picture: np.ndarray, **mode: object) -> None:
    """Every gradient in a random direction against a central difference, in float64."""
    rng = np.random.default_rng(5)
    loss = rng.standard_normal(predict(network, picture).shape)
    kept = activations(network, picture, **mode)  # type: ignore[arg-type]
    found = backward(kept, loss)

    def value() -> float:
        return float((activations(network, picture, **mode).output * loss).sum())  # type: ignore[arg-type]

    pairs = [(picture, found.input), *((network.weights[key], found.weights[key]) for key in found.weights)]
    wanted = {key for key in network.weights if not key[1].startswith("running")}
    assert set(found.weights) == wanted
    for array, gradient in pairs:
        assert gradient.shape == array.shape
        assert gradient.dtype == np.float64
        direction = rng.standard_normal(array.shape)
        step, before = 1e-6, array.copy()
        array[...] = before + step * direction
        above = value()
        array[...] = before - step * direction
        below = value()
        array[...] = before
        assert (above - below) / (2 * step) == pytest.approx(
            float((gradient * direction).sum()), rel=1e-5, abs=1e-8
        )


@pytest.mark.parametrize("build", [branching, residual, lambda: filled(lenet5())])
@pytest.mark.parametrize("batch", [None, 3])
def test_gradients_are_those_of_the_function(build, batch: int | None):
    network = build()
    shape = network.input_shape if batch is None else (batch, *network.input_shape)
    check(network, np.random.default_rng(4).standard_normal(shape))


def test_gradients_in_training():
    layers = [
        *(plain("first", 3, 3, 1, 1), normal("norm"), Layer("dropout", {}, "drop")),
        *(Layer("flatten", {}, "flat"), dense("scores", 2)),
    ]
    network = filled(Network(layers, (2, 4, 4)))
    check(network, np.random.default_rng(4).standard_normal((4, 2, 4, 4)), training=True, seed=2)


def test_gradients_of_activations_are_those_of_what_follows():
    network, picture = branching(), np.random.default_rng(1).standard_normal((2, 7, 7))
    kept = activations(network, picture)
    found = backward(kept, [1.0, 0, 0])
    assert list(found.activations) == list(kept)
    for name, gradient in found.activations.items():
        assert gradient.shape == kept[name].shape
    # What follows "skip", as a network of its own.
    rest = [layer for layer in network.layers if layer.name in ("pool", "flatten", "scores", "shares")]
    tail = Network(
        [Layer("add", {}, "twice", {"input": "input", "other": "input"}), *rest],
        kept["skip"].shape,
        {key: array for key, array in network.weights.items() if key[0] == "scores"},
    )
    again = backward(activations(tail, kept["skip"]), [1.0, 0, 0])
    np.testing.assert_allclose(again.input, found.activations["skip"], rtol=1e-12)


def test_several_uses_of_one_activation_add_up():
    layers = [
        relu("bent"),
        Layer("add", {}, "twice", {"input": "bent", "other": "bent"}),
        Layer("add", {}, "thrice", {"input": "twice", "other": "bent"}),
    ]
    network = Network(layers, (1, 2, 2))
    picture = np.array([[[1.0, -1.0], [2.0, 0.5]]])
    found = backward(activations(network, picture), np.ones((1, 2, 2)))
    assert found.input.tolist() == [[[3, 0], [3, 3]]]
    assert found.activations["bent"].tolist() == [[[3, 3], [3, 3]]]


def test_going_back_from_the_middle_touches_only_what_it_depends_on():
    network = branching()
    kept = activations(network, np.ones((2, 7, 7)))
    found = backward(kept, np.ones((3, 7, 7)), at="left")
    assert set(found.activations) == {"stem", "stem relu", "left"}
    assert set(found.weights) == {("stem", "weight"), ("stem", "bias"), ("left", "weight"), ("left", "bias")}
    lean = backward(kept, np.ones((3, 7, 7)), at="left", keep_activations=False)
    assert not lean.activations
    none = backward(kept, np.ones((3, 7, 7)), at="left", keep_weights=False)
    assert not none.weights
    np.testing.assert_array_equal(lean.input, found.input)


def test_gradients_of_float32_are_float32():
    network = branching()
    single = network.with_weights({key: array.astype(np.float32) for key, array in network.weights.items()})
    found = backward(activations(single, np.ones((2, 7, 7), np.float32)), np.ones(3, np.float32))
    assert {array.dtype for array in found.weights.values()} == {np.dtype(np.float32)}
    assert found.input.dtype == np.float32


def test_a_step_downhill_makes_the_loss_smaller():
    network = filled(lenet5())
    picture = np.random.default_rng(0).standard_normal((4, 1, 32, 32))

    def loss() -> float:
        return float((predict(network, picture) ** 2).sum())

    before = loss()
    kept = activations(network, picture)
    found = backward(kept, 2 * kept.output)
    for key, gradient in found.weights.items():
        network.weights[key] -= 1e-4 * gradient / max(float(np.abs(gradient).max()), 1e-9)
    assert loss() < before


def test_an_inception_module_goes_back():
    network = filled(inception(), kind=np.float32)
    found = backward(activations(network, np.ones((192, 28, 28), np.float32)), np.ones((256, 28, 28)))
    assert found.input.shape == (192, 28, 28)
    assert len(found.weights) == 12


def test_memory_of_gradients_is_refused_before_it_is_taken():
    network = branching()
    kept = activations(network, np.ones((2, 7, 7)))
    with pytest.raises(LimitError, match="The memory that the gradients need, in bytes, is"):
        backward(kept, np.ones(3), limits=Limits(bytes=10_000))


def test_what_cannot_be_gone_back_is_refused_in_words():
    network = branching()
    kept = activations(network, np.ones((2, 7, 7)))
    with pytest.raises(ShapeError, match=r"gradient must have the activation's shape, \[3\]; it has \[2\]"):
        backward(kept, np.ones(2))
    with pytest.raises(UnknownName):
        backward(kept, np.ones(3), at="nowhere")
    part = Activations(network)
    next(forward(network, np.ones((2, 7, 7)), kept=part))
    with pytest.raises(ParameterError, match="Layer 'shares' has not run"):
        backward(part, np.ones(3))


def test_a_gradient_does_not_pass_a_second_output():
    layers = [
        Layer("batch_norm", {"training": True}, "norm", weights=NORM),
        relu("mean", "norm:running_mean"),
    ]
    network = filled(Network(layers, (2, 4, 4)))
    kept = activations(network, np.random.default_rng(0).standard_normal((2, 4, 4)))
    with pytest.raises(ParameterError, match="reads running_mean of 'norm'"):
        backward(kept, np.ones(2))


def test_gradients_pass_a_pool_whose_winners_are_read_too():
    layers = [
        conv("conv", 1, 1),
        pool("pool", 2),
        Layer("max_unpool2d", {"kernel_size": 2}, "up", {"input": "pool", "indices": "pool:indices"}),
    ]
    check(filled(Network(layers, (1, 4, 4))), np.random.default_rng(4).standard_normal((1, 4, 4)))
