"""Moves of the padding slider, as JavaScript to be run in the page."""

import json
from pathlib import Path

SLIDER = "#param-padding"
NEAR = [*range(1, 9), *range(7, -1, -1)]
"""Padding 0 to 8, to and fro: with a 3x3 kernel the output has 510 to 526 cells a side."""
FAR = [*range(1, 33)]
"""Padding that nobody has asked for before: the server cannot have it ready."""


def called(name: str, argument: object) -> str:
    """Return the call of the function in a file beside this one."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return f"({text.rstrip().rstrip(';')})({json.dumps(argument)})"


def moves(values: list[int], pause: int) -> str:
    """Return JavaScript that moves the slider to these values, pauses after each, and times each move."""
    return called("moves.js", {"slider": SLIDER, "values": values, "pause": pause})
