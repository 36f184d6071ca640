"""What a graph may be, and what is said of one that cannot be."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.errors import ConvscopeError, LimitError, ParameterError, ShapeError, UnknownName
from engine.limits import Limits
from engine.network import Layer, Network, from_data, graph_data, predict, summary
from tests.engine.network.nets import BOTH, branching, conv, dense, inception, pool, relu

POOL = Layer("max_pool2d", {"kernel_size": 2})


def error_of(layers: list[Layer], shape: tuple[int, ...] = (1, 8, 8), **more: object) -> ConvscopeError:
    with pytest.raises(ConvscopeError) as caught:
        Network(layers, shape, **more)  # type: ignore[arg-type]
    return caught.value


def test_a_layer_that_names_no_source_takes_the_one_before():
    network = Network([relu("a"), relu("b"), relu("c", "a")], (1, 2, 2))
    assert [layer.inputs for layer in network.layers] == [{"input": "input"}, {"input": "a"}, {"input": "a"}]
    assert network.output == "c"


def test_layers_may_come_in_any_order_and_keep_it_where_they_can():
    network = Network([relu("last", "middle"), relu("middle", "first"), relu("first", "input")], (1, 2, 2))
    assert [layer.name for layer in network.layers] == ["first", "middle", "last"]
    assert network.output == "last"
    names = ["1x1", "reduce3", "3x3", "reduce5", "5x5", "pool", "pool 1x1", "joined"]
    assert [layer.name for layer in inception().layers] == names


def test_layers_without_a_name_are_numbered():
    layers = [POOL, Layer("relu"), POOL, Layer("relu", name="relu-2"), Layer("relu")]
    network = Network(layers, (1, 8, 8))
    assert [n.layer.name for n in network.nodes] == [
        "max_pool2d-1",
        "relu-1",
        "max_pool2d-2",
        "relu-2",
        "relu-3",
    ]


def test_a_wrong_shape_says_which_layer_what_it_got_and_what_it_needs():
    weights = {("fc", "weight"): np.zeros((10, 100), np.float32)}
    layers = [pool("pool", 2), Layer("flatten", name="flat"), Layer("linear", name="fc")]
    error = error_of(layers, (3, 8, 8), weights=weights)
    assert isinstance(error, ShapeError)
    assert str(error).startswith("Layer 'fc' (linear), given [48] from 'flat': weight must have the shape")
    assert error.values["layer"] == "fc"
    assert error.values["operation"] == "linear"
    assert error.field == "weight"


def test_a_window_that_does_not_fit_names_its_layer():
    error = error_of([pool("one", 2), pool("two", 5)])
    assert isinstance(error, ShapeError)
    assert error.code == "kernel_exceeds_input"
    assert "Layer 'two' (max_pool2d), given [1, 4, 4] from 'one'" in str(error)


def test_branches_that_do_not_fit_together_are_both_named():
    error = error_of([pool("small", 2), Layer("add", {}, "sum", {"input": "input", "other": "small"})])
    assert "Layer 'sum' (add), given [1, 8, 8] from 'input' and [1, 4, 4] from 'small'" in str(error)


@pytest.mark.parametrize(
    ("layers", "kind", "code", "said"),
    [
        ([], ParameterError, "no_layers", "at least one layer"),
        ([Layer("convolve")], UnknownName, "unknown_operation", "There is no operation called 'convolve'"),
        ([relu("a"), relu("a")], ParameterError, "duplicate_layer", "Two layers are called 'a'"),
        ([relu("input")], ParameterError, "layer_name", "and not 'input'"),
        ([relu("a:b")], ParameterError, "layer_name", "without ':'"),
        ([relu("a\nb")], ParameterError, "layer_name", "printable"),
        ([relu("a" * 101)], ParameterError, "layer_name", "1 to 100"),
        (
            [relu("a", "b")],
            UnknownName,
            "unknown_layer",
            "its input comes from 'b', and there is no such",
        ),
        ([relu("a", "a")], ParameterError, "cycle", "a -> a"),
        ([relu("a", "b"), relu("b", "a")], ParameterError, "cycle", "Layers feed each other in a circle"),
        ([relu("a", "input:x")], UnknownName, "unknown_output", "has no outputs to name"),
        ([pool("a", 2), relu("b", "a:winners")], UnknownName, "unknown_output", "it has output, indices"),
        ([Layer("relu", {}, "a", {"kernel": "input"})], UnknownName, "unknown_input", "it takes input"),
        ([Layer("relu", {"slope": 1}, "a")], ParameterError, "unknown_parameter", "Layer 'a' (relu)"),
        ([Layer("add", {}, "a")], ParameterError, "missing_source", "nothing feeds other"),
        ([Layer("relu", {}, "a", {})], ParameterError, "missing_source", "nothing feeds input"),
        ([Layer("relu", {}, "a", weights=("bias",))], UnknownName, "unknown_input", "no input called 'bias'"),
        (
            [Layer("relu", {}, "a", weights=("input",))],
            ParameterError,
            "fed_twice",
            "it can be only one of them",
        ),
    ],
    ids=lambda part: part if isinstance(part, str) and " " not in part else "",
)
def test_a_graph_that_cannot_be_is_refused_in_words(layers: list[Layer], kind: type, code: str, said: str):
    error = error_of(layers)
    assert type(error) is kind
    assert error.code == code
    assert said in str(error)
    json.dumps(error.values)


def test_unknown_layers_and_outputs_are_named():
    network = Network([relu("a")], (1, 2, 2))
    with pytest.raises(UnknownName, match="There is no layer called 'b'; there are a"):
        network.shape("b")
    with pytest.raises(UnknownName, match="There is no layer called 'b'"):
        Network([relu("a")], (1, 2, 2), output="b")


@pytest.mark.parametrize("shape", [(), (0, 2), (1, -2, 3), (1.5, 2, 2), (True, 2, 2)])
def test_an_input_needs_sizes(shape: tuple[int, ...]):
    with pytest.raises(ShapeError, match="input_shape must be sizes"):
        Network([relu("a")], shape)


def test_limits_hold_for_every_layer():
    with pytest.raises(LimitError, match=r"Layer 'big' \(conv2d\).*The number of output cells is 40,960,000"):
        Network([conv("big", 4096, 1)], (1, 100, 100), limits=Limits())


def test_a_thousand_layers_are_built_and_counted():
    network = Network.sequence(["relu"] * 1000, (1, 4, 4))
    assert len(summary(network).layers) == 1000
    assert predict(network, np.ones((1, 4, 4), np.float32)).sum() == 16


def test_maps_of_unlike_numbers_of_axes_do_not_meet():
    """(C, H, W) + (W,) would line a batch's (N, C, H, W) up with (N, W)."""
    row = [
        Layer("global_avg_pool2d", {}, "mean", "input"),
        Layer("flatten", {}, "row"),
        Layer("add", {}, "sum", {"input": "input", "other": "row"}),
    ]
    said = (
        r"Layer 'sum' \(add\), given \[3, 3, 3\] from 'input' and \[3\] from 'row': "
        "other must have as many axes as input, 3"
    )
    with pytest.raises(ShapeError, match=said):
        Network(row, (3, 3, 3))
    turned = [*row[:2], Layer("add", {}, "sum", {"input": "row", "other": "input"})]
    with pytest.raises(ShapeError, match="other must have as many axes as input, 1"):
        Network(turned, (3, 3, 3))
    scaled = Network([row[0], Layer("add", {}, "sum", {"input": "input", "other": "mean"})], (3, 3, 3))
    batch = np.random.default_rng(0).standard_normal((3, 3, 3, 3))
    together = predict(scaled, batch)
    for number, picture in enumerate(batch):
        np.testing.assert_allclose(together[number], predict(scaled, picture))


def test_held_maps_may_lack_axes_and_have_none_too_many():
    held = {("sum", "other"): np.arange(4.0)}
    network = Network([Layer("add", {}, "sum", "input")], (2, 3, 4), held)
    batch = np.random.default_rng(0).standard_normal((4, 2, 3, 4))
    np.testing.assert_array_equal(predict(network, batch)[1], predict(network, batch[1]))
    with pytest.raises(ShapeError, match="other must have as many axes as input, 3"):
        Network([Layer("add", {}, "sum", "input")], (2, 3, 4), {("sum", "other"): np.ones((1, 2, 3, 4))})


# Weights.


def test_weights_are_changed_in_place_or_replaced():
    network = branching()
    before = predict(network, np.ones((2, 7, 7)))
    network.weights["stem", "weight"][...] *= 2
    assert not np.array_equal(predict(network, np.ones((2, 7, 7))), before)
    network.weights["stem", "weight"] = network.weights["stem", "weight"] / 2
    np.testing.assert_array_equal(predict(network, np.ones((2, 7, 7))), before)


def test_weights_are_the_callers_own_arrays_and_replacing_is_counted():
    network, bias = branching(), np.zeros(4)
    version = network.weights.version
    network.weights["stem", "bias"] = bias
    assert network.weights["stem", "bias"] is bias
    del network.weights["stem", "bias"]
    assert network.weights.version == version + 2


def test_weights_of_another_shape_or_name_are_refused():
    network = branching()
    with pytest.raises(ShapeError, match=r"Layer 'stem' \(conv2d\): its weight must be \[4, 2, 3, 3\]"):
        network.weights["stem", "weight"] = np.zeros((4, 2, 5, 5))
    with pytest.raises(UnknownName, match="No layer holds weights called 'stem/kernel'"):
        network.weights["stem", "kernel"] = np.zeros(4)
    with pytest.raises(ParameterError, match="must be real numbers"):
        network.weights["stem", "bias"] = ["a"]
    with pytest.raises(UnknownName, match=r"Layer 'stem' \(relu\): there is no input called 'kernel'"):
        Network([relu("stem")], (1, 2, 2), {("stem", "kernel"): [1]})
    with pytest.raises(UnknownName, match="No layer holds weights called 'other/weight'"):
        Network([relu("stem")], (1, 2, 2), {("other", "weight"): [1]})


def test_weights_of_a_network_that_was_counted_must_leave_its_sizes():
    network = Network([Layer("conv2d", {"kernel_size": 3, "out_channels": 4}, "conv")], (2, 8, 8))
    assert network.weights.missing == [("conv", "weight")]
    for shape in ((4, 2, 5, 5), (5, 2, 3, 3), (4, 1, 3, 3)):
        with pytest.raises(ConvscopeError):
            network.weights["conv", "weight"] = np.zeros(shape)
    network.weights["conv", "weight"] = np.zeros((4, 2, 3, 3))
    assert network.weights.missing == []


def test_a_network_without_weights_says_which_are_missing():
    network = Network([conv("conv", 4, 3)], (2, 8, 8))
    with pytest.raises(ParameterError, match=r"Layer 'conv' \(conv2d\) has no weight yet"):
        predict(network, np.ones((2, 8, 8)))


def test_sizes_follow_the_weights_where_they_are_given():
    weights = {("c", "weight"): np.ones((6, 3, 5, 5)), ("c", "bias"): np.zeros(6)}
    network = Network([Layer("conv2d", name="c")], (3, 32, 32), weights)
    assert network.shape("c") == (6, 28, 28)
    assert summary(network).parameters == 456


def test_a_network_with_other_weights_shares_the_rest():
    network = branching()
    other = network.with_weights({("stem", "bias"): np.zeros(4)})
    assert other.weights["scores", "weight"] is network.weights["scores", "weight"]
    assert network.weights["stem", "bias"].any()
    assert not other.weights["stem", "bias"].any()
    wider = {("scores", "weight"): np.zeros((5, 36)), ("scores", "bias"): np.zeros(5)}
    with pytest.raises(ParameterError, match="out_features is 3"):
        network.with_weights(wider)


# Data.


def test_a_graph_is_json_and_back():
    network = branching()
    data = json.loads(json.dumps(graph_data(network)))
    again = from_data(data, network.weights)
    assert graph_data(again) == data
    np.testing.assert_array_equal(predict(again, np.ones((2, 7, 7))), predict(network, np.ones((2, 7, 7))))


def test_data_may_leave_out_what_a_layer_may():
    layers = [
        {"operation": "conv2d", "params": {"kernel_size": 3, "out_channels": 2}, "weights": list(BOTH)},
        {"operation": "relu", "name": "bent"},
        {"operation": "add", "inputs": {"input": "conv2d-1", "other": "bent"}},
    ]
    network = from_data({"input_shape": [1, 5, 5], "layers": layers})
    assert network.shape("add-1") == (2, 3, 3)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (None, "graph"),
        ([], "graph"),
        ({"layers": []}, "input_shape"),
        ({"input_shape": [1, 2, 2]}, "layers"),
        ({"input_shape": 3, "layers": []}, "input_shape"),
        ({"input_shape": [1.5], "layers": []}, "input_shape"),
        ({"input_shape": [True], "layers": []}, "input_shape"),
        ({"input_shape": [1], "layers": {}}, "layers"),
        ({"input_shape": [1], "layers": [None]}, "layers.0"),
        ({"input_shape": [1], "layers": [{}]}, "layers.0.operation"),
        ({"input_shape": [1], "layers": [{"operation": 3}]}, "layers.0.operation"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "name": 3}]}, "layers.0.name"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "params": []}]}, "layers.0.params"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "inputs": 3}]}, "layers.0.inputs"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "inputs": {"input": 3}}]}, "layers.0.inputs"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "weights": "w"}]}, "layers.0.weights"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "weights": [1]}]}, "layers.0.weights"),
        ({"input_shape": [1], "layers": [{"operation": "relu", "colour": 1}]}, "layers.0.colour"),
        ({"input_shape": [1], "layers": [], "extra": 1}, "extra"),
        ({"input_shape": [1], "output": 1, "layers": [{"operation": "relu"}]}, "output"),
        ({"input_shape": [1], "layers": [{}] * 10_001}, "layers"),
    ],
)
def test_data_that_describes_no_graph_is_refused(data: object, field: str):
    with pytest.raises(ParameterError) as caught:
        from_data(data)
    assert caught.value.field == field
    assert len(str(caught.value)) < 300


def test_dense_layers_need_a_row_of_numbers():
    network = Network([dense("scores", 10)], (3, 4, 5))
    assert network.shape("scores") == (3, 4, 10)
