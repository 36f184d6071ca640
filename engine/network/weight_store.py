"""A network's weights: arrays by (layer, input name), replaced one by one or changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TypeAlias

from engine.arrays import Array, Shape, as_numbers
from engine.errors import UnknownName
from engine.texts import Text

Key: TypeAlias = "tuple[str, str]"

_SHOWN = 20


class Weights(MutableMapping[Key, Array]):
    """The arrays that a network's layers hold, by (layer, input name), in the order they run.

    An array may be changed in place, as training does, or replaced by one that fits as well. What is
    put here is not copied: the network computes with the caller's own array (of half precision and
    lists, with the array made of them), and sees what the caller later writes to it.
    """

    def __init__(self, names: Mapping[Key, None], check: Callable[[Key, Shape], None]) -> None:
        self._names = names
        self._arrays: dict[Key, Array] = {}
        self._check = check
        self._version = 0

    def __getitem__(self, key: Key) -> Array:
        return self._arrays[key]

    def __setitem__(self, key: Key, given: object) -> None:
        array = readable(self._names, key, given)
        self._check(key, array.shape)
        self._arrays[key] = array
        self._version += 1

    def __delitem__(self, key: Key) -> None:
        del self._arrays[key]
        self._version += 1

    def __iter__(self) -> Iterator[Key]:
        return (key for key in self._names if key in self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    @property
    def version(self) -> int:
        """How often an array was put here or taken away; changes in place are not counted."""
        return self._version

    @property
    def names(self) -> list[Key]:
        """Every (layer, input name) that an array is wanted for, whether it is there or not."""
        return list(self._names)

    @property
    def missing(self) -> list[Key]:
        """Those for which there is no array."""
        return [key for key in self._names if key not in self._arrays]

    def shapes(self) -> dict[Key, Shape]:
        """Return the shape of every array there is."""
        return {key: self._arrays[key].shape for key in self}


def readable(names: Mapping[Key, None], key: Key, given: object) -> Array:
    """Return ``given`` as numbers, if there is such a ``key``.

    Raises:
        UnknownName: if no layer holds weights of this name.
        ParameterError: if they are not numbers.
    """
    if key not in names:
        known = ["/".join(name) for name in names]
        more = len(known) - _SHOWN
        raise UnknownName(
            "unknown_weights",
            Text(
                "No layer holds weights called '{name}'; there are {names}{more}.",
                "没有哪一层有名为 {name} 的权重；有：{names}{more}。",
            ).put(more=Text(f" and {more} more", f" 等，另有 {more} 个") if more > 0 else ""),
            field="weights",
            values={"name": "/".join(map(str, key))[:80], "names": known[:_SHOWN] or ["none"]},
        )
    return as_numbers(given, "/".join(key))
