"""Networks as files: what is written comes back, and what anybody else wrote is refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ConvscopeError, ParameterError, ShapeError, UnknownName
from engine.limits import IN_PYTHON, Limits
from engine.network import BadFile, Network, graph_data, initialise, load, predict, save
from tests.engine.network.nets import branching, conv, relu, resnet18


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    save(branching(), tmp_path / "net")
    return tmp_path / "net"


def change(path: Path, **values: object) -> None:
    graph = path.with_suffix(".json")
    graph.write_text(json.dumps({**json.loads(graph.read_text()), **values}))


def test_what_is_saved_comes_back(stored: Path):
    network, again = branching(), load(stored)
    assert graph_data(again) == graph_data(network)
    assert list(again.weights) == list(network.weights)
    for key, array in network.weights.items():
        assert again.weights[key].dtype == array.dtype
        np.testing.assert_array_equal(again.weights[key], array)
    picture = np.random.default_rng(0).standard_normal((2, 7, 7))
    np.testing.assert_array_equal(predict(again, picture), predict(network, picture))


def test_float32_weights_are_float32_in_the_file(tmp_path: Path):
    network = Network([conv("conv", 2, 3), relu("relu")], (1, 8, 8), output="conv")
    initialise(network, 0)
    weights, graph = save(network, tmp_path / "small.npz")
    assert (weights.name, graph.name) == ("small.npz", "small.json")
    with np.load(weights, allow_pickle=False) as arrays:
        assert {name: array.dtype for name, array in arrays.items()} == dict.fromkeys(
            ["conv/weight", "conv/bias"], np.dtype(np.float32)
        )
    assert load(graph).output == "conv"
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["small.json", "small.npz"]


def test_a_graph_without_weights_is_kept_too(tmp_path: Path):
    save(resnet18(), tmp_path / "resnet-1.8")
    again = load(tmp_path / "resnet-1.8.npz")
    assert graph_data(again) == graph_data(resnet18())
    assert not again.weights


def test_names_with_any_letters(tmp_path: Path):
    network = Network([conv("卷积/a.b ×2", 1, 1)], (1, 2, 2))
    initialise(network, 0)
    save(network, tmp_path / "net")
    assert list(load(tmp_path / "net").weights) == [("卷积/a.b ×2", "weight"), ("卷积/a.b ×2", "bias")]


def test_arrays_in_any_order_of_memory_and_packed(stored: Path):
    network = branching()
    arrays = {"/".join(key): np.asfortranarray(array) for key, array in network.weights.items()}
    np.savez_compressed(stored.with_suffix(".npz"), **arrays)  # type: ignore[arg-type]
    for key, array in load(stored).weights.items():
        np.testing.assert_array_equal(array, network.weights[key])


def test_half_precision_is_read_as_single(stored: Path):
    arrays = {"/".join(key): array.astype(np.float16) for key, array in branching().weights.items()}
    np.savez(stored.with_suffix(".npz"), **arrays)  # type: ignore[arg-type]
    assert {array.dtype for array in load(stored).weights.values()} == {np.dtype(np.float32)}


def test_saving_over_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path):
    (tmp_path / "net.npz").mkdir()
    with pytest.raises(OSError, match="net"):
        save(branching(), tmp_path / "net")
    assert [path.name for path in tmp_path.iterdir()] == ["net.npz"]


# Hostile and damaged files.


def refused(path: Path, said: str, limits: Limits = IN_PYTHON) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        load(path, limits=limits)
    assert str(caught.value).startswith(path.name)
    assert len(str(caught.value)) < 400
    assert str(path.parent) not in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path, stored: Path):
    refused(tmp_path / "nothing", "No such file")
    stored.with_suffix(".npz").unlink()
    refused(stored, "No such file")


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{", '{"format": NaN}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}", "\xff\xfe"],
    ids=["empty", "null", "list", "cut", "nan", "deep", "long number", "bytes"],
)
def test_a_graph_that_is_not_json(stored: Path, text: str):
    stored.with_suffix(".json").write_bytes(text.encode("latin-1"))
    refused(stored, "it is not a JSON object")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"format": "onnx"}, "not a graph that Convscope wrote"),
        ({"version": 2}, "its version is not 1"),
        ({"arrays": {}}, "not a graph that Convscope wrote"),
        ({"arrays": ["weight"]}, "its list of arrays"),
        ({"arrays": [1]}, "its list of arrays"),
        ({"arrays": ["a/b", "a/b"]}, "its list of arrays"),
        ({"arrays": ["a/b"]}, "it does not belong to its graph: it lacks a/b"),
        ({"arrays": []}, "it does not belong to its graph: it also has stem/weight"),
    ],
)
def test_a_graph_of_another_kind(stored: Path, values: dict[str, object], said: str):
    change(stored, **values)
    refused(stored, said)


def test_a_graph_that_does_not_fit_its_weights(stored: Path):
    graph = json.loads(stored.with_suffix(".json").read_text())["graph"]
    first = graph["layers"][0]
    for layer, kind, said in (
        ({**first, "params": {"kernel_size": 5, "out_channels": 4}}, ParameterError, "kernel_size"),
        ({**first, "inputs": {"input": "shares"}}, ParameterError, "in a circle"),
        ({**first, "operation": "import os"}, UnknownName, "There is no operation called 'import os'"),
        ({**first, "name": "other"}, ConvscopeError, "stem"),
        ({"operation": ["conv2d"]}, ParameterError, r"layers\.0\.operation must be"),
    ):
        change(stored, graph={**graph, "layers": [layer, *graph["layers"][1:]]})
        with pytest.raises(kind, match=rf"net\.json: .*{said}"):
            load(stored)
    change(stored, graph={**graph, "input_shape": [2, 70, 7]})
    with pytest.raises(ShapeError, match=r"net\.json: Layer 'scores' \(linear\)"):
        load(stored)


def test_a_graph_too_large_to_read(stored: Path):
    stored.with_suffix(".json").write_bytes(b" " * (8 * 2**20 + 1))
    refused(stored, "the most for a graph")


def test_damage_anywhere_is_found_or_does_no_harm(stored: Path):
    """Bytes changed and ends cut off at random: an error in words, or the very same numbers."""
    path, network = stored.with_suffix(".npz"), branching()
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    refusals = 0
    for trial in range(400):
        content = bytearray(whole)
        if trial % 4 == 0:
            del content[int(rng.integers(len(content))) :]
        else:
            for place in rng.integers(len(content), size=int(rng.integers(1, 5))):
                content[place] = int(rng.integers(256))
        path.write_bytes(content)
        try:
            again = load(stored)
        except ConvscopeError:
            refusals += 1
        else:
            assert all(np.array_equal(again.weights[key], array) for key, array in network.weights.items())
    assert refusals > 300
