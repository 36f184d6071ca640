"""The networks that ship, and photos prepared for them: by Pillow, apart from the service."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.network import Network, load

ROOT = Path(__file__).resolve().parents[3]
NETWORKS = ROOT / "networks"
PHOTOS = sorted((ROOT / "server" / "images" / "photos").glob("*.jpg"))
NAMES = sorted(path.parent.name for path in NETWORKS.glob("*/network.npz"))


@cache
def shipped(name: str) -> Network:
    return load(NETWORKS / name / "network")


@cache
def about(name: str) -> dict[str, Any]:
    return json.loads((NETWORKS / name / "about.json").read_text(encoding="utf-8"))


def prepared(name: str, photo: Path | io.BytesIO) -> np.ndarray:
    """The square in the middle, reduced, in the network's order of channels, subtracted and divided."""
    steps = about(name)["preparation"]
    with Image.open(photo) as image:
        side, bands = min(image.size), "L" if steps["channels"] == ["grey"] else "RGB"
        left, top = (image.width - side) // 2, (image.height - side) // 2
        middle = image.convert(bands).crop((left, top, left + side, top + side))
        reduced = middle.resize((steps["width"], steps["height"]), Image.Resampling.BILINEAR)
    levels = np.atleast_3d(np.asarray(reduced, np.float32)).transpose(2, 0, 1)
    order = [["red", "green", "blue"].index(c) if bands == "RGB" else 0 for c in steps["channels"]]
    subtract, divide = (np.array(steps[key], np.float32)[:, None, None] for key in ("subtract", "divide"))
    return (levels[order] - subtract) / divide
