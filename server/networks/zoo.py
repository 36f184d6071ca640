"""The networks in a folder, one in each of its folders: read when first asked for, then shared by all."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pydantic import ValidationError

from engine.errors import ConvscopeError
from engine.network import Network, Summary, load, summary
from engine.network.units import Unit, units
from engine.texts import Text
from server.errors import ApiError
from server.networks.about import About, read_about

_ABOUT = "about.json"
_NETWORK = "network"
_FILES = (_ABOUT, f"{_NETWORK}.json", f"{_NETWORK}.npz")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SECONDS = 10.0
"""How long what could not be read is taken to be so still, if its files do not change."""


@dataclass(frozen=True, eq=False)
class Shipped:
    """A network as it is served: float32 weights, which nobody changes."""

    name: str
    about: About
    network: Network
    units: tuple[Unit, ...]
    summary: Summary

    @cached_property
    def unit_of(self) -> Mapping[str, Unit]:
        """The unit that each layer belongs to."""
        return {layer: unit for unit in self.units for layer in unit.layers}


class _BadNetwork(Exception):
    """Why a network cannot be used, as a sentence."""


class _Failure(NamedTuple):
    """Why a network could not be read, in which state of its files, and when."""

    why: str
    files: tuple[tuple[int, int], ...]
    when: float


class Zoo:
    """The networks in ``folder`` by name. Safe to use from several threads; reading takes a while.

    Of the networks that ship the sizes are known, so that the limits of requests do not concern them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._reading: dict[str, threading.Lock] = {}
        self._read: dict[str, Shipped] = {}
        self._failed: dict[str, _Failure] = {}

    def names(self) -> list[str]:
        """Return the names of the networks there are, readable or not."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if _is_one(path))
        except OSError:  # there is no such folder, or nobody may look into it
            return []

    def get(self, name: str, field: str = "network") -> Shipped:
        """Return the network called ``name``.

        What could not be read is tried again later, or once its files have changed.

        Raises:
            ApiError: 404 ``unknown_network``; 503 ``network_unavailable``, naming the file at fault.
        """
        found = self._read.get(name)
        if found is not None:
            return found
        # Paths are made of names in the listing alone.
        names = self.names()
        if name not in names:
            raise ApiError(
                404,
                "unknown_network",
                Text(
                    "There is no network called '{name}'; there are {known}.",
                    "没有名为 {name} 的网络；现有：{known}。",
                ).put(known=Text("{names}", "{names}") if names else Text("none", "无")),
                field,
                {"name": name[:40], "names": names},
            )
        with self._lock:
            reading = self._reading.setdefault(name, threading.Lock())
        with reading:
            if name not in self._read:
                self._read[name] = self._try(name)
            return self._read[name]

    def file(self, name: str, file: str) -> Path:
        """Return where ``file`` of the network called ``name`` lies; raises as ``get`` does."""
        self.get(name, "name")
        path = self._folder / name / file
        if not path.is_file():  # it was there when it was read
            raise _unavailable(name, f"{file} is no longer there.")
        return path

    def _try(self, name: str) -> Shipped:
        folder = self._folder / name
        files = tuple(map(_stamp, (folder / file for file in _FILES)))
        failed = self._failed.get(name)
        if failed is not None and failed.files == files and time.monotonic() - failed.when < _SECONDS:
            raise _unavailable(name, failed.why)
        try:
            return _read(folder)
        except _BadNetwork as error:
            self._failed[name] = _Failure(str(error), files, time.monotonic())
            raise _unavailable(name, str(error)) from error


def _is_one(path: Path) -> bool:
    return path.is_dir() and _NAME.fullmatch(path.name) is not None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, -1
    return status.st_mtime_ns, status.st_size


def _read(folder: Path) -> Shipped:
    try:
        about = read_about(folder / _ABOUT)
    except (OSError, ValueError) as error:
        raise _BadNetwork(f"{_ABOUT}: {_reason(error)}.") from error
    try:
        network = load(folder / _NETWORK)
        _narrow(network)
        found = Shipped(folder.name, about, network, units(network), summary(network))
    except ConvscopeError as error:
        raise _BadNetwork(error.message) from error
    except (OSError, MemoryError) as error:
        raise _BadNetwork(f"{_NETWORK}.npz: {_reason(error)}.") from error
    _check(found)
    for array in network.weights.values():
        array.setflags(write=False)
    return found


def _narrow(network: Network) -> None:
    """Make all weights float32, of which memory is counted."""
    for key, array in list(network.weights.items()):
        with np.errstate(over="ignore"):
            narrow = array.astype(np.float32, copy=False)
        if not np.isfinite(narrow).all():
            raise _BadNetwork(f"{_NETWORK}.npz: {'/'.join(key)} holds what is not a finite number.")
        network.weights[key] = narrow


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}"
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror or 'no reason given'})"
    return str(error) or "there is not enough memory for it"


def _check(found: Shipped) -> None:
    """Refuse a network whose about.json and graph do not fit together."""
    about, network = found.about, found.network
    preparation = about.preparation
    fed = (len(preparation.channels), preparation.height, preparation.width)
    if network.input_shape != fed:
        raise _BadNetwork(
            f"{_ABOUT} prepares {list(fed)}, {_NETWORK}.json takes {list(network.input_shape)}."
        )
    for role in ("logits", "probabilities"):
        layer: str = getattr(about, role)
        if layer not in network.planned or network.shape(layer) != (len(about.classes),):
            raise _BadNetwork(
                f"{_ABOUT} names {layer[:40]!r} for its {role}; {_NETWORK}.json has no such layer of "
                f"{len(about.classes)} numbers.",
            )
    for name in network.planned:
        if len(network.shape(name)) not in (1, 3):
            raise _BadNetwork(f"{_NETWORK}.json: the layer {name[:40]!r} gives neither maps nor a vector.")
    if network.weights.missing:
        missing = "/".join(network.weights.missing[0])
        raise _BadNetwork(f"{_NETWORK}.npz holds no {missing}.")


def _unavailable(name: str, why: str) -> ApiError:
    return ApiError(
        503,
        "network_unavailable",
        Text(
            "The network {name} cannot be used just now. {reason}",
            "网络 {name} 暂时无法使用：其文件缺失或损坏（{reason}）。",
        ),
        "network",
        {"name": name, "reason": why},
    )
