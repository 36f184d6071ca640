"""Views of a network with the engine: the lines run, and names of layers are whatever they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.network import explain, forward, load
from server.code import network_engine
from server.networks.cell_wishes import CellWish
from tests.server.networks import small

WISH = CellWish(image="cat", layer="dense", cell=[3])


@pytest.fixture(scope="module")
def known():
    """What a script knows by then: the network, and a picture as it is given it."""
    x = np.random.default_rng(1).standard_normal((3, small.SIDE, small.SIDE)).astype(np.float32)
    return {"np": np, "network": small.network(), "x": x, "forward": forward, "explain": explain}


def test_what_is_computed_is_what_is_wanted(known):
    names = dict(known)
    exec(network_engine.run(["fork/a", "share"]), names)
    whole = dict(forward(known["network"], known["x"]))
    for layer in ("fork/a", "share"):
        np.testing.assert_array_equal(names["a"][layer], whole[layer])


def test_a_name_is_text_whatever_is_in_it():
    odd = 'a"], x) or exit(核) #\\'
    names = {"network": None, "x": 1, "forward": lambda _, x, wanted: [(name, x) for name in wanted]}
    exec(network_engine.run([odd]), names)
    assert names["a"] == {odd: 1}


def test_what_a_cell_owes_is_printed_and_saved(known, capsys):
    names = dict(known)
    exec(network_engine.explained(WISH), names)
    found = explain(known["network"], known["x"], "dense", (3,))
    said = dict(line.split(" ") for line in capsys.readouterr().out.splitlines())
    assert {name: float(said[name]) for name in ("value", "total", "rest")} == {
        "value": found.value,
        "total": found.total,
        "rest": found.rest,
    }
    np.testing.assert_array_equal(np.load("contributions.npy"), found.contributions)


def test_both_files_of_a_network_are_fetched(tmp_path):
    home = small.ship(tmp_path)
    asked: list[str] = []

    def fetched(address: str, name: str) -> None:
        asked.append(address)
        shutil.copy(home / f"network{Path(name).suffix}", name)

    urllib = SimpleNamespace(request=SimpleNamespace(urlretrieve=fetched))
    names: dict[str, Any] = {"urllib": urllib, "SERVER": "http://here", "load": load}
    exec(network_engine.loaded(small.NAME), names)
    assert asked == [f"http://here/api/networks/small/network.{kind}" for kind in ("json", "npz")]
    assert [node.layer.name for node in names["network"].nodes] == small.LAYERS
