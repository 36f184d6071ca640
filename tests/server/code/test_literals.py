"""Numbers, JSON and names as Python writes them, whatever is in them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from engine.network import Layer, Network, initialise, save
from tests.served import served
from tests.server.code.answers import PICTURE, answered
from tests.server.code.running import HAS_CURL, LANGUAGES, Service, assert_same, curled, ran
from tests.server.networks import small


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
