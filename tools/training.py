"""Training the network that ships: python -m tools.training, which `run.py train` starts.

Unlike the rest of tools/ this needs the engine and Pillow, and so an environment that has them.
"""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from engine.architectures.fashion_cnn import LOGITS, fashion_cnn
from engine.errors import ConvscopeError
from engine.network import save
from engine.training import (
    Augmentation,
    Examples,
    Recipe,
    Schedule,
    Training,
    evaluate,
    held_out,
    read_checkpoint,
    read_fashion_mnist,
    write_checkpoint,
)
from engine.training.idx import TEST, TRAINING, holds

from .environment import ROOT
from .talk import DoorError, say
from .training_report import write_report

HELD_OUT = 5000
RECIPE = Recipe(
    epochs=16,
    # Ten epochs down to 0, then six more from half the peak.
    schedule=Schedule(0.08, "cosine", warm_up=0.125, restarts=((0.625, 0.5),)),
    optimiser="nesterov",
    weight_decay=5e-4,
    label_smoothing=0.05,
    augmentation=Augmentation(flip=True, shift=1),
)
SEED = 1
FOLDERS = (ROOT / "data" / "fashion-mnist", Path("/usr/share/datasets/fashion-mnist"))
CHECKPOINT = "checkpoint.npz"
"""Lies where the report goes while the run lasts, and is gone when it is complete."""


def main(arguments: list[str]) -> int:
    """Train, and write network and report; a sentence rather than a traceback when that cannot be."""
    asked = parser().parse_args(arguments)
    try:
        train(asked)
    except (DoorError, ConvscopeError) as error:
        print(f"\n{getattr(error, 'message', error)}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{error.filename or asked.to}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "\nStopped. The same command with --resume goes on after the last whole epoch.", file=sys.stderr
        )
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what is understood."""
    found = argparse.ArgumentParser(prog="run.py train", allow_abbrev=False)
    found.add_argument("folder", nargs="?", type=Path, help="where the four Fashion-MNIST files lie")
    found.add_argument("--epochs", type=positive, default=RECIPE.epochs, help="default %(default)s")
    found.add_argument("--seed", type=natural, default=SEED, help="default %(default)s")
    found.add_argument("--resume", action="store_true", help="go on after the last whole epoch")
    found.add_argument("--to", type=Path, default=ROOT / "build" / "fashion-cnn", help="default %(default)s")
    return found


def positive(text: str) -> int:
    """Read a whole number of at least 1."""
    if natural(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1 on, not {text!r}")
    return int(text)


def natural(text: str) -> int:
    """Read a whole number of at least 0."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"a whole number from 0 on, not {text!r}")
    return int(text)


def train(asked: argparse.Namespace) -> None:
    """Run all epochs, then look at the test pictures, once."""
    folder = data_folder(asked.folder)
    learning, choosing = held_out(read_fashion_mnist(folder, TRAINING), HELD_OUT, asked.seed)
    recipe = replace(RECIPE, epochs=asked.epochs)
    training = Training(fashion_cnn(), LOGITS, learning, choosing, recipe, asked.seed)
    asked.to.mkdir(parents=True, exist_ok=True)
    checkpoint = asked.to / CHECKPOINT
    if asked.resume:
        read_checkpoint(training, checkpoint)
    say(f"{sum(a.size for a in training.network.weights.values()):,} parameters, running statistics included")
    loads = run(training, checkpoint)
    test = read_fashion_mnist(folder, TEST)
    finish(training, test, loads, asked.to, command(asked))
    checkpoint.unlink(missing_ok=True)


def run(training: Training, checkpoint: Path) -> list[float]:
    """Run the epochs that are left, with a checkpoint after each; return how busy the machine was."""
    loads = [os.getloadavg()[0]]
    while training.history.epochs < training.recipe.epochs:
        for progress in training.epoch():
            show(
                progress.step / progress.steps,
                f"epoch {progress.epoch + 1}/{training.recipe.epochs}",
                f"loss {progress.loss:.4f}  {progress.accuracy:.2%}  rate {progress.rate:.4f}",
            )
        write_checkpoint(training, checkpoint)
        last = {name: numbers[-1] for name, numbers in training.history.series.items()}
        loads.append(os.getloadavg()[0])
        say(
            f"\repoch {training.history.epochs:2}: seen {last['seen_loss']:.4f} {last['seen_accuracy']:.2%}, "
            f"training {last['train_loss']:.4f} {last['train_accuracy']:.2%}, "
            f"held out {last['held_loss']:.4f} {last['held_accuracy']:.2%}, {last['seconds']:.0f} s"
        )
    return loads


def finish(training: Training, test: Examples, loads: list[float], to: Path, asked: str) -> None:
    """Evaluate on the test pictures, and write everything."""
    found = evaluate(training.network, LOGITS, test, training.preparation)
    save(training.network, to / "network")
    write_report(to / "report", training, found, loads, asked)
    say(f"On the {found.count:,} test pictures: {found.accuracy:.2%}. Network and report are in {to}.")


def data_folder(named: Path | None) -> Path:
    """Return the folder of the data set: the one named, or the first that has it.

    Raises:
        DoorError: which says where the data set comes from.
    """
    candidates = FOLDERS if named is None else (named,)
    for folder in candidates:
        if holds(folder):
            return folder
    looked = " nor in ".join(map(str, candidates))
    raise DoorError(
        f"The four files of Fashion-MNIST are not in {looked}.\n"
        "They are train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz and the same with t10k. Debian has "
        "them\n(apt install dataset-fashion-mnist), Zalando publishes them as fashion-mnist. Then: "
        "python3 run.py train FOLDER"
    )


def command(asked: argparse.Namespace) -> str:
    """Return the command that does the same, without the machine's own paths."""
    folder = "" if asked.folder is None else " FOLDER"
    return f"python3 run.py train{folder} --epochs {asked.epochs} --seed {asked.seed}"


def show(part: float, before: str, after: str, width: int = 24) -> None:
    """Draw the progress bar over the last one; nothing where nobody watches."""
    if sys.stdout.isatty():
        done = round(part * width)
        print(f"\r{before} [{'#' * done}{'.' * (width - done)}] {after} ", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
