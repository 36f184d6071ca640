"""`run.py train`: what it accepts, refuses, writes, and how it goes on."""

from __future__ import annotations

import gzip
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.network import load
from engine.training.idx import TEST, TRAINING
from tools import training, training_report
from tools.environment import FOR_TRAINING, ROOT

SMALL = """
import sys
from dataclasses import replace
from pathlib import Path
from tools import training
training.HELD_OUT, training.FOLDERS = 20, (Path("/nowhere/fashion-mnist"),)
training.RECIPE = replace(training.RECIPE, epochs=2, batch=16)
"""
"""Few pictures, small batches, and no data set of the machine's own."""

STOP = """
write = training.write_checkpoint
def stop(*given):
    write(*given)
    raise KeyboardInterrupt
training.write_checkpoint = stop
"""


def train(*arguments: object, first: str = "") -> subprocess.CompletedProcess[str]:
    """Run the tool as run.py does; ``first`` is Python that runs before."""
    script = f"{SMALL}{first}\nsys.exit(training.main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **FOR_TRAINING},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for files, count in ((TRAINING, 60), (TEST, 30)):
        labels = (np.arange(count) % 10).astype(np.uint8)
        pictures = rng.integers(0, 256, (count, 28, 28), np.uint8)
        for name, array in zip(files, (pictures, labels), strict=True):
            head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
            (folder / f"{name}.gz").write_bytes(gzip.compress(head + array.tobytes()))
    return folder


def test_it_writes_network_and_report(data: Path, tmp_path: Path):
    to = tmp_path / "made" / "network"
    done = train(data, "--seed", 3, "--to", to)
    assert done.returncode == 0, done.stderr
    assert sorted(path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()) == [
        "network.json",
        "network.npz",
        "report/confusion.png",
        "report/curves.png",
        "report/history.npz",
        "report/report.json",
        "report/report.md",
    ]
    report = json.loads((to / "report" / "report.json").read_text("utf-8"))
    assert report["command"] == "python3 run.py train FOLDER --epochs 2 --seed 3"
    assert report["pictures"] == {"learnt_from": 40, "held_out": 20, "test": 30}
    assert np.array(report["test"]["confusion"]).sum() == 30
    assert len(report["epochs"]) == 2
    assert report["took"]["processor_seconds"] > 0
    assert len(report["took"]["load"]) == 3
    words = (to / "report" / "report.md").read_text("utf-8")
    assert f"{report['test']['accuracy']:.2%} of the 30 test pictures" in words
    assert all(name in words for name in training_report.CLASSES)
    for name in ("confusion.png", "curves.png"):
        with Image.open(to / "report" / name) as picture:
            assert len(np.unique(np.asarray(picture).reshape(-1, 3), axis=0)) > 20
    assert len(load(to / "network").weights) == 22
    assert "epoch  2: seen" in done.stdout
    assert "On the 30 test pictures: " in done.stdout


def test_it_goes_on_where_it_was_stopped(data: Path, tmp_path: Path):
    straight, stopped = tmp_path / "straight", tmp_path / "stopped"
    assert train(data, "--to", straight).returncode == 0
    interrupted = train(data, "--to", stopped, first=STOP)
    assert interrupted.returncode == 130
    assert "--resume goes on" in interrupted.stderr
    assert [path.name for path in stopped.iterdir()] == [training.CHECKPOINT]
    assert train(data, "--to", stopped, "--resume").returncode == 0
    assert not (stopped / training.CHECKPOINT).exists()
    one, other = load(straight / "network"), load(stopped / "network")
    for key, array in one.weights.items():
        np.testing.assert_array_equal(array, other.weights[key])
    over = train(data, "--to", stopped, "--resume")
    assert over.returncode == 1
    assert "checkpoint.npz cannot be loaded: it cannot be read" in over.stderr


def test_where_there_is_no_data_it_says_where_to_get_it(tmp_path: Path):
    done = train()
    assert done.returncode == 1
    assert "not in /nowhere/fashion-mnist" in done.stderr
    assert "dataset-fashion-mnist" in done.stderr
    assert f"not in {tmp_path}" in train(tmp_path).stderr


def test_a_damaged_file_is_named(data: Path, tmp_path: Path):
    path = data / f"{TRAINING.pictures}.gz"
    path.write_bytes(path.read_bytes()[:5000])
    done = train(data, "--to", tmp_path / "to")
    assert done.returncode == 1
    assert "train-images-idx3-ubyte.gz cannot be loaded: it is damaged" in done.stderr
    assert not (tmp_path / "to").exists()


def test_a_folder_that_cannot_be_written_is_named(data: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    done = train(data, "--to", tmp_path / "file")
    assert done.returncode == 1
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.parametrize(
    "arguments", [["--epochs", "0"], ["--epochs", "many"], ["--seed", "-1"], ["--speed", "9"]]
)
def test_nonsense_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        training.main(arguments)
    assert caught.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_the_bar_is_drawn_for_a_person_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    training.show(0.5, "epoch 1/2", "loss 1")
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    training.show(0.5, "epoch 1/2", "loss 1", 8)
    assert "epoch 1/2 [####....] loss 1" in capsys.readouterr().out
