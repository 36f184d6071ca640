"""To answer or to be trained, one picture or a batch."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.declaration.operation import Operation
from engine.network import Layer, Network, activations, predict
from tests.engine.network.nets import BOTH, NORM, filled, lenet5


@pytest.mark.parametrize("kind", ["float32", "float64", "uint8"])
def test_a_batch_gives_what_its_pictures_give(kind: str):
    network = filled(lenet5(), kind=np.float32)
    batch = (np.random.default_rng(1).uniform(0, 4, (3, 1, 32, 32))).astype(kind)
    together = activations(network, batch)
    for number, picture in enumerate(batch):
        alone = activations(network, picture)
        for name, array in alone.items():
            assert together[name].shape == (3, *array.shape)
            assert together[name].dtype == array.dtype
            np.testing.assert_allclose(together[name][number], array, rtol=2e-5, atol=2e-5)
    assert together.output.shape == (3, 10)
    assert predict(network, batch[:0]).shape == (0, 10)


def test_a_batch_of_signals_knows_its_channels():
    layers = [
        Layer("conv1d", {"kernel_size": 3, "out_channels": 4, "padding": "same"}, "conv", weights=BOTH),
        Layer("batch_norm", {}, "norm", weights=NORM),
        Layer("softmax", {}, "shares"),
        Layer("cat", {}, "joined", {"input": "conv", "other": "shares"}),
        Layer("flatten", {}, "flat"),
    ]
    network = filled(Network(layers, (2, 9)))
    batch = np.random.default_rng(2).standard_normal((5, 2, 9))
    together = activations(network, batch)
    assert [together[name].shape for name in together] == [(5, 4, 9)] * 3 + [(5, 8, 9), (5, 72)]
    np.testing.assert_allclose(together["shares"].sum(axis=1), 1)
    for number, picture in enumerate(batch):
        alone = activations(network, picture)
        for name in alone:
            np.testing.assert_allclose(together[name][number], alone[name], rtol=1e-12)


def dropping() -> Network:
    return Network([Layer("dropout", {}, "one"), Layer("dropout", {}, "two", "input")], (1, 50, 50))


def test_nothing_is_dropped_but_in_training():
    picture = np.ones((1, 50, 50), np.float32)
    kept = activations(dropping(), picture)
    assert np.array_equal(kept["one"], picture)
    trained = activations(dropping(), picture, training=True, seed=3)
    again = activations(dropping(), picture, training=True, seed=3)
    other = activations(dropping(), picture, training=True, seed=4)
    assert 1000 < np.count_nonzero(trained["one"]) < 1500
    assert not np.array_equal(trained["one"], trained["two"])
    assert not np.array_equal(trained["one"], other["one"])
    assert np.array_equal(trained["one"], again["one"])


def test_a_layer_may_say_for_itself():
    network = Network([Layer("dropout", {"training": True, "seed": 5}, "drop")], (1, 50, 50))
    picture = np.ones((1, 50, 50))
    np.testing.assert_array_equal(predict(network, picture), engine.dropout(picture, seed=5))


READERS = [o for o in engine.all_operations() if sum(i.kind in ("maps", "places") for i in o.inputs) == 1]


@pytest.mark.parametrize("shape", [(7,), (2, 5), (2, 5, 6), (2, 4, 5, 6)], ids=str)
@pytest.mark.parametrize("operation", [o for o in READERS if o.dims is None], ids=lambda o: o.name)
def test_pictures_of_any_rank_are_not_mixed_in_a_batch(operation: Operation, shape: tuple[int, ...]):
    params: dict[str, object] = {p.name: p.start for p in operation.parameters if p.required}
    if any(p.name == "out_features" for p in operation.parameters):
        params["out_features"] = 3
    held = tuple(i.name for i in operation.inputs if i.kind not in ("maps", "places"))
    network = filled(Network([Layer(operation.name, params, "a", weights=held)], shape))
    batch = np.random.default_rng(4).standard_normal((3, *shape))
    together = predict(network, batch)
    for number, picture in enumerate(batch):
        np.testing.assert_allclose(together[number], predict(network, picture), rtol=1e-12)


@pytest.mark.parametrize("shape", [(2, 5), (2, 4, 5, 6)], ids=str)
def test_layer_norm_with_weights_takes_a_batch(shape: tuple[int, ...]):
    network = filled(Network([Layer("layer_norm", {}, "norm", weights=("weight", "bias"))], shape))
    assert network.weights["norm", "weight"].shape == shape
    batch = np.random.default_rng(4).standard_normal((3, *shape))
    together = predict(network, batch)
    for number, picture in enumerate(batch):
        np.testing.assert_allclose(together[number], predict(network, picture), rtol=1e-12)
    rows = Network([Layer("layer_norm", {"normalized_shape": shape[-1]}, "norm")], shape)
    np.testing.assert_allclose(predict(rows, batch).mean(axis=-1), 0, atol=1e-12)
