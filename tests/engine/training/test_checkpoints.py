"""Checkpoints: a run goes on as if it had never stopped, and what is not one is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.network import BadFile, Network
from engine.training import Training, read_checkpoint, write_checkpoint
from tests.engine.training.runs import everything, run, training


@pytest.mark.parametrize("optimiser", ["nesterov", "adamw"])
def test_a_run_that_was_stopped_ends_as_one_that_was_not(tmp_path: Path, optimiser: str):
    straight = run(training(optimiser=optimiser), 3)
    first = run(training(optimiser=optimiser), 1)
    write_checkpoint(first, tmp_path / "run.npz")
    resumed = training(optimiser=optimiser)
    read_checkpoint(resumed, tmp_path / "run.npz")
    assert resumed.history.epochs == 1
    run(resumed, 2)
    wanted, found = everything(straight), everything(resumed)
    assert wanted.keys() == found.keys()
    for name, array in wanted.items():
        np.testing.assert_array_equal(array, found[name], name)
    assert resumed.rng.bit_generator.state == straight.rng.bit_generator.state
    assert resumed.optimiser.steps == straight.optimiser.steps


def test_a_checkpoint_replaces_the_one_before_and_leaves_nothing_beside(tmp_path: Path):
    some = training()
    for _ in range(2):
        run(some, 1)
        write_checkpoint(some, tmp_path / "run.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]
    resumed = training()
    read_checkpoint(resumed, tmp_path / "run.npz")
    assert resumed.history.epochs == 2


def refused(some: Training, path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        read_checkpoint(some, path)
    return caught.value.message


def test_another_recipe_or_seed_is_refused(tmp_path: Path):
    path = tmp_path / "run.npz"
    write_checkpoint(run(training(), 1), path)
    assert "made by another recipe" in refused(training(epochs=4), path)
    assert "made from the seed 5, not 6" in refused(training(seed=6), path)


def test_another_network_is_refused(tmp_path: Path):
    path = tmp_path / "run.npz"
    write_checkpoint(run(training(), 1), path)
    other = training()
    layers = [layer for layer in other.network.layers if layer.name != "conv/relu"]
    smaller = [layer for layer in layers if layer.name not in ("norm", "pool")]
    feeds = {"flatten": "conv"}
    other.network = Network(
        [type(one)(one.operation, one.params, one.name, feeds.get(one.name, one.inputs)) for one in smaller],
        (1, 8, 8),
    )
    assert refused(other, path) == "run.npz cannot be loaded: it does not belong to this network."


def test_a_missing_file_is_named(tmp_path: Path):
    assert refused(training(), tmp_path / "run.npz").startswith("run.npz cannot be loaded: it cannot be read")


def test_a_damaged_file_is_refused_wherever_it_is_cut(tmp_path: Path):
    path = tmp_path / "run.npz"
    write_checkpoint(run(training(), 1), path)
    sound = path.read_bytes()
    for length in (0, 10, 500, len(sound) // 2, len(sound) - 30):
        path.write_bytes(sound[:length])
        assert refused(training(), path).startswith("run.npz cannot be loaded: ")
    path.write_bytes(sound[:2000] + bytes(byte ^ 0xFF for byte in sound[2000:2100]) + sound[2100:])
    assert refused(training(), path).startswith("run.npz cannot be loaded: ")


def test_arrays_that_are_no_checkpoint_are_refused(tmp_path: Path):
    path = tmp_path / "run.npz"
    np.savez(path, weights=np.zeros(3))
    assert refused(training(), path) == "run.npz cannot be loaded: it is not a checkpoint."
    np.savez(path, state=np.frombuffer(b"[1, 2", np.uint8))
    assert refused(training(), path) == "run.npz cannot be loaded: its state cannot be read."
