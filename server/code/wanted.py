"""Which part of an output a view shows, in Python."""

from __future__ import annotations

from math import prod

from engine.declaration.layout import Layout
from server.code.subject import Subject
from server.wire.wishes import MapsWish, RunWish

_PRINTED = 100
"""Numbers that are printed; more are saved."""


def picked(subject: Subject, wish: MapsWish, name: str = "output") -> str | None:
    """Return the line that leaves the maps and the region wished for, if not all is."""
    shape, line = _shape(subject, name), cut(wish, name)
    if line is None or len(shape) == 3:
        return line
    return f"{name} = {name}.reshape{Layout(shape).maps}\n{line}"


def map_of(subject: Subject, number: int) -> str:
    """Return what picks a map (H, W) of the first output."""
    shape = subject.call.layout.output
    return f"[{number}]" if len(shape) == 3 else f".reshape{Layout(shape).maps}[{number}]"


def cut(wish: MapsWish, name: str) -> str | None:
    """Return the line that leaves some of the maps ``name`` (k, H, W), or a region of each."""
    chosen = f"[{wish.channels}]" if wish.channels is not None else ""
    if wish.region is not None:
        y, x, height, width = wish.region
        chosen += f"[:, {y}:{y + height}, {x}:{x + width}]"
    return f"{name} = {name}{chosen}" if chosen else None


def shown(subject: Subject, wish: MapsWish, name: str = "output", array: str = "output") -> str:
    """Return the lines that print an output's shape, and print or save its numbers."""
    file = f"{subject.call.operation.name}.npy"
    small = cells(subject, wish, name) <= _PRINTED
    rest = f"print({name})" if small else f'np.save("{file}", {array})  # all numbers, as a file'
    return f"print(tuple({name}.shape))\n{rest}"


def cells(subject: Subject, wish: MapsWish, name: str = "output") -> int:
    """Return how many numbers are wished for."""
    count, height, width = Layout(_shape(subject, name)).maps
    if wish.channels is not None:
        count = len(wish.channels)
    if wish.region is not None:
        height, width = wish.region[2:]
    return prod((count, height, width))


def output_of(subject: Subject, wish: MapsWish) -> str:
    """Return the name of the output that is wished for: the first one unless another is named."""
    first = subject.call.operation.outputs[0].name
    return (wish.output if isinstance(wish, RunWish) else None) or first


def _shape(subject: Subject, name: str) -> tuple[int, ...]:
    layout = subject.call.layout
    return layout.further.get(name, layout.output)
