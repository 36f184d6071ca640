"""The report of a training run: report.json, report.md, history.npz and two pictures."""

import json
import os
import platform
from pathlib import Path

import numpy as np

from engine.training import Evaluation, Training

from .training_pictures import confusion_picture, curves_picture

CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


def write_report(folder: Path, training: Training, test: Evaluation, loads: list[float], asked: str) -> None:
    """Write all files of the report into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    history = training.history
    np.savez_compressed(
        folder / "history.npz",
        allow_pickle=False,
        layers=np.array(history.layers),
        **history.arrays(),
    )
    facts = report(training, test, loads, asked)
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    (folder / "report.json").write_text(text, "utf-8")
    (folder / "report.md").write_text(in_words(training, test, loads, asked), "utf-8")
    confusion_picture(test.confusion, CLASSES).save(folder / "confusion.png", optimize=True)
    curves_picture(history.series).save(folder / "curves.png", optimize=True)


def report(training: Training, test: Evaluation, loads: list[float], asked: str) -> dict[str, object]:
    """Return everything that report.json says."""
    series = training.history.series
    return {
        "command": asked,
        "recipe": training.recipe.data(),
        "seed": training.seed,
        "pictures": {
            "learnt_from": len(training.learning.labels),
            "held_out": len(training.choosing.labels),
            "test": test.count,
        },
        "parameters": parameters(training),
        "test": {"accuracy": test.accuracy, "loss": test.loss, "confusion": test.confusion.tolist()},
        "classes": list(CLASSES),
        "epochs": [
            {name: numbers[epoch] for name, numbers in series.items()}
            for epoch in range(training.history.epochs)
        ],
        "took": {
            "seconds": round(sum(series["seconds"]), 1),
            "processor_seconds": round(sum(series["processor_seconds"]), 1),
            "load": [round(load, 2) for load in loads],
        },
        "machine": machine(),
    }


def machine() -> dict[str, object]:
    """Return what the run was computed on and with."""
    return {
        "processor": processor(),
        "processors": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas_threads": os.environ.get("OPENBLAS_NUM_THREADS", "as it pleases"),
    }


def processor() -> str:
    """Return the processor's name, as far as the system tells."""
    info = Path("/proc/cpuinfo")
    names = info.read_text("utf-8").splitlines() if info.is_file() else []
    found = [line.partition(":")[2].strip() for line in names if line.startswith("model name")]
    return found[0] if found else platform.machine()


def in_words(training: Training, test: Evaluation, loads: list[float], asked: str) -> str:
    """Return report.md."""
    series = training.history.series
    rows = [
        f"| {name} | {test.confusion[n, n] / max(test.confusion[n].sum(), 1):.1%} | {_mostly(test, n)} |"
        for n, name in enumerate(CLASSES)
    ]
    table = "\n".join(rows)
    return f"""# How this network was trained

    {asked}

{test.accuracy:.2%} of the {test.count:,} test pictures are taken for what they are.
With these weights they were looked at once, at the end.
{len(training.choosing.labels):,} of the training pictures were kept apart to choose the recipe
by; the network learnt from the other {len(training.learning.labels):,}.
It has {parameters(training):,} parameters, running statistics included.

It took {sum(series["seconds"]):,.0f} seconds by the clock and
{sum(series["processor_seconds"]):,.0f} seconds of processors: {os.cpu_count()} of {processor()},
Python {platform.python_version()}, NumPy {np.__version__}. The machine had other work too: its load was
{min(loads):.1f} to {max(loads):.1f}, with this run.

| class | found | else mostly taken for |
|---|---|---|
{table}

![confusion](confusion.png)

![curves](curves.png)
"""


def parameters(training: Training) -> int:
    """Return how many numbers the network holds."""
    return sum(array.size for array in training.network.weights.values())


def _mostly(test: Evaluation, number: int) -> str:
    others = test.confusion[number].copy()
    others[number] = 0
    worst = int(others.argmax())
    return f"{CLASSES[worst]} ({others[worst]})" if others[worst] else "nothing"
