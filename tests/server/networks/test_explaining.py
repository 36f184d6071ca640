"""What a cell owes to every pixel, as it is told: the engine's numbers, over HTTP and over the stream."""

from __future__ import annotations

import io
from decimal import Decimal

import numpy as np
import pytest

from engine.network import reach
from server.networks.wishes import PictureWish
from tests.server.networks.small import NAME, networks

WISH = {"image": "cat", "layer": "conv/relu", "cell": [2, 5, 6]}


def asked(client, **more):
    return client.post(
        f"/api/networks/{NAME}/explain", json={"image": "cat", "layer": "dense", "cell": [3]} | more
    )


def test_it_adds_up_and_is_the_engines(small, run, dense):
    told = asked(small).json()
    given = np.array(told["contributions"], np.float32)
    np.testing.assert_allclose(given, dense.contributions, rtol=1e-5, atol=1e-7)
    assert told["value"] == run.until("dense")["dense"][3]
    assert told["total"] + told["rest"] == pytest.approx(told["value"])
    assert told["total"] == pytest.approx(given.sum(dtype=np.float64), rel=1e-5)
    assert told["rest"] != 0
    value, total, rest = map(Decimal, told["printed"])
    assert value == total + rest
    assert float(value) == pytest.approx(told["value"], rel=1e-6)
    assert float(total) == pytest.approx(told["total"], rel=1e-5, abs=1e-6)
    binary = np.load(io.BytesIO(asked(small, format="npy").content))
    np.testing.assert_allclose(binary, given, rtol=1e-6, atol=1e-9)
    assert binary.dtype == np.float32


def test_the_strongest_pixels_come_first(small, dense):
    top = asked(small).json()["top"]
    summed = dense.contributions.sum(axis=0)
    sizes = [abs(one["contribution"]) for one in top]
    assert len(top) == 10
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == pytest.approx(np.abs(summed).max(), rel=1e-5)
    for one in top:
        y, x = one["cell"]
        assert one["contribution"] == pytest.approx(summed[y, x], rel=1e-4)
        np.testing.assert_allclose(one["channels"], dense.contributions[:, y, x], rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize(
    ("layer", "cell", "box"),
    [
        ("conv/relu", [2, 5, 6], [5, 6, 3, 3]),
        ("fork/b", [0, 0, 21], [0, 20, 4, 4]),
        ("dense", [3], None),
    ],
)
def test_the_reach_is_the_smallest_box(small, run, layer, cell, box):
    told = asked(small, layer=layer, cell=cell).json()
    inside = reach(run.shipped.network, layer, tuple(cell))
    y, x, height, width = told["reach"]
    assert inside[y : y + height, x : x + width].sum() == inside.sum()
    assert inside[y].any()
    assert inside[:, x].any()
    assert inside[y + height - 1].any()
    assert inside[:, x + width - 1].any()
    assert box is None or told["reach"] == box


def test_a_cell_that_is_cut_off_owes_nothing(small, run):
    dead = np.argwhere(run.until("conv/relu")["conv/relu"] == 0)[0].tolist()
    told = asked(small, layer="conv/relu", cell=dead).json()
    assert (told["value"], told["total"], told["rest"], told["top"]) == (0, 0, 0, [])


def test_nothing_is_computed_again(folder, monkeypatch):
    run = networks(folder).run(NAME, PictureWish(image="cat"))
    run.until("dense")
    monkeypatch.setattr("engine.network.explanation.forward", None)
    from server.networks.explaining import explained

    assert explained(run, "dense", (3,)).told["top"]
