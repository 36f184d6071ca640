"""What ships of our own network: the short run comes out again, and weights, report and pictures agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from engine.architectures.fashion_cnn import LOGITS, fashion_cnn
from engine.network import graph_data, load, predict
from engine.training import Preparation, evaluate
from tools.environment import FOR_TRAINING, ROOT
from tools.short_run import LOSSES, REPORT, shipped_pictures
from tools.training import RECIPE, SEED

FOLDER = ROOT / "networks" / "fashion-cnn"
TOLERANCE = 1e-4


@pytest.fixture(scope="module")
def network():
    return load(FOLDER / "network")


@pytest.fixture(scope="module")
def report() -> dict:
    return json.loads((REPORT / "report.json").read_text("utf-8"))


def test_a_short_run_gives_the_losses_that_are_stored():
    """Within what another order of summing can do in so many steps; a change of the training does more."""
    settings = {**os.environ, **FOR_TRAINING}
    command = [sys.executable, "-m", "tools.short_run"]
    printed = subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, check=True).stdout
    found, stored = json.loads(printed), json.loads(LOSSES.read_text("utf-8"))
    assert found.keys() == stored.keys()
    for name, numbers in stored.items():
        assert found[name] == pytest.approx(numbers, rel=TOLERANCE), name


def test_the_network_is_the_architecture(network):
    assert graph_data(network) == graph_data(fashion_cnn())
    assert sum(array.size for array in network.weights.values()) <= 300_000


def test_the_weights_know_the_pictures_that_ship(network):
    """They are of those held out: the network does on them as on the test set, but for chance."""
    found = evaluate(network, LOGITS, shipped_pictures(), Preparation())
    assert found.count == 320
    assert found.accuracy > 0.89
    assert found.loss < 0.32


def test_the_samples_are_what_they_are_said_to_be(network):
    samples = json.loads((FOLDER / "samples" / "samples.json").read_text("utf-8"))["samples"]
    assert [sample["class"] for sample in samples] == list(range(10))
    about = json.loads((FOLDER / "about.json").read_text("utf-8"))
    assert [sample["title"] for sample in samples] == about["classes"]
    right = 0
    for sample in samples:
        with Image.open(FOLDER / "samples" / sample["file"]) as picture:
            assert (picture.mode, picture.size) == ("L", (28, 28))
            levels = np.asarray(picture)
        right += int(predict(network, Preparation()(levels[None])).argmax()) == sample["class"]
    assert right >= 8


def test_the_preparation_told_is_the_one_that_was_trained_with():
    told = json.loads((FOLDER / "about.json").read_text("utf-8"))
    wanted = Preparation()
    assert told["preparation"] == {
        "height": 28,
        "width": 28,
        "channels": ["grey"],
        "subtract": [wanted.subtract],
        "divide": [wanted.divide],
    }
    assert (told["logits"], told["probabilities"]) == (LOGITS, fashion_cnn().output)


def test_the_report_says_what_was_asked_for(report: dict, network):
    assert report["test"]["accuracy"] >= 0.93
    confusion = np.array(report["test"]["confusion"])
    assert confusion.sum() == report["pictures"]["test"] == 10_000
    assert confusion.sum(axis=1).tolist() == [1000] * 10
    assert np.trace(confusion) / 10_000 == report["test"]["accuracy"]
    assert report["pictures"]["held_out"] == 5000
    assert report["parameters"] == sum(array.size for array in network.weights.values())
    assert report["took"]["processor_seconds"] <= 2 * 30 * 60
    assert report["recipe"] == json.loads(json.dumps(RECIPE.data()))
    assert report["seed"] == SEED
    assert f"{report['test']['accuracy']:.2%}" in (REPORT / "report.md").read_text("utf-8")


def test_the_history_holds_every_epoch(report: dict, network):
    with np.load(REPORT / "history.npz", allow_pickle=False) as history:
        epochs = report["recipe"]["epochs"]
        assert history["kernels"].shape == (epochs + 1, 32, 1, 3, 3)
        np.testing.assert_array_equal(history["kernels"][-1], network.weights["conv1", "weight"])
        layers = ["conv1", "pool1/norm", "conv2", "pool2/norm", "conv3", "pool3/norm", "dense1", "dense2"]
        assert history["layers"].tolist() == layers
        assert history["norms"].shape == (epochs, 8)
        for name in ("rate", "train_loss", "train_accuracy", "held_loss", "held_accuracy"):
            assert history[name].tolist() == [epoch[name] for epoch in report["epochs"]]
        assert history["losses"].shape == (epochs * (55_000 // report["recipe"]["batch"]),)


def test_the_pictures_of_the_report_can_be_seen():
    for name in ("confusion.png", "curves.png"):
        with Image.open(REPORT / name) as picture:
            picture.load()
            assert min(picture.size) > 300
