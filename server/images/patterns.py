"""Synthetic pictures: simple shapes on which one sees what an operation does, cell by cell.

Each is drawn at exactly the size that is asked for, never resampled, and always the same.
Levels are round numbers, so that the sums on the screen can be checked in one's head.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image, ImageDraw, ImageFont

from server.images.picture import Levels

DARK, LIGHT = 50, 200
"""Neither is 0: beside a dark area, padding with zeros shows."""
_WHITE = 255
# Up to this many cells, each step of a ramp is the same whole number.
_EVEN_STEPS = 32
_DIRECTIONS = 8
_SQUARES = (4, 8, 16, 32, 64)
_DOTS = (2, 4, 8, 16)
_SEEDS = 64
# A digit is drawn at least this fine; its font and what it is made bolder by, in sides of the picture.
_FINE, _FONT, _STROKE = 256, 1.03, 0.03


@dataclass(frozen=True, slots=True)
class Pattern:
    """A synthetic picture.

    Args:
        title: its name in each language.
        variant: what the number of the variant means, in each language.
        variants: how many there are.
        draw: from the cells of a side, n, and the variant, from 0, to uint8 (n, n).
    """

    title: dict[str, str]
    variant: dict[str, str]
    variants: int
    draw: Callable[[int, int], Levels]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A pattern at a size: all that a picture is, but each frame is drawn when it is asked for."""

    pattern: Pattern
    size: int

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.size

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.size

    @property
    def channels(self) -> int:
        """One: it is grey."""
        return 1

    @property
    def count(self) -> int:
        """Number of frames, which are the variants."""
        return self.pattern.variants

    def frame(self, index: int) -> Levels:
        """Return a variant, uint8 (size, size)."""
        return self.pattern.draw(self.size, index)


def _edge(size: int, direction: int) -> Levels:
    """Dark, then light."""

    def profile(length: int) -> Levels:
        return np.repeat(np.array([DARK, LIGHT], np.uint8), [length // 2, length - length // 2])

    return _towards(size, direction, profile)


def _ramp(size: int, direction: int) -> Levels:
    """Ever lighter, evenly."""

    def profile(length: int) -> Levels:
        step = _WHITE / max(length - 1, 1)
        if length <= _EVEN_STEPS:
            step = np.floor(step)
        return np.rint(step * np.arange(length)).astype(np.uint8)

    return _towards(size, direction, profile)


def _towards(size: int, direction: int, profile: Callable[[int], Levels]) -> Levels:
    """Return a picture that changes along one direction alone, in eighths of a turn from the right."""
    if direction % 2:
        levels = sliding_window_view(profile(2 * size - 1), size)
    else:
        levels = np.broadcast_to(profile(size), (size, size))
    return np.ascontiguousarray(np.rot90(levels, -(direction // 2)))


def _checker(size: int, variant: int) -> Levels:
    """Squares of one size, as whole cells allow."""
    squares = _SQUARES[variant]
    side = max(1, (size + squares // 2) // squares)
    light = np.arange(size) // side % 2 == 1
    return np.where(light[:, np.newaxis] ^ light, np.uint8(LIGHT), np.uint8(DARK))


def _dot(size: int, variant: int) -> Levels:
    """A disc with a smooth rim on nothing, the last a single cell: an impulse."""
    part = _DOTS[variant] if variant < len(_DOTS) else size
    diameter = max(1, (size + part // 2) // part)
    # Along a diameter, from the centre of a cell to the disc's own.
    away = np.arange(diameter, dtype=np.float32) - np.float32((diameter - 1) / 2)
    distance = np.hypot(away[:, np.newaxis], away)
    covered = ((diameter + 1) / 2 - distance).clip(0, 1)
    levels = np.zeros((size, size), np.uint8)
    start = (size - diameter) // 2
    levels[start : start + diameter, start : start + diameter] = np.rint(LIGHT * covered)
    return levels


def _digit(size: int, digit: int) -> Levels:
    """White on black, as handwritten digits are in data sets."""
    # Drawn finer and averaged, for a font's own hints would bend it where cells are few.
    finer = max(1, -(-_FINE // size))
    side = finer * size
    font, stroke = ImageFont.load_default(_FONT * side), _STROKE * side
    image = Image.new("L", (side, side))
    ImageDraw.Draw(image).text((side / 2, side / 2), str(digit), _WHITE, font, "mm", stroke_width=stroke)
    # Fonts leave room beside a figure: it is what is seen that shall stand in the middle.
    figure = image.crop(image.getbbox())
    left, top = (side - figure.width) // 2, (side - figure.height) // 2
    # Of the places less than half a cell away, the one where strokes fill their cells best.
    away = [finer * eighths // 8 for eighths in (0, -1, 1, -2, 2, -3, 3)]
    drawn = [_placed(figure, side, left + shift, top, finer) for shift in dict.fromkeys(away)]
    if len(drawn) == 1:
        return drawn[0]
    return max(drawn, key=lambda levels: int(np.square(levels, dtype=np.int64).sum()))


def _placed(figure: Image.Image, side: int, left: int, top: int, finer: int) -> Levels:
    image = Image.new("L", (side, side))
    image.paste(figure, (left, top))
    return np.array(image.reduce(finer))


def _noise(size: int, seed: int) -> Levels:
    """Every level as likely as any other, each cell by itself."""
    count = size * size
    # Of NumPy's random numbers, the raw words are those that no later version changes.
    words = np.random.PCG64(seed).random_raw(-(-count // 8)).astype("<u8")
    return words.view(np.uint8)[:count].reshape(size, size)


_DIRECTION = {
    "en": "Direction of the light side (0 right, 2 down, 4 left, 6 up)",
    "zh": "变亮的方向（0 右，2 下，4 左，6 上）",
}


@cache
def patterns() -> dict[str, Pattern]:
    """Return the patterns by their ids, in the order of the gallery."""
    return {
        "edge": Pattern({"en": "An edge", "zh": "边缘"}, _DIRECTION, _DIRECTIONS, _edge),
        "checker": Pattern(
            {"en": "A chequerboard", "zh": "棋盘格"},
            {
                "en": "Fineness (0: 4 squares a side, doubled at each step)",
                "zh": "细密程度（0 为每边 4 个方块，每步加倍）",
            },
            len(_SQUARES),
            _checker,
        ),
        "dot": Pattern(
            {"en": "A dot", "zh": "圆点"},
            {
                "en": "Smallness (0: half the side, halved at each step; 4: one cell)",
                "zh": "缩小程度（0 为边长的一半，每步减半；4 为一格）",
            },
            len(_DOTS) + 1,
            _dot,
        ),
        "ramp": Pattern({"en": "A ramp", "zh": "渐变"}, _DIRECTION, _DIRECTIONS, _ramp),
        "digit": Pattern({"en": "A digit", "zh": "数字"}, {"en": "Digit", "zh": "数字"}, 10, _digit),
        "noise": Pattern({"en": "Noise", "zh": "噪声"}, {"en": "Seed", "zh": "随机种子"}, _SEEDS, _noise),
    }
