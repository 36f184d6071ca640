"""What of a picture is wanted as an input, and the refusal of what cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.texts import Text
from server.errors import ApiError
from server.images.picture import Frames

COLORS = ("rgb", "grey")
DEFAULT_SIZE = 320
MAX_SIZE = 4096
MAX_EDITS = 4096
MAX_LEVEL = 255


class Crop(NamedTuple):
    """A part of a picture, in pixels."""

    y: int
    x: int
    height: int
    width: int


class Edit(NamedTuple):
    """A cell of the input that is set to a level, in every channel."""

    y: int
    x: int
    level: int


@dataclass(frozen=True, slots=True)
class Choice:
    """How a picture is to become an input.

    Args:
        size: cells on the long side, at most.
        color: "rgb" or "grey".
        frame: which frame of an animation, or variant of a synthetic picture, from 0.
        crop: the part that is taken, before anything is reduced; None is all of it.
        edits: cells that are set afterwards; of two of the same cell the later holds.
    """

    size: int = DEFAULT_SIZE
    color: str = "rgb"
    frame: int = 0
    crop: Crop | None = None
    edits: tuple[Edit, ...] = ()

    def cells(self, picture: Frames) -> tuple[int, int]:
        """Return the rows and columns of the input that comes of ``picture``."""
        crop = self.crop or Crop(0, 0, picture.height, picture.width)
        longest = max(crop.height, crop.width)
        if self.size >= longest:
            return crop.height, crop.width
        rows, columns = (max(1, round(side * self.size / longest)) for side in (crop.height, crop.width))
        return rows, columns

    def plain(self, picture: Frames) -> Choice:
        """Return the simplest choice that gives the same of ``picture``, leaving out edits."""
        crop = self.crop
        if crop == (0, 0, picture.height, picture.width):
            crop = None
        longest = max(crop.height, crop.width) if crop else max(picture.height, picture.width)
        return replace(self, size=min(self.size, longest), crop=crop, edits=())


def check_size(size: int, most: int = MAX_SIZE, prefix: str = "") -> None:
    """Refuse a size that is not from 1 to ``most``: see ``check_choice``."""
    if not 1 <= size <= most:
        raise out_of_range(
            prefix + "size", size, 1, most, Text(" (cells on the long side)", "（长边的格数）")
        )


def check_choice(picture: Frames, choice: Choice, prefix: str = "") -> None:
    """Refuse what ``pixels`` cannot be asked of ``picture``.

    Args:
        picture: whose pixels are wanted.
        choice: what is wanted; its size has been checked.
        prefix: what stands before the field's name in the error, such as "input.".

    Raises:
        ApiError: 422, with the field and what is allowed.
    """
    if choice.color not in COLORS:
        raise ApiError(
            422,
            "unknown_choice",
            Text("{name} must be one of: {choices}.", "{name} 须为其中之一：{choices}。"),
            prefix + "color",
            {"name": prefix + "color", "choices": list(COLORS)},
        )
    if not 0 <= choice.frame < picture.count:
        raise out_of_range(
            prefix + "frame", choice.frame, 0, picture.count - 1, Text(" (counted from 0)", "（从 0 数起）")
        )
    if choice.crop is not None:
        _check_crop(choice.crop, picture, prefix + "crop")
    if choice.edits:
        rows, columns = choice.cells(picture)
        for index, edit in enumerate(choice.edits):
            _check_edit(edit, rows, columns, f"{prefix}edits.{index}")


def _check_crop(crop: Crop, picture: Frames, field: str) -> None:
    y, x, height, width = crop
    inside = y + height <= picture.height and x + width <= picture.width
    if min(y, x) < 0 or min(height, width) < 1 or not inside:
        raise ApiError(
            422,
            "crop",
            Text(
                "{name} must be [y, x, height, width] of at least one pixel within {height} x {width}.",
                "{name} 须为 [y, x, 高, 宽]，在 {height} × {width} 像素之内，且至少包含一个像素。",
            ).put(name=field),
            field,
            {"height": picture.height, "width": picture.width},
        )


def _check_edit(edit: Edit, rows: int, columns: int, field: str) -> None:
    if not (0 <= edit.y < rows and 0 <= edit.x < columns):
        raise ApiError(
            422,
            "edits",
            Text(
                "{name} sets row {y}, column {x}; the input has {height} x {width} cells, counted from 0.",
                "{name} 修改行 {y}、列 {x}；输入有 {height} × {width} 格，从 0 数起。",
            ),
            field,
            {"name": field, "y": edit.y, "x": edit.x, "height": rows, "width": columns},
        )
    if not 0 <= edit.level <= MAX_LEVEL:
        raise out_of_range(field, edit.level, 0, MAX_LEVEL, Text(" (levels)", "（灰度值）"))


def out_of_range(field: str, value: int, low: int, high: int, what: Text | None = None) -> ApiError:
    """Return the error that the number called ``field`` is not one of ``low`` to ``high``."""
    text = Text(
        "{name} is {value}; it must be from {min} to {max}{what}.",
        "{name} 是 {value}；须为 {min} 到 {max}{what}。",
    )
    values = {"value": value, "min": low, "max": high}
    return ApiError(422, "out_of_range", text.put(name=field, what=what or ""), field, values)
