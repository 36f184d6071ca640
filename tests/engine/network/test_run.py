"""Running: in order, lazily, on one picture or a batch, in bounded memory."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

import engine
from engine.declaration.call import Call
from engine.declaration.operation import Operation
from engine.errors import LimitError, ShapeError, UnknownName
from engine.limits import IN_PYTHON, Limits
from engine.network import Activations, Layer, Network, activations, forward, initialise, predict, renew
from tests.engine.network.nets import BOTH, NORM, alone, branching, conv, dense, filled, lenet5, pool, relu


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations that have run, as they do."""
    names: list[str] = []
    run = Call.run

    def counted(call: Call):
        names.append(call.operation.name)
        return run(call)

    monkeypatch.setattr(Call, "run", counted)
    return names


def test_a_network_does_what_its_operations_do():
    network = branching()
    picture = np.random.default_rng(0).standard_normal((2, 7, 7))
    w = network.weights
    stem = engine.relu(engine.conv2d(picture, w["stem", "weight"], w["stem", "bias"], padding=1))
    left = engine.conv2d(stem, w["left", "weight"], w["left", "bias"])
    right = engine.conv2d(stem, w["right", "weight"], w["right", "bias"], padding=2, dilation=2)
    joined = engine.cat(left, engine.sigmoid(right))
    mixed = engine.conv2d(joined, w["mixed", "weight"], w["mixed", "bias"], padding=1)
    pooled = engine.avg_pool2d(2 * (mixed + stem), 3, stride=2)
    scores = engine.linear(pooled.ravel(), w["scores", "weight"], w["scores", "bias"])
    np.testing.assert_allclose(predict(network, picture), engine.softmax(scores), rtol=1e-12)


def test_each_activation_comes_when_it_is_asked_for(ran: list[str]):
    steps = forward(branching(), np.ones((2, 7, 7)))
    assert ran == []
    assert next(steps)[0] == "stem"
    assert ran == ["conv2d"]
    assert next(steps)[0] == "stem relu"
    assert ran == ["conv2d", "relu"]
    names = [name for name, _ in steps]
    assert names[-1] == "shares"
    assert len(ran) == len(names) + 2


def test_only_what_is_wanted_is_computed(ran: list[str]):
    names = [name for name, _ in forward(branching(), np.ones((2, 7, 7)), wanted=["bent"])]
    assert names == ["stem", "stem relu", "right", "bent"]
    assert ran == ["conv2d", "relu", "conv2d", "sigmoid"]
    with pytest.raises(UnknownName):
        forward(branching(), np.ones((2, 7, 7)), wanted=["nothing"])


def test_what_nobody_needs_any_more_is_dropped():
    network = branching()
    alive: dict[str, weakref.ref] = {}
    seen: dict[str, set[str]] = {}
    for name, array in forward(network, np.ones((2, 7, 7))):
        alive[name] = weakref.ref(array)
        del array
        gc.collect()
        seen[name] = {at for at, reference in alive.items() if reference() is not None}
    assert seen["stem relu"] == {"stem", "stem relu"}
    assert seen["left"] == {"stem relu", "left"}
    assert seen["twice"] == {"skip", "twice"}
    assert seen["shares"] == {"scores", "shares"}


def test_what_is_kept_stays():
    network = branching()
    kept = Activations(network)
    seen = dict(forward(network, np.ones((2, 7, 7)), kept=kept))
    assert list(kept) == list(seen)
    assert all(kept[name] is array for name, array in seen.items())
    assert kept.output is seen["shares"]
    assert kept.calls["joined"].inputs["input"] is seen["left"]


def test_stopping_half_way_leaves_the_rest_undone(ran: list[str]):
    steps = forward(branching(), np.ones((2, 7, 7)))
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert ran == ["conv2d"]


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


def test_float32_stays_float32():
    network = branching()
    single = network.with_weights({key: array.astype(np.float32) for key, array in network.weights.items()})
    kept = activations(single, np.ones((2, 7, 7), np.float32))
    assert {array.dtype for array in kept.values()} == {np.dtype(np.float32)}


def test_an_output_that_is_not_the_first_can_be_read():
    layers = [
        pool("pool", 2),
        Layer("max_unpool2d", {"kernel_size": 2}, "up", {"input": "pool", "indices": "pool:indices"}),
    ]
    network = Network(layers, (1, 4, 4))
    picture = np.arange(16.0).reshape(1, 4, 4)
    expected = np.where(np.isin(picture, [5, 7, 13, 15]), picture, 0)
    np.testing.assert_array_equal(predict(network, picture), expected)
    np.testing.assert_array_equal(predict(network, np.stack([picture] * 2)), np.stack([expected] * 2))


def test_a_picture_of_the_wrong_rank_or_size_is_refused_before_anything_runs(ran: list[str]):
    network = branching()
    with pytest.raises(ShapeError, match="must have 3 axes"):
        forward(network, np.ones((7, 7)))
    with pytest.raises(ShapeError, match=r"Layer 'scores' \(linear\), given \[100\] from 'flatten'"):
        forward(network, np.ones((2, 12, 12)))
    with pytest.raises(ShapeError, match=r"Layer 'stem' \(conv2d\), given \[3, 7, 7\] from 'input'"):
        forward(network, np.ones((3, 7, 7)))
    assert ran == []


def test_a_network_of_windows_takes_any_size():
    network = filled(Network([conv("conv", 2, 3), relu("relu")], (1, 8, 8)))
    assert predict(network, np.ones((1, 20, 11))).shape == (2, 18, 9)


def test_memory_is_refused_before_it_is_taken(ran: list[str]):
    network = Network.sequence(["relu"] * 10, (1, 100, 100))
    picture = np.ones((1, 100, 100), np.float32)
    room = Limits(bytes=40_000 * 10)
    # Two activations at a time have room, all eleven together have not.
    assert predict(network, picture, limits=room).shape == (1, 100, 100)
    ran.clear()
    with pytest.raises(LimitError, match="The memory that the activations need, in bytes, is 440,000"):
        activations(network, picture, limits=room)
    assert ran == []
    with pytest.raises(LimitError, match="in bytes"):
        initialise(Network([dense("huge", 10**7)], (10**6,)), 0, limits=IN_PYTHON)


# Training and answering.


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


def test_running_statistics_move_along():
    network = Network([Layer("batch_norm", {"momentum": 1.0}, "norm", weights=NORM)], (3, 4, 4))
    initialise(network, 0)
    batch = np.random.default_rng(0).normal(5, 2, (8, 3, 4, 4))
    renew(activations(network, batch))
    assert not network.weights["norm", "running_mean"].any()
    kept = activations(network, batch, training=True)
    np.testing.assert_allclose(kept.output.mean(axis=(0, 2, 3)), 0, atol=1e-6)
    renew(kept)
    np.testing.assert_allclose(network.weights["norm", "running_mean"], batch.mean(axis=(0, 2, 3)), rtol=1e-5)
    np.testing.assert_allclose(predict(network, batch).mean(axis=(0, 2, 3)), 0, atol=1e-5)


def test_fresh_weights_are_he_normal_and_seeded():
    network = Network.sequence([conv("conv", 64, 5), Layer("flatten"), dense("dense", 50)], (32, 12, 12))
    initialise(network, 7)
    first = dict(network.weights)
    initialise(network, 7)
    assert all(np.array_equal(first[key], network.weights[key]) for key in first)
    initialise(network, 8)
    assert not np.array_equal(first["conv", "weight"], network.weights["conv", "weight"])
    assert {array.dtype for array in first.values()} == {np.dtype(np.float32)}
    for key, fan_in in ((("conv", "weight"), 32 * 25), (("dense", "weight"), 64 * 64)):
        assert first[key].mean() == pytest.approx(0, abs=1e-3)
        assert first[key].std() == pytest.approx(np.sqrt(2 / fan_in), rel=0.02)
    assert not first["conv", "bias"].any()


READERS = [o for o in engine.all_operations() if sum(i.kind in ("maps", "places") for i in o.inputs) == 1]


@pytest.mark.parametrize("operation", READERS, ids=lambda operation: operation.name)
def test_every_operation_can_be_a_layer_on_a_picture_and_on_a_batch(operation: Operation):
    """Its weights are found by its own declaration, whatever it is."""
    network = alone(operation)
    initialise(network, 0)
    batch = np.random.default_rng(0).standard_normal((2, *network.input_shape))
    together = predict(network, batch)
    assert together.shape == (2, *network.shape("layer"))
    for number, picture in enumerate(batch):
        np.testing.assert_allclose(together[number], predict(network, picture), rtol=1e-6, atol=1e-9)


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


def test_what_is_kept_does_not_change_with_the_callers_picture():
    network, picture = branching(), np.ones((2, 7, 7))
    kept = activations(network, picture)
    picture[...] = 5
    np.testing.assert_array_equal(kept.input, np.ones((2, 7, 7)))
    np.testing.assert_array_equal(kept.calls["stem"].inputs["input"], np.ones((2, 7, 7)))
