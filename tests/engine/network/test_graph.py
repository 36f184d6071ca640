"""What a graph may be, and what is said of one that cannot be."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.errors import ConvscopeError, ParameterError, UnknownName
from engine.network import Layer, Network
from tests.engine.network.nets import branching, pool, relu


def error_of(layers: list[Layer], shape: tuple[int, ...] = (1, 8, 8), **more: object) -> ConvscopeError:
    with pytest.raises(ConvscopeError) as caught:
        Network(layers, shape, **more)  # type: ignore[arg-type]
    return caught.value


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


# Weights.


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
