"""Pictures of clothes from Fashion-MNIST, which lie beside the network that learnt from their kind."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from server.assets import NETWORKS
from server.errors import ApiError
from server.images.decode import decode
from server.images.picture import Picture
from server.images.samples import Sample

_FOLDER = NETWORKS / "fashion-cnn" / "samples"
_BEFORE = "fashion-"
"""Begins their ids; the rest is the file's name."""


class Garment(NamedTuple):
    """A picture, and what is said of it."""

    row: Sample
    picture: Picture


class _Title(TypedDict):
    en: str
    zh: str


class _Row(BaseModel):
    """A row of samples.json, as far as it is shown."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.png$")]
    title: _Title
    credit: str


class _List(BaseModel):
    samples: list[_Row]


@functools.cache
def garments(folder: Path = _FOLDER) -> dict[str, Garment]:
    """Return the pictures by their ids; what is missing or damaged is left out. They stay in memory."""
    try:
        rows = _List.model_validate_json((folder / "samples.json").read_bytes()).samples
    except (OSError, ValueError):
        return {}
    found: dict[str, Garment] = {}
    for row in rows:
        name = _BEFORE + row.file.removesuffix(".png")
        try:
            picture = decode((folder / row.file).read_bytes())
        except (OSError, ApiError):
            continue
        title = {"en": row.title["en"], "zh": row.title["zh"]}
        found[name] = Garment({"id": name, "title": title, "credit": row.credit}, picture)
    return found
