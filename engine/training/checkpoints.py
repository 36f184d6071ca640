"""Checkpoints: a run as one .npz file, from which it goes on to the same last bit."""

from __future__ import annotations

import json
import os
import secrets
import zipfile
from pathlib import Path
from typing import cast

import numpy as np

from engine.arrays import Array
from engine.errors import ConvscopeError
from engine.limits import IN_PYTHON, Limits
from engine.network.archive import bad_file, read_arrays
from engine.network.weight_store import Key
from engine.training.history import History
from engine.training.loop import Training

_STATE = "state"
_WEIGHTS = "weights"
_OPTIMISER = "optimiser"
_HISTORY = "history"


def write_checkpoint(training: Training, path: str | os.PathLike[str]) -> None:
    """Write weights, optimiser, random state and history of a run between two epochs; whole or not at all.

    Raises:
        OSError: if the file cannot be written.
    """
    state = {
        "recipe": training.recipe.data(),
        "seed": training.seed,
        "steps": training.optimiser.steps,
        "random": training.rng.bit_generator.state,
    }
    arrays: dict[str, Array] = {_STATE: np.frombuffer(json.dumps(state).encode(), np.uint8)}
    for key, array in training.network.weights.items():
        arrays["|".join((_WEIGHTS, *key))] = array
    for (slot, key), array in training.optimiser.state.items():
        arrays["|".join((_OPTIMISER, slot, *key))] = array
    for name, array in training.history.arrays().items():
        arrays[f"{_HISTORY}|{name}"] = array
    place = Path(path)
    beside = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            np.savez(file, **cast("dict[str, object]", arrays))  # type: ignore[arg-type]
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read_checkpoint(training: Training, path: str | os.PathLike[str], limits: Limits = IN_PYTHON) -> None:
    """Let a fresh run of the same network, recipe and seed go on where the one in the file stopped.

    Raises:
        BadFile: if the file is missing, damaged, or of another network, recipe or seed; the run is then
            to be thrown away.
    """
    place = Path(path)
    arrays = _arrays(place, limits)
    state = _state(place, arrays.pop(_STATE))
    if state.get("recipe") != json.loads(json.dumps(training.recipe.data())):
        raise bad_file(place, "it was made by another recipe (the number of epochs is part of one)")
    if state.get("seed") != training.seed:
        raise bad_file(place, f"it was made from the seed {state.get('seed')}, not {training.seed}")
    try:
        _restore(training, arrays, state)
    except (KeyError, ValueError, TypeError, ConvscopeError) as error:
        raise bad_file(place, "it does not belong to this network") from error


def _arrays(path: Path, limits: Limits) -> dict[str, Array]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.removesuffix(".npy") for name in archive.namelist()]
    except OSError as error:
        raise bad_file(path, f"it cannot be read ({error.strerror or 'no reason given'})") from None
    except zipfile.BadZipFile:
        raise bad_file(path, "it is damaged") from None
    if _STATE not in names:
        raise bad_file(path, "it is not a checkpoint")
    return read_arrays(path, names, limits)


def _state(path: Path, written: Array) -> dict[str, object]:
    try:
        found: object = json.loads(written.tobytes())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_file(path, "its state cannot be read")
    return cast("dict[str, object]", found)


def _restore(training: Training, arrays: dict[str, Array], state: dict[str, object]) -> None:
    weights: dict[Key, Array] = {}
    history: dict[str, Array] = {}
    training.optimiser.state.clear()
    for name, array in arrays.items():
        kind, *rest = name.split("|")
        if kind == _WEIGHTS:
            layer, held = rest
            weights[layer, held] = array
        elif kind == _OPTIMISER:
            slot, layer, held = rest
            training.optimiser.state[slot, (layer, held)] = array  # type: ignore[assignment]
        else:
            history[rest[0]] = array
    if set(weights) != set(training.network.weights.names):
        raise ValueError("weights")
    if any(array.shape != weights[key].shape for (_, key), array in training.optimiser.state.items()):
        raise ValueError("optimiser")
    training.network.weights.update(weights)
    training.optimiser.steps = int(cast("int", state["steps"]))
    training.rng.bit_generator.state = cast("dict[str, object]", state["random"])
    training.history = History.of(training.history.layers, history)
