"""The photos that come with the service: always there, decoded when first asked for."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TypedDict, cast

from server.images.decode import decode
from server.images.picture import Picture

_HERE = resources.files("server.images")


class Sample(TypedDict):
    """A row of samples.json: the name, its title in both languages, and whom to thank."""

    id: str
    title: dict[str, str]
    credit: str


@functools.cache
def samples() -> dict[str, Sample]:
    """Return the samples by their ids, in the order of the gallery."""
    rows = cast("list[Sample]", json.loads(_HERE.joinpath("samples.json").read_text("utf-8")))
    return {row["id"]: row for row in rows}


@functools.cache
def sample_picture(name: str) -> Picture:
    """Return the photo called ``name``; it stays in memory from then on.

    Raises:
        KeyError: no sample has this name.
    """
    sample = samples()[name]
    return decode(_HERE.joinpath("photos", f"{sample['id']}.jpg").read_bytes())
