"""What feeds a layer, what it is called, and what it says when it does not fit."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ConvscopeError, ShapeError
from engine.network import Layer, Network
from tests.engine.network.nets import pool, relu

POOL = Layer("max_pool2d", {"kernel_size": 2})


def error_of(layers: list[Layer], shape: tuple[int, ...] = (1, 8, 8), **more: object) -> ConvscopeError:
    with pytest.raises(ConvscopeError) as caught:
        Network(layers, shape, **more)  # type: ignore[arg-type]
    return caught.value


def test_a_layer_that_names_no_source_takes_the_one_before():
    network = Network([relu("a"), relu("b"), relu("c", "a")], (1, 2, 2))
    assert [layer.inputs for layer in network.layers] == [{"input": "input"}, {"input": "a"}, {"input": "a"}]
    assert network.output == "c"


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
