"""The same in code, of networks: every script is run, and gives the numbers of the view it stands for.

On the network that ships once, from the picture to the classes; on small ones every view of every kind
of layer. PyTorch's scripts are compiled, and run where it is installed.
"""

from __future__ import annotations

import json
import re
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.network import Layer, Network, initialise, save
from tests.served import served
from tests.server.networks import deep, small
from tests.server.test_code import HAS_CURL, LANGUAGES, Service, assert_same, curled, ran

PICTURE = {"image": "cat", "crop": [20, 10, 200, 300]}


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[Service]:
    """The small networks, on a port of their own."""
    folder = tmp_path_factory.mktemp("networks")
    small.ship(folder)
    deep.ship(folder)
    deep.ship_grey(folder)
    with served(shipped=folder) as address:
        yield Service(address)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def answered(service: Service, view: str, name: str, call: dict[str, Any]) -> Any:
    path = "trace" if view == "network_trace" else view
    return service.json(f"/api/networks/{name}/{path}", call)


def numbers(printed: str, word: str) -> list[float]:
    """The numbers in the line that begins with ``word``."""
    [line] = [line for line in printed.splitlines() if line.startswith(f"{word} ")]
    found = []
    for each in line.removeprefix(word).split():
        try:
            found.append(float(each))
        except ValueError:
            continue
    return found


@pytest.mark.parametrize("name", [small.NAME, deep.NAME])
@pytest.mark.parametrize("invert", [False, True])
def test_predict(service, name, invert):
    call = PICTURE | {"top": 3, "invert": invert}
    scripts = service.scripts("predict", {"network": name, **call})
    classes = answered(service, "predict", name, call)["classes"]
    for language in LANGUAGES:
        _, printed = ran(scripts[language])
        rows = [line.split(maxsplit=3) for line in printed.splitlines()]
        assert [int(row[0]) for row in rows] == [one["index"] for one in classes]
        assert [row[3] for row in rows] == [one["name"] for one in classes]
        assert_same([float(row[1]) for row in rows], [one["probability"] for one in classes], printed)
        assert_same([float(row[2]) for row in rows], [one["logit"] for one in classes], printed)
    if HAS_CURL:
        assert json.loads(curled(scripts["curl"]))["classes"] == classes


LAYERS = [
    *((small.NAME, layer) for layer in small.LAYERS),
    *((deep.NAME, layer) for layer in ("stem", "stem/norm", "stem/relu6", "deep", "mix/norm", "add", "mean")),
]


@pytest.mark.parametrize(("name", "layer"), LAYERS)
def test_activations_and_traces_of_every_layer(service, name, layer):
    call = PICTURE | {"layer": layer}
    whole = np.array(answered(service, "activations", name, call)["values"])
    scripts = service.scripts("activations", {"network": name, **call})
    cell = [size // 2 for size in whole.shape]
    traced = service.scripts("network_trace", {"network": name, **call, "cell": cell})
    told = answered(service, "network_trace", name, call | {"cell": cell})
    for language in LANGUAGES:
        names, printed = ran(scripts[language])
        assert_same(names["maps"], whole, scripts[language])
        assert printed.startswith(str(whole.shape))
        _, printed = ran(traced[language])
        for step in told["steps"]:
            assert numbers(printed, step["layer"])[0] == pytest.approx(
                step["trace"]["value"], rel=1e-4, abs=1e-4
            )
        if language == "numpy":
            trace = told["steps"][0]["trace"]
            assert numbers(printed, "terms") == [len(trace["terms"])]
            assert numbers(printed, "sum")[0] == pytest.approx(trace["sum"], rel=1e-3, abs=1e-3)


def test_a_part_of_an_activation(service):
    call = PICTURE | {"layer": "conv/relu", "channels": [4, 1], "region": [3, 2, 5, 4]}
    scripts = service.scripts("activations", {"network": small.NAME, **call})
    part = answered(service, "activations", small.NAME, call)["values"]
    for language in LANGUAGES:
        names, _ = ran(scripts[language])
        assert_same(names["maps"], part, scripts[language])
    if HAS_CURL:
        assert json.loads(curled(scripts["curl"]))["values"] == part


@pytest.mark.parametrize(
    ("name", "layer", "cell"),
    [
        (small.NAME, "conv/relu", [4, 5, 6]),
        (small.NAME, "dense", [2]),
        (small.NAME, "share", [1]),
        (deep.NAME, "add", [1, 6, 7]),
    ],
)
def test_explain(service, name, layer, cell):
    call = PICTURE | {"layer": layer, "cell": cell}
    scripts = service.scripts("explain", {"network": name, **call})
    told = answered(service, "explain", name, call)
    contributions = np.array(told["contributions"])
    for language in [each for each in LANGUAGES if each != "numpy"]:
        _, printed = ran(scripts[language])
        for word in ("value", "total", "rest"):
            assert numbers(printed, word)[0] == pytest.approx(told[word], rel=1e-3, abs=1e-3)
        assert_same(np.load("contributions.npy"), contributions, scripts[language])
    _, printed = ran(scripts["numpy"])
    assert numbers(printed, "value")[0] == pytest.approx(told["value"], rel=1e-4)
    y, x = told["top"][0]["cell"]
    for channel in range(len(contributions)):
        found = numbers(printed, f"pixel {channel} {y} {x}")[0]
        assert found == pytest.approx(contributions[channel, y, x], rel=1e-3, abs=1e-5)
    if HAS_CURL:
        curled(scripts["curl"])
        assert_same(np.load("contributions.npy"), contributions, scripts["curl"])


@pytest.mark.parametrize("picture", [{"image": "noise", "frame": 1}, {"image": "cameraman"}, PICTURE])
@pytest.mark.parametrize(("name", "layer"), [(small.NAME, "conv"), (deep.GREY, "stem")])
def test_pictures_and_networks_in_grey_and_in_colour(service, name, layer, picture):
    scripts = service.scripts("activations", {"network": name, **picture, "layer": layer})
    whole = answered(service, "activations", name, picture | {"layer": layer})["values"]
    for language in LANGUAGES:
        names, _ = ran(scripts[language])
        assert_same(names["maps"], whole, scripts[language])


def test_what_the_view_refuses_is_refused(service):
    for view, call, code, field in (
        ("predict", {"image": "cat"}, "missing", "call.network"),
        ("predict", {"network": "none", "image": "cat"}, "unknown_network", "call.network"),
        ("predict", {"network": small.NAME}, "missing", "call.image"),
        ("activations", {"network": small.NAME, "image": "cat", "layer": "x"}, "unknown_layer", "call.layer"),
        (
            "network_trace",
            {"network": small.NAME, "image": "cat", "layer": "conv", "cell": [0, 0, 22]},
            "cell",
            "call.cell",
        ),
        (
            "explain",
            {"network": small.NAME, "image": "cat", "layer": "dense", "cell": [1, 2, 3]},
            "cell_rank",
            "call.cell",
        ),
    ):
        with pytest.raises(urllib.error.HTTPError) as caught:
            service.json("/api/code", {"view": view, "call": call})
        error = json.loads(caught.value.read())["error"]
        assert (error["code"], error["field"]) == (code, field)


def test_squeezenet_from_the_picture_to_the_classes():
    with served() as address:
        service = Service(address)
        call = {"image": "coffee", "top": 2}
        scripts = service.scripts("predict", {"network": "squeezenet-1.1", **call})
        classes = answered(service, "predict", "squeezenet-1.1", call)["classes"]
        assert classes[0]["name"] == "espresso"
        for language in LANGUAGES:
            _, printed = ran(scripts[language])
            for line, one in zip(printed.splitlines(), classes, strict=True):
                index, share, logit, name = line.split(maxsplit=3)
                assert (int(index), name) == (one["index"], one["name"])
                assert float(share) == pytest.approx(one["probability"], abs=1e-4)
                assert float(logit) == pytest.approx(one["logit"], rel=1e-4)


def test_names_of_layers_are_text_and_no_code(tmp_path):
    odd = "😀\"; $(touch x) '`\\"
    home = tmp_path / "networks" / small.NAME
    home.mkdir(parents=True)
    layers = [
        Layer("conv2d", {"kernel_size": 3, "out_channels": 8}, odd, "input", weights=("weight", "bias")),
        Layer("flatten", {}, "flat"),
        Layer("linear", {"out_features": 5}, "dense", weights=("weight", "bias")),
        Layer("softmax", {}, "share"),
    ]
    network = Network(layers, (3, small.SIDE, small.SIDE))
    initialise(network, seed=2)
    save(network, home / "network")
    (home / "about.json").write_text(json.dumps(small.ABOUT), "utf-8")
    with served(shipped=home.parent) as address:
        service = Service(address)
        call = PICTURE | {"layer": odd}
        scripts = service.scripts("activations", {"network": small.NAME, **call})
        whole = answered(service, "activations", small.NAME, call)["values"]
        for language in LANGUAGES:
            names, _ = ran(scripts[language])
            assert_same(names["maps"], whole, scripts[language])
            [file] = Path().glob("*.npy")
            assert re.fullmatch(r"[A-Za-z0-9._-]+", file.name)
            file.unlink()
        if HAS_CURL:
            curled(scripts["curl"])
            assert_same(np.load(file.name), whole, scripts["curl"])
        told = answered(service, "network_trace", small.NAME, call | {"cell": [1, 2, 3]})
        scripts = service.scripts("network_trace", {"network": small.NAME, **call, "cell": [1, 2, 3]})
        for language in LANGUAGES:
            _, printed = ran(scripts[language])
            [line] = [line for line in printed.splitlines() if line.startswith(odd)]
            value = float(line.removeprefix(odd).split()[0])
            assert value == pytest.approx(told["steps"][0]["trace"]["value"], rel=1e-4)
    assert not Path("x").exists()
