"""Runs are computed only as far as was asked, once, whoever asks; and bounded in bytes."""

from __future__ import annotations

import threading
from collections import Counter

import numpy as np
import pytest

from engine.declaration.call import Call
from engine.errors import UnknownName
from engine.network import activations
from server.networks.wishes import PictureWish
from tests.server.networks.small import LAYERS, NAME, networks

CAT, DOG = PictureWish(image="cat"), PictureWish(image="spaniels")


@pytest.fixture
def computed(monkeypatch):
    """How often each operation has been computed."""
    counts: Counter[str] = Counter()
    run = Call.run

    def counted(call):
        counts[call.operation.name] += 1
        return run(call)

    monkeypatch.setattr(Call, "run", counted)
    return counts


def test_nothing_runs_before_it_is_asked_for(folder, computed):
    run = networks(folder).run(NAME, CAT)
    assert not computed
    run.until("fork/a")
    assert computed == {"conv2d": 2, "relu": 1}
    assert [run.has(layer) for layer in LAYERS] == [True] * 3 + [False] * 6
    run.until("conv")
    assert computed.total() == 3
    assert [name for name, _ in run.layers()] == LAYERS
    assert computed.total() == len(LAYERS)
    assert set(run.ms) == set(LAYERS)


def test_what_comes_out_is_the_engines(folder):
    found = networks(folder)
    run = found.run(NAME, CAT)
    expected = activations(run.shipped.network, run.prepared.values)
    for name, array in run.layers():
        assert np.array_equal(array, expected[name])


def test_the_same_picture_is_the_same_run(folder):
    found = networks(folder)
    whole = found.run(NAME, PictureWish(image="coffee"))
    assert found.run(NAME, PictureWish(image="coffee", crop=[0, 0, 400, 600])) is whole
    others = [
        PictureWish(image="coffee", crop=[0, 0, 400, 599]),
        PictureWish(image="coffee", invert=True),
        PictureWish(image="cat"),
        PictureWish(image="digit", frame=1),
        PictureWish(image="digit", frame=2),
    ]
    assert len({id(found.run(NAME, wish)) for wish in others} | {id(whole)}) == 6


def test_two_who_ask_at_once_compute_nothing_twice(folder, computed):
    run, start, seen = networks(folder).run(NAME, CAT), threading.Barrier(6), []

    def ask(layer: str):
        start.wait()
        seen.append(run.until(layer)[layer])

    layers = ["share", "pool", "share", "conv", "dense", "share"]
    threads = [threading.Thread(target=ask, args=(layer,)) for layer in layers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(seen) == 6
    assert computed.total() == len(LAYERS)


def test_a_run_that_failed_begins_again(folder, computed, monkeypatch):
    run = networks(folder).run(NAME, CAT)
    run.until("conv/relu")
    counted = Call.run

    def fails(call):
        raise MemoryError

    monkeypatch.setattr(Call, "run", fails)
    with pytest.raises(MemoryError):
        run.until("share")
    monkeypatch.setattr(Call, "run", counted)
    expected = activations(run.shipped.network, run.prepared.values)
    assert np.array_equal(run.until("share")["share"], expected["share"])


def test_an_unknown_layer_is_refused_and_nothing_runs(folder, computed):
    with pytest.raises(UnknownName):
        networks(folder).run(NAME, CAT).until("nonesuch")
    assert not computed


def test_the_least_recently_used_make_room(folder):
    size = networks(folder).run(NAME, CAT).nbytes
    found = networks(folder, most_bytes=2 * size)
    first, second = found.run(NAME, CAT), found.run(NAME, DOG)
    assert found.run(NAME, CAT) is first
    found.run(NAME, PictureWish(image="coffee"))
    assert found.run(NAME, CAT) is first
    assert found.run(NAME, DOG) is not second


def test_the_newest_run_is_kept_whatever_it_takes(folder):
    found = networks(folder, most_bytes=0)
    run = found.run(NAME, CAT)
    assert found.run(NAME, CAT) is run
    assert found.run(NAME, DOG) is not run
    assert found.run(NAME, CAT) is not run


def test_a_run_takes_what_the_network_says(folder):
    run = networks(folder).run(NAME, CAT)
    kept = run.until("share")
    own = [array for array in kept.values() if array.base is None]
    assert sum(array.nbytes for array in own) <= run.nbytes == run.shipped.summary.kept_bytes
