"""The service's limits and places, read once from CONVSCOPE_ environment variables.

``CONVSCOPE_MAX_PIXELS=10_000_000`` sets ``Settings.max_pixels``, and so for every
field. MB is 1,000,000 bytes, MiB is 1,048,576.
"""

from __future__ import annotations

import dataclasses
import difflib
import ipaddress
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, cast
from urllib.parse import urlsplit

from engine.limits import Limits

PREFIX = "CONVSCOPE_"
MB = 1_000_000
MIB = 2**20
ANY_ADDRESS = "<address>"
"""Among the allowed hosts: whatever is a numeric address."""


class SettingsError(ValueError):
    """A CONVSCOPE_ variable is unknown or has a value that is not allowed."""


Setting: TypeAlias = "int | float | Path | tuple[str, ...] | None"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number between two ends, whole or not."""

    low: float
    high: float
    unit: str
    whole: bool

    def parse(self, name: str, text: str) -> Setting:
        try:
            return int(text) if self.whole else float(text)
        except ValueError:
            raise self._refusal(name, text) from None

    def check(self, name: str, value: object) -> None:
        kinds = (int,) if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise self._refusal(name, value)
        if not self.low <= value <= self.high:
            raise self._refusal(name, value)

    def _refusal(self, name: str, value: object) -> SettingsError:
        noun = "a whole number" if self.whole else "a number"
        return SettingsError(
            f"{name} is {str(value)[:60]!r}; it must be {noun} from {self.low:,} "
            f"to {self.high:,} ({self.unit})."
        )


@dataclass(frozen=True, slots=True)
class _Folder:
    """A path, or nothing."""

    def parse(self, name: str, text: str) -> Setting:
        return Path(text) if text else None

    def check(self, name: str, value: object) -> None:
        if not (value is None or isinstance(value, Path)):
            raise SettingsError(f"{name} must be the path of a folder, or empty for none.")


@dataclass(frozen=True, slots=True)
class _Names:
    """A comma-separated list of which every part passes ``sound``."""

    sound: Callable[[str], bool]
    what: str

    def parse(self, name: str, text: str) -> Setting:
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def check(self, name: str, value: object) -> None:
        parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        for part in parts:
            if not isinstance(part, str) or not self.sound(part):
                raise SettingsError(
                    f"{name} holds {str(part)[:60]!r}; it must be a comma-separated list of {self.what}."
                )


_Law: TypeAlias = "_Number | _Folder | _Names"


def bracketed(host: str) -> str:
    """Return ``host`` as it stands in a Host header: lower case, IPv6 in brackets."""
    bare = host.strip("[]").lower()
    try:
        return f"[{ipaddress.IPv6Address(bare)}]"
    except ValueError:
        return bare


def _is_host(text: str) -> bool:
    bare = text.strip("[]") if text.startswith("[") else text.replace(":", "/")
    return bool(bare) and not set(bare) & set("/@, ") and text == bracketed(text)


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and _is_bare(parts.netloc, text, parts.scheme)


def _is_bare(netloc: str, text: str, scheme: str) -> bool:
    return bool(netloc) and "@" not in netloc and text == f"{scheme}://{netloc.lower()}"


def _whole(default: int, low: int, high: int, unit: str) -> int:
    return field(default=default, metadata={"law": _Number(low, high, unit, whole=True)})


def _real(default: float, low: float, high: float, unit: str) -> float:
    return field(default=default, metadata={"law": _Number(low, high, unit, whole=False)})


def _cores() -> int:
    return min(os.cpu_count() or 1, 256)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service allows. Every field has a default and a checked range.

    Raises:
        SettingsError: a value outside its range; the sentence names the variable.
    """

    max_pixels: int = _whole(40_000_000, 1, 1_000_000_000, "pixels of one picture")
    max_upload_bytes: int = _whole(20 * MB, 1, 1_000 * MB, "bytes of one uploaded file")
    max_body_bytes: int = _whole(8 * MB, 1024, 1_000 * MB, "bytes of one JSON body")
    max_values: int = _whole(1_000_000, 1, 100_000_000, "numbers in one JSON body")
    max_json_values: int = _whole(1_000_000, 1, 100_000_000, "numbers in one JSON answer")
    max_size: int = _whole(4096, 1, 32_768, "cells on a picture's long side")
    max_kernel: int = _whole(31, 1, 1024, "cells per axis")
    max_stride: int = _whole(16, 1, 4096, "cells per axis")
    max_dilation: int = _whole(16, 1, 4096, "cells per axis")
    max_padding: int = _whole(512, 0, 65_536, "cells per side")
    max_channels: int = _whole(4096, 1, 1_000_000, "channels")
    max_cells: int = _whole(16_000_000, 1, 1_000_000_000, "output cells of one request")
    max_request_bytes: int = _whole(512 * MB, MB, 1_000_000 * MB, "bytes of one request's work")
    max_table: int = _whole(1_000_000, 1, 1_000_000_000, "entries of one axis's index table")
    max_frames: int = _whole(64, 1, 10_000, "frames kept of an animation")
    max_message_bytes: int = _whole(MIB, 1024, 1024 * MIB, "bytes of one WebSocket message")
    store_bytes: int = _whole(256 * MB, MB, 1_000_000 * MB, "bytes of stored pictures")
    store_age: float = _real(86_400.0, 1, 31_536_000, "seconds a picture is kept")
    cache_bytes: int = _whole(64 * MB, 0, 1_000_000 * MB, "bytes of pictures kept reduced")
    network_bytes: int = _whole(256 * MB, 0, 1_000_000 * MB, "bytes of networks' activations kept")
    max_slots: int = _whole(8, 1, 1024, "slots of one WebSocket")
    max_sockets: int = _whole(2000, 1, 1_000_000, "open WebSockets")
    max_trace_terms: int = _whole(65_536, 1, 100_000_000, "terms of one traced sum")
    body_timeout: float = _real(15.0, 0.01, 3600, "seconds to wait for a body")
    compute_threads: int = field(
        default_factory=_cores,
        metadata={"law": _Number(1, 256, "threads that compute", whole=True)},
    )
    data: Path | None = field(default=None, metadata={"law": _Folder()})
    """Folder that keeps uploaded pictures over a restart; none: they live in memory."""
    allowed_hosts: tuple[str, ...] = field(
        default=("localhost", "127.0.0.1", "[::1]"),
        metadata={"law": _Names(_is_host, "host names or addresses, no scheme, no port, IPv6 in brackets")},
    )
    """Names this service answers to (the Host header, without its port)."""
    allowed_origins: tuple[str, ...] = field(
        default=(),
        metadata={"law": _Names(_is_origin, "origins such as https://example.org, no more")},
    )
    """Other sites whose pages may use this service, beside its own pages."""

    def __post_init__(self) -> None:
        for each in dataclasses.fields(self):
            law = cast("_Law", each.metadata["law"])
            law.check(PREFIX + each.name.upper(), getattr(self, each.name))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from ``environment`` (default: the process's own).

        Raises:
            SettingsError: an unknown CONVSCOPE_ variable, or a value not allowed.
        """
        environment = os.environ if environment is None else environment
        known = {PREFIX + each.name.upper(): each for each in dataclasses.fields(cls)}
        chosen: dict[str, Setting] = {}
        for name, text in sorted(environment.items()):
            if not name.startswith(PREFIX):
                continue
            if name not in known:
                raise SettingsError(_unknown(name, list(known)))
            law = cast("_Law", known[name].metadata["law"])
            chosen[known[name].name] = law.parse(name, text.strip())
        build = cast("Callable[..., Settings]", cls)
        return build(**chosen)

    def limits(self) -> Limits:
        """Return what the engine has to be told of these settings."""
        return Limits(
            kernel=self.max_kernel,
            stride=self.max_stride,
            dilation=self.max_dilation,
            padding=self.max_padding,
            channels=self.max_channels,
            cells=self.max_cells,
            bytes=self.max_request_bytes,
            table=self.max_table,
        )

    def serving(self, host: str) -> Settings:
        """Return these settings for a service bound to ``host``, which it then answers to.

        Bound to every address (``0.0.0.0``, ``::`` or nothing), it answers to any
        numeric address, which no foreign name can stand for, and to this machine's name.
        """
        if host in ("", "0.0.0.0", "::"):
            added = (ANY_ADDRESS, socket.gethostname().lower())
        else:
            added = (bracketed(host),)
        hosts = dict.fromkeys((*self.allowed_hosts, *added))
        return dataclasses.replace(self, allowed_hosts=tuple(hosts))


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"{name} is not a setting; the nearest is {near[0]}."
