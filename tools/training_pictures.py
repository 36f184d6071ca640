"""The pictures of a training report, drawn with Pillow."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

PAPER, INK, FAINT = (255, 255, 255), (34, 34, 34), (222, 222, 222)
TRAINING, HELD_OUT = (0, 95, 163), (190, 80, 0)
CELL, LEFT, TOP = 44, 110, 60
WIDTH, HEIGHT, MARGIN = 420, 260, 56
FONT = ImageFont.load_default(13)
SMALL = ImageFont.load_default(11)


def confusion_picture(confusion: NDArray[np.intp], classes: Sequence[str]) -> Image.Image:
    """Return the confusion matrix: rows what pictures are, columns what they were taken for."""
    size = len(classes) * CELL
    picture = Image.new("RGB", (LEFT + size + 12, TOP + size + 70), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text(
        (8, 8), "Rows: what it is. Columns: what it was taken for. Pictures of the test set.", INK, FONT
    )
    for row, name in enumerate(classes):
        total = max(int(confusion[row].sum()), 1)
        draw.text((LEFT - 8, TOP + (row + 0.5) * CELL), name, INK, FONT, "rm")
        for column in range(len(classes)):
            _cell(draw, row, column, int(confusion[row, column]), total)
        # Every other name lower, so that neighbours do not meet.
        low = TOP + size + 8 + 18 * (row % 2)
        draw.text((LEFT + (row + 0.5) * CELL, low), name, INK, SMALL, "ma")
    return picture


def _cell(draw: ImageDraw.ImageDraw, row: int, column: int, count: int, total: int) -> None:
    """Draw one cell, the darker the larger its part of the row (by the root, so that few are seen)."""
    part = (count / total) ** 0.5
    colour = TRAINING if row == column else HELD_OUT
    red, green, blue = (round(255 + (channel - 255) * part) for channel in colour)
    x, y = LEFT + column * CELL, TOP + row * CELL
    draw.rectangle((x, y, x + CELL - 2, y + CELL - 2), (red, green, blue))
    if count:
        ink = PAPER if part > 0.6 else INK
        draw.text((x + CELL / 2 - 1, y + CELL / 2 - 1), str(count), ink, SMALL, "mm")


def curves_picture(series: Mapping[str, Sequence[float]]) -> Image.Image:
    """Return loss and accuracy, epoch by epoch, of pictures learnt from and of those held out."""
    picture = Image.new("RGB", (2 * (WIDTH + MARGIN) + 24, HEIGHT + 2 * MARGIN), PAPER)
    draw = ImageDraw.Draw(picture)
    for place, (kind, title) in enumerate([("loss", "Cross-entropy"), ("accuracy", "Accuracy")]):
        lines = [(series[f"train_{kind}"], TRAINING), (series[f"held_{kind}"], HELD_OUT)]
        _chart(draw, MARGIN + place * (WIDTH + MARGIN + 12), title, lines)
    draw.text((MARGIN, HEIGHT + 2 * MARGIN - 22), "pictures learnt from", TRAINING, FONT)
    draw.text((MARGIN + 160, HEIGHT + 2 * MARGIN - 22), "pictures held out", HELD_OUT, FONT)
    return picture


def _chart(
    draw: ImageDraw.ImageDraw,
    left: int,
    title: str,
    lines: Sequence[tuple[Sequence[float], tuple[int, int, int]]],
) -> None:
    values = [value for line, _ in lines for value in line]
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or 0.01
    low, high, epochs = low - room, high + room, len(lines[0][0])

    def at(epoch: int, value: float) -> tuple[float, float]:
        across = epoch / max(epochs - 1, 1) * (WIDTH - 20) + 10
        return left + across, MARGIN + (high - value) / (high - low) * HEIGHT

    draw.text((left, MARGIN - 28), title, INK, FONT)
    for step in range(5):
        value = low + (high - low) * step / 4
        _, y = at(0, value)
        draw.line((left, y, left + WIDTH, y), FAINT)
        draw.text((left - 6, y), f"{value:.3f}", INK, SMALL, "rm")
    every = max(1, -(-epochs // 12))
    for epoch in range(0, epochs, every):
        x, _ = at(epoch, low)
        draw.text((x, MARGIN + HEIGHT + 6), str(epoch + 1), INK, SMALL, "ma")
    draw.text((left + WIDTH, MARGIN + HEIGHT + 20), "epoch", INK, SMALL, "ra")
    for line, colour in lines:
        points = [at(epoch, value) for epoch, value in enumerate(line)]
        draw.line(points, colour, 2)
        for x, y in points:
            draw.ellipse((x - 2.5, y - 2.5, x + 2.5, y + 2.5), colour)
