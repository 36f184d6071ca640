"""A graph as JSON and back."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.errors import ParameterError
from engine.network import from_data, graph_data, predict
from tests.engine.network.nets import BOTH, branching


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
