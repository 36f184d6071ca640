"""All that answering a wish about a network needs."""

from __future__ import annotations

from dataclasses import dataclass

from engine.limits import Limits
from server.networks.runs import Run, Runs
from server.networks.wishes import PictureWish
from server.networks.zoo import Zoo


@dataclass(frozen=True)
class Networks:
    """The networks there are, their latest runs, and the limits of an answer."""

    zoo: Zoo
    runs: Runs
    max_numbers: int
    max_terms: int
    limits: Limits

    def run(self, name: str, wish: PictureWish) -> Run:
        """Return the run of the network called ``name`` on a picture, computed as far as it was.

        Raises:
            ApiError: as ``Zoo.get`` and ``Runs.get`` do.
        """
        return self.runs.get(self.zoo.get(name), wish)
