"""Running: in order, lazily, on one picture or a batch, in bounded memory."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

import engine
from engine.declaration.operation import Call, Operation
from engine.errors import LimitError, ShapeError, UnknownName
from engine.limits import IN_PYTHON, Limits
from engine.network import Activations, Layer, Network, activations, forward, initialise, predict
from tests.engine.network.nets import alone, branching, conv, dense, filled, pool, relu


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


def test_what_is_kept_does_not_change_with_the_callers_picture():
    network, picture = branching(), np.ones((2, 7, 7))
    kept = activations(network, picture)
    picture[...] = 5
    np.testing.assert_array_equal(kept.input, np.ones((2, 7, 7)))
    np.testing.assert_array_equal(kept.calls["stem"].inputs["input"], np.ones((2, 7, 7)))
