"""Networks as files: weights as .npz and the graph as .json beside it; never pickle."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

import numpy as np

from engine.errors import ConvscopeError
from engine.limits import IN_PYTHON, Limits
from engine.network.archive import bad_file, read_arrays
from engine.network.data import from_data, graph_data
from engine.network.graph import Network
from engine.network.weight_store import Key
from engine.texts import Text

FORMAT = "convscope-network"
VERSION = 1
_JSON_BYTES = 8 * 2**20
_BETWEEN = "/"
"""Between layer and input name; an input's name has none."""


def save(network: Network, path: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Write a network's weights to ``path``.npz and its graph to ``path``.json; return both paths.

    A suffix of ``path`` is replaced. Each file is written whole or not at all. Arrays keep their
    type, and are named layer/input, as "conv1/weight".

    Raises:
        OSError: if the files cannot be written.

    >>> import tempfile; from engine.network import Network, initialise, load, save
    >>> network = Network.sequence([("conv2d", {"kernel_size": 3, "out_channels": 8})], (3, 8, 8))
    >>> initialise(network, 0)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save(network, folder + "/small")
    ...     print([path.name for path in paths], load(paths[0]).shape("conv2d-1"))
    ['small.npz', 'small.json'] (8, 6, 6)
    """
    weights_path, graph_path = paths(path)
    arrays = {_BETWEEN.join(key): array for key, array in network.weights.items()}
    text = {"format": FORMAT, "version": VERSION, "graph": graph_data(network), "arrays": list(arrays)}
    lines = json.dumps(text, ensure_ascii=False, indent=1, allow_nan=False).encode()
    # As a mapping: an array may bear the name of one of savez's own arguments.
    _write(weights_path, lambda file: np.savez(file, **cast("dict[str, object]", arrays)))  # type: ignore[arg-type]
    _write(graph_path, lambda file: file.write(lines))
    return weights_path, graph_path


def paths(path: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Return where weights and graph lie: the same name with .npz and .json."""
    base = Path(path)
    if base.suffix in (".npz", ".json"):
        base = base.with_suffix("")
    return base.with_name(f"{base.name}.npz"), base.with_name(f"{base.name}.json")


def _write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    # Not by tempfile, whose files nobody else may read.
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            write(file)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def load(path: str | os.PathLike[str], *, limits: Limits = IN_PYTHON) -> Network:
    """Return the network that ``save`` wrote to ``path``.

    Nothing is allocated before the sizes that the files state are found to be within ``limits``.

    Raises:
        BadFile: a file that is missing, damaged, or not of this kind; the message says which.
        LimitError: one that would take more memory than ``limits.bytes``.
        ShapeError, ParameterError, UnknownName: a graph or weights that do not fit together.
    """
    weights_path, graph_path = paths(path)
    text = _read_json(graph_path)
    listed = text.get("arrays")
    if text.get("format") != FORMAT or not isinstance(listed, list):
        _refuse(graph_path, f"it is not a graph that Convscope wrote ({FORMAT})")
    if text.get("version") != VERSION:
        _refuse(graph_path, f"its version is not {VERSION}, which is the one known here")
    names: list[str] = []
    for name in cast("list[object]", listed):
        if not isinstance(name, str) or _BETWEEN not in name or name in names:
            _refuse(graph_path, "its list of arrays is not one of names such as layer/input, each once")
        names.append(name)
    arrays = read_arrays(weights_path, names, limits)
    weights: Mapping[Key, object] = {_key(name): array for name, array in arrays.items()}
    try:
        return from_data(text.get("graph"), weights, limits=limits)
    except ConvscopeError as error:
        raise type(error)(
            error.code,
            Text("{file}: {said}", "{file}：{said}").put(said=error.text),
            field=error.field,
            values={**error.values, "file": graph_path.name},
        ) from None


def _key(name: str) -> Key:
    layer, _, held = name.rpartition(_BETWEEN)
    return layer, held


def _read_json(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            content = file.read(_JSON_BYTES + 1)
    except OSError as error:
        _refuse(path, f"it cannot be read ({error.strerror or 'no reason given'})")
    if len(content) > _JSON_BYTES:
        _refuse(path, f"it is larger than {_JSON_BYTES:,} bytes, the most for a graph")
    try:
        found: object = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        _refuse(path, "it is not a JSON object")
    return cast("dict[str, object]", found)


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _refuse(path: Path, why: str) -> NoReturn:
    raise bad_file(path, why)
