"""From a picture to a network's input, step by step.

The upright picture, or the crop of it; the largest square in its middle; Pillow's bilinear filter to the
network's size, to whole levels 0..255; 255 - level if it is inverted; channels in the network's order;
minus ``subtract``, by ``divide``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from server.images.choice import Choice, Crop
from server.images.flatten import to_rgb
from server.images.picture import Frames, Levels
from server.networks.about import Preparation

_PLACE = {"red": 0, "green": 1, "blue": 2, "grey": 0}


class StepsData(TypedDict):
    """The steps as JSON-ready data.

    ``picture`` [height, width, channels] of the picture; ``crop`` and ``square`` rectangles [y, x, height,
    width] in its pixels; ``resized`` [height, width]; ``levels`` the least and the greatest level of each
    channel after inverting, ``min`` and ``max`` what the network is given of each.
    """

    picture: list[int]
    crop: list[int]
    square: list[int]
    resized: list[int]
    invert: bool
    channels: list[str]
    subtract: list[float]
    divide: list[float]
    levels: list[list[int]]
    min: list[float]
    max: list[float]
    shape: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """``levels`` uint8 before subtracting and ``values`` float32, both (C, H, W) and read-only."""

    levels: Levels
    values: NDArray[np.float32]
    steps: StepsData


def square(crop: Crop) -> Crop:
    """Return the largest square in the middle of ``crop``; of two middles the upper, the left one."""
    side = min(crop.height, crop.width)
    return Crop(crop.y + (crop.height - side) // 2, crop.x + (crop.width - side) // 2, side, side)


def prepare(picture: Frames, choice: Choice, law: Preparation, *, invert: bool) -> Prepared:
    """Return ``picture`` as a network that is fed by ``law`` takes it; ``choice`` has been checked."""
    crop = choice.crop or Crop(0, 0, picture.height, picture.width)
    y, x, height, width = seen = square(crop)
    image = Image.fromarray(picture.frame(choice.frame)[y : y + height, x : x + width])
    if law.channels == ["grey"]:
        image = image.convert("L")
    if image.size != (law.width, law.height):
        image = image.resize((law.width, law.height), Image.Resampling.BILINEAR)
    found = np.asarray(image)
    order = [_PLACE[channel] for channel in law.channels]
    found = found[:, :, None] if law.channels == ["grey"] else to_rgb(found)
    levels = np.ascontiguousarray(np.moveaxis(found, 2, 0)[order])
    if invert:
        levels = 255 - levels
    values = (levels - _column(law.subtract)) / _column(law.divide)
    for array in (levels, values):
        array.setflags(write=False)
    ends = [[int(one.min()), int(one.max())] for one in levels]
    steps: StepsData = {
        "picture": [picture.height, picture.width, picture.channels],
        "crop": list(crop),
        "square": list(seen),
        "resized": [law.height, law.width],
        "invert": invert,
        "channels": list(law.channels),
        "subtract": law.subtract,
        "divide": law.divide,
        "levels": ends,
        "min": [float(one.min()) for one in values],
        "max": [float(one.max()) for one in values],
        "shape": list(values.shape),
    }
    return Prepared(levels, values, steps)


def _column(numbers: list[float]) -> NDArray[np.float32]:
    return np.array(numbers, np.float32)[:, None, None]
