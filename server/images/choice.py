"""What of a picture is wanted as an input, and the refusal of what cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

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
        raise _outside(prefix + "size", size, 1, most, "cells on the long side")


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
        message = f"{prefix}color must be one of: {', '.join(COLORS)}."
        raise ApiError(422, "unknown_choice", message, prefix + "color", {"choices": COLORS})
    if not 0 <= choice.frame < picture.count:
        raise _outside(prefix + "frame", choice.frame, 0, picture.count - 1, "counted from 0")
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
            f"{field} must be [y, x, height, width] of at least one pixel "
            f"within {picture.height:,} x {picture.width:,}.",
            field,
            {"height": picture.height, "width": picture.width},
        )


def _check_edit(edit: Edit, rows: int, columns: int, field: str) -> None:
    if not (0 <= edit.y < rows and 0 <= edit.x < columns):
        raise ApiError(
            422,
            "edits",
            f"{field} sets row {edit.y:,}, column {edit.x:,}; the input has {rows:,} x {columns:,} cells, "
            "counted from 0.",
            field,
            {"height": rows, "width": columns},
        )
    if not 0 <= edit.level <= MAX_LEVEL:
        raise _outside(field, edit.level, 0, MAX_LEVEL, "levels")


def _outside(field: str, value: int, low: int, high: int, what: str) -> ApiError:
    message = f"{field} is {value:,}; it must be from {low:,} to {high:,} ({what})."
    return ApiError(422, "out_of_range", message, field, {"value": value, "min": low, "max": high})
