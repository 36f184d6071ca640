"""The latest runs of networks: computed only as far as was asked, kept, and shared by all who ask.

A layer is the unit of work: whoever wants the next one computes it under the run's lock, whoever comes
meanwhile finds it done. A run that somebody left half done goes on when it is next asked for.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator

from engine.arrays import Array
from engine.limits import IN_PYTHON
from engine.network import Activations, forward
from server.images.choice import Choice, Crop, check_choice
from server.images.library import Library
from server.networks.measures import Measures, measure
from server.networks.preparation import Prepared, prepare
from server.networks.wishes import PictureWish
from server.networks.zoo import Shipped


class Run:
    """One network on one picture. Safe to use from several threads.

    Args:
        shipped: the network.
        make: makes its input; called once, when that is first wanted.
    """

    def __init__(self, shipped: Shipped, make: Callable[[], Prepared]) -> None:
        self.shipped = shipped
        self.ms: dict[str, float] = {}
        """Milliseconds that each layer took."""
        self._measures: dict[str, Measures] = {}
        self._make: Callable[[], Prepared] | None = make
        self._prepared: Prepared | None = None
        self._lock = threading.Lock()
        self._kept = Activations(shipped.network)
        self._steps: Iterator[tuple[str, Array]] | None = None

    @property
    def prepared(self) -> Prepared:
        """What the network is given."""
        if self._prepared is not None:
            return self._prepared
        with self._lock:
            return self._prepare()

    def until(self, layer: str) -> Activations:
        """Return the activations, computed on as far as ``layer`` at least.

        Ask them for layers by name; others may be computing further ones meanwhile.

        Raises:
            UnknownName: there is no such layer.
        """
        self.shipped.network.node(layer)
        while layer not in (kept := self._kept):  # who begins again takes other ones
            self._advance(layer)
        return kept

    def layers(self) -> Iterator[tuple[str, Array]]:
        """Yield every layer's name and activation in order, computing what is not there yet."""
        for node in self.shipped.network.nodes:
            name = node.layer.name
            yield name, self.until(name)[name]

    def measures(self, layer: str) -> Measures:
        """Return the measures of a layer's activation, which are taken once."""
        found = self._measures.get(layer)
        if found is None:
            found = self._measures[layer] = measure(self.until(layer)[layer])
        return found

    def has(self, layer: str) -> bool:
        """Tell whether ``layer`` is computed already."""
        return layer in self._kept

    @property
    def nbytes(self) -> int:
        """Bytes that the run takes once it is complete."""
        return self.shipped.summary.kept_bytes

    def _prepare(self) -> Prepared:
        if self._make is not None:
            self._prepared = self._make()
            self._make = None  # it knows the whole picture, which may be large
        assert self._prepared is not None
        return self._prepared

    def _advance(self, layer: str) -> None:
        """Compute one layer, unless somebody did what is wanted meanwhile."""
        with self._lock:
            if layer in self._kept:
                return
            if self._steps is None:
                self._kept = Activations(self.shipped.network)
                values = self._prepare().values
                self._steps = forward(self.shipped.network, values, kept=self._kept, limits=IN_PYTHON)
            began = time.perf_counter()
            try:
                name, _ = next(self._steps)
            except BaseException:  # such as a lack of memory: the next who asks begins again
                self._steps = None
                raise
            self.ms[name] = round((time.perf_counter() - began) * 1000, 3)


class Runs:
    """A bounded store of runs; safe to use from several threads.

    Args:
        library: where the pictures are.
        most_bytes: bytes of activations kept at most, over all runs but the newest.
    """

    def __init__(self, library: Library, most_bytes: int) -> None:
        self._library = library
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Run] = OrderedDict()

    def get(self, shipped: Shipped, wish: PictureWish) -> Run:
        """Return the run of ``shipped`` on the picture wished for; the least recently used make room.

        Nothing is computed before it is asked for.

        Raises:
            ApiError: 404 ``unknown_image``, or 422 with the field and what is allowed.
        """
        law = shipped.about.preparation
        # A synthetic picture is drawn just as large as the network sees it.
        size = max(law.height, law.width)
        picture = self._library.seen(wish.image, size)
        crop = None if wish.crop is None else Crop(*wish.crop)
        choice = Choice(size, frame=wish.frame, crop=crop)
        check_choice(picture, choice)
        if crop == (0, 0, picture.height, picture.width):
            crop = None
        key = shipped.name, wish.image, wish.frame, crop, wish.invert
        with self._lock:
            run = self._kept.get(key)
            if run is None:
                run = Run(shipped, lambda: prepare(picture, choice, law, invert=wish.invert))
                self._kept[key] = run
            self._kept.move_to_end(key)
            self._make_room()
        return run

    def _make_room(self) -> None:
        total = sum(run.nbytes for run in self._kept.values())
        while total > self._most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            total -= oldest.nbytes
