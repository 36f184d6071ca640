"""A network as functions: run, they give every layer's activation, and layers that are alike share one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from engine.network.layer import Node
from server.code.network_layers import NUMPY, TORCH, Layers
from server.errors import ApiError
from server.networks.runs import Run
from server.networks.wishes import PictureWish
from tests.server.networks import deep, small


def run_of(folder, name: str) -> Run:
    run = small.networks(folder).run(name, PictureWish(image="cat"))
    run.until(run.shipped.network.output)
    return run


@pytest.fixture(scope="module")
def run(folder) -> Run:
    return run_of(folder, small.NAME)


def layers_of(run: Run, language: int, names: list[str] | None = None) -> Layers:
    nodes: list[Node] = [node for node in run.shipped.network.nodes if not names or node.layer.name in names]
    return Layers(nodes, run.until(run.shipped.network.output).calls, language)


def test_what_they_compute_is_every_layers_activation(run):
    text = layers_of(run, NUMPY).text()
    weights: dict[str, dict[str, np.ndarray]] = {}
    for (layer, at), array in run.shipped.network.weights.items():
        weights.setdefault(layer, {})[at] = array.astype(np.float64)
    names = {"np": np, "sliding_window_view": sliding_window_view, "w": weights}
    exec(text, names)
    found = names["run"](run.prepared.values.astype(np.float64))
    kept = run.until(run.shipped.network.output)
    assert list(found) == ["input", *small.LAYERS]
    for layer in small.LAYERS:
        np.testing.assert_allclose(found[layer], kept[layer], rtol=1e-4, atol=1e-3, err_msg=layer)


def test_layers_that_differ_have_functions_of_their_own_and_others_share_one(tmp_path, run):
    text = layers_of(run, NUMPY).text()
    assert [text.count(f"def conv2d_{number}(") for number in (1, 2, 3)] == [1, 1, 0]
    assert text.count("def relu(") == 1
    deep.ship(tmp_path)
    other = run_of(tmp_path, deep.NAME)
    shared = layers_of(other, TORCH).text()
    normed = [node for node in other.shipped.network.nodes if node.operation.name == "batch_norm"]
    assert len(normed) > shared.count("def batch_norm")
    assert sum(f'a["{node.layer.name}"] = batch_norm' in shared for node in normed) == len(normed)


def test_weights_are_doubles_and_tensors_for_pytorch(run):
    arrays = {"conv/weight": np.ones(2, np.float32), "fork/a/weight": np.zeros(1, np.float32)}
    names = {"np": np, "fetch": lambda _: arrays}
    exec(layers_of(run, NUMPY).weights("small"), names)
    assert set(names["w"]) == {"conv", "fork/a"}
    assert names["w"]["conv"]["weight"].dtype == np.float64
    assert "torch.from_numpy" in layers_of(run, TORCH).weights("small")


def test_a_layer_that_nobody_has_put_in_other_words_is_refused(run, monkeypatch):
    [node] = [node for node in run.shipped.network.nodes if node.layer.name == "pool"]
    monkeypatch.setattr(type(node.operation), "recipe", lambda *_: None)
    with pytest.raises(ApiError, match=r"no code for the layer \w[\w/]* \(max_pool2d\)") as caught:
        layers_of(run, NUMPY).text()
    assert (caught.value.code, caught.value.field) == ("no_code", "layer")
