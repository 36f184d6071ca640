"""What each input channel gives to an output map, where the map is the sum of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from engine.arrays import Array, Number, Shape

_CELLS_AT_ONCE = 2**18


@dataclass(frozen=True)
class Parts:
    """The contributions to one output map, added up over ``channels``; then comes ``bias``.

    ``compute`` returns those of some of the channels, (n, *sizes); ``sizes`` are of one map: (H, W), or
    as many axes as the operation slides along.
    """

    channels: range
    bias: Number | None
    sizes: Shape
    compute: Callable[[range], Array]
    plane: int | None = None
    """Which plane of a volume is meant, where a map is one."""

    @property
    def shape(self) -> Shape:
        """The shape of all parts, seen as pictures: (n, H, W)."""
        height, width = (1, *self.sizes)[-2:]
        return len(self.channels), height, width

    def maps(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[range, Array]]:
        """Yield the parts (k, H, W), in runs as they are ready: (input channels, parts).

        ``wanted`` picks channels, in this order.
        """
        step = max(1, _CELLS_AT_ONCE // max(prod(self.sizes), 1))
        runs = [self.channels[first : first + step] for first in range(0, len(self.channels), step)]
        for channels in runs if wanted is None else [range(one, one + 1) for one in wanted]:
            with np.errstate(all="ignore"):  # infinity passes through, as in a call's run
                found = self.compute(channels)
            plane = found if self.plane is None else found[:, self.plane]
            yield channels, plane.reshape(len(channels), *self.shape[1:])
