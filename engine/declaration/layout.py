"""What goes into an operation, what comes out, and how large both are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Literal

from engine.arrays import Shape
from engine.declaration.counts import Counts, product, total
from engine.errors import ShapeError
from engine.formula import Expression
from engine.refusals import no_cell, no_map
from engine.texts import Text
from engine.windows.axis import Axis

Kind = Literal["maps", "kernel", "per_kernel", "numbers", "places"]


@dataclass(frozen=True, slots=True)
class Input:
    """A named array that an operation takes.

    Kinds: ``maps`` (C, H, W), or as many axes as the operation has; ``kernel`` (its entries are
    weights, ``dims`` axes to slide along); ``per_kernel`` (one number per kernel); ``numbers``
    (any other); ``places`` (whole numbers that count cells or classes). Gradients are of
    ``differentiable`` inputs alone.
    """

    name: str
    kind: Kind
    label: Text
    required: bool = True
    keyword_only: bool = False
    differentiable: bool = True


@dataclass(frozen=True, slots=True)
class Output:
    """A named array that an operation gives."""

    name: str
    label: Text


OUTPUT = Output("output", Text("Output", "输出"))

CELL_NAMES: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("feature",),
    2: ("map", "cell"),
    3: ("map", "row", "column"),
    4: ("map", "plane", "row", "column"),
    5: ("picture", "map", "plane", "row", "column"),
}
"""What the coordinates of an output cell are called."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The sizes of a call: what comes out, over which axes, at what cost.

    ``output`` is the shape of the first output, ``further`` of the others by name;
    ``spatial`` counts the axes after the channels, None where any number goes. ``counts`` states
    the cost when asked: a layout is made for every value that a slider could have, and few are
    asked. ``bytes`` is the memory that the forward pass takes at most.
    """

    output: Shape
    axes: tuple[Axis, ...] = ()
    spatial: int | None = None
    counts: Callable[[], Counts] = field(default=Counts, compare=False, repr=False)
    bytes: int = 0
    further: Mapping[str, Shape] = field(default_factory=dict[str, Shape])

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.counts().parameters.value

    @property
    def macs(self) -> int:
        """Multiply-accumulates, for the whole input."""
        return self.counts().macs.value

    @property
    def additions(self) -> int:
        """Further additions and comparisons, for the whole input."""
        return self.counts().additions.value

    @property
    def maps(self) -> Shape:
        """The output seen as a stack of pictures, (k, H, W): how it is shown and streamed."""
        *more, height, width = (1, 1, *self.output)
        if len(self.output) == 2:
            return height, 1, width
        return prod(more), height, width

    def place(self, cell: tuple[int, ...]) -> tuple[int, int, int]:
        """Return where an output cell stands in the ``maps``: its map, row and column.

        Raises:
            ShapeError: there is no such cell.
        """
        names = CELL_NAMES.get(len(self.output), ("place",) * len(self.output))
        if len(cell) != len(self.output):
            raise no_cell(cell, names, self.output, Text("an output of {shape}", "输出为 {shape}"))
        place = 0
        for name, at, size in zip(names, cell, self.output, strict=True):
            if not 0 <= at < size:
                raise ShapeError(
                    "cell",
                    Text(
                        "cell's {axis} is {asked}; it must be {min} to {max}.",
                        "没有这一格：{axis}为 {asked}，可取 {min} 到 {max}。",
                    ),
                    field="cell",
                    values={"axis": name, "asked": at, "min": 0, "max": size - 1},
                )
            place = place * size + at
        _, height, width = self.maps
        return place // (height * width), place // width % height, place % width

    def check_map(self, number: int, field: str) -> None:
        """Raise ShapeError about ``field`` unless there is a map of this number."""
        count = self.maps[0]
        if not 0 <= number < count:
            raise no_map(number, count, field)

    @property
    def batched(self) -> bool:
        """Whether the output is of a batch of pictures."""
        return self.spatial is not None and len(self.output) > self.spatial + 1


def bytes_moved(shapes: Mapping[str, Shape], layout: Layout) -> Expression:
    """Return the bytes that must be read and written at least, each number once, as float32."""
    read = prod(shapes["input"])
    others = sum(map(prod, shapes.values())) - read
    written = prod(layout.output) + sum(map(prod, layout.further.values()))
    return product(4, total(product(read=read), product(other_inputs=others), product(written=written)))
