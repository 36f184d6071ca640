"""The kinds of parameters there are: what a value may be, and how a control shows it."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from engine.limits import NO_LIMIT, Limits
from engine.parameters import Json, Parameter
from engine.texts import Text
from engine.window import PADDING_WORDS


def _span(least: int, most: int) -> str:
    return f"from {least} to {most}" if most < NO_LIMIT else f"of at least {least}"


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None


def _items(value: object) -> list[object] | None:
    """Return the items of a list or tuple, or None for anything else."""
    return list(cast("Sequence[object]", value)) if isinstance(value, list | tuple) else None


def _numbers(value: object) -> list[int]:
    """Return the whole numbers of a parsed tuple; none for a word."""
    return [item for item in _items(value) or [] if isinstance(item, int)]


@dataclass(frozen=True)
class Integer(Parameter[int]):
    """A whole number from ``least`` to the limit called ``limit``."""

    least: int = 1
    limit: str = "kernel"

    def parse(self, value: object, limits: Limits) -> int:
        """Return the number."""
        most = limits.upper(self.limit)
        number = _whole(value)
        if number is None or not self.least <= number <= most:
            raise self.refuse("range", f"a whole number {_span(self.least, most)}", min=self.least, max=most)
        return number

    def components(self, value: object) -> list[int]:
        """Return the number itself."""
        return [value] if isinstance(value, int) else []

    def with_component(self, value: object, place: int, number: int) -> int:
        """Return ``number``."""
        return number

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return an integer schema."""
        return {"type": "integer", "minimum": self.least, "maximum": limits.upper(self.limit)}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range."""
        return {"kind": "integer", "min": self.least, "max": limits.upper(self.limit), "step": 1}


@dataclass(frozen=True)
class Integers(Parameter[tuple[int, int]]):
    """A whole number for each axis (height, width); one number stands for both."""

    limit: str = "kernel"

    def parse(self, value: object, limits: Limits) -> tuple[int, int]:
        """Return (height, width)."""
        most = limits.upper(self.limit)
        items = _items(value)
        numbers = [_whole(item) for item in ([value, value] if items is None else items)]
        whole = [n for n in numbers if n is not None and 1 <= n <= most]
        if not len(whole) == len(numbers) == 2:
            raise self.refuse(
                "range", f"a whole number {_span(1, most)}, or [height, width]", min=1, max=most
            )
        return whole[0], whole[1]

    def components(self, value: object) -> list[int]:
        """Return height and width."""
        return _numbers(value)

    def with_component(self, value: object, place: int, number: int) -> tuple[int, int]:
        """Return the pair with one axis changed."""
        height, width = _numbers(value)
        return (number, width) if place == 0 else (height, number)

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of one number or a pair."""
        one: dict[str, Json] = {"type": "integer", "minimum": 1, "maximum": limits.upper(self.limit)}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 2, "maxItems": 2}]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one number."""
        return {"kind": "integer", "axes": 2, "min": 1, "max": limits.upper(self.limit), "step": 1}


PaddingValue: TypeAlias = str | tuple[int, ...]


@dataclass(frozen=True)
class Padding(Parameter[PaddingValue]):
    """Cells added around the input: a word, or (top, bottom, left, right)."""

    def parse(self, value: object, limits: Limits) -> PaddingValue:
        """Return a word of PADDING_WORDS, or four sides; one number or one per axis stand for both sides."""
        if isinstance(value, str) and value in PADDING_WORDS:
            return value
        items = _items(value)
        numbers = [_whole(item) for item in ([value] if items is None else items)]
        sides = [n for n in numbers if n is not None and 0 <= n <= limits.padding]
        if len(sides) != len(numbers) or len(sides) not in (1, 2, 4):
            raise self.refuse(
                "padding",
                f"a whole number {_span(0, limits.padding)}, [height, width], [top, bottom, left, right], "
                f"or one of {', '.join(PADDING_WORDS)}",
                min=0,
                max=limits.padding,
            )
        if len(sides) == 4:
            return tuple(sides)
        return (sides[0], sides[0], sides[-1], sides[-1])

    def components(self, value: object) -> list[int]:
        """Return the four sides, or nothing for a word."""
        return _numbers(value)

    def with_component(self, value: object, place: int, number: int) -> PaddingValue:
        """Return the sides with one changed."""
        sides = _numbers(value)
        return (*sides[:place], number, *sides[place + 1 :])

    def alternatives(self) -> Sequence[PaddingValue]:
        """Return the words."""
        return list(PADDING_WORDS)

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of a number, a list or a word."""
        one: dict[str, Json] = {"type": "integer", "minimum": 0, "maximum": limits.padding}
        many: list[Json] = [{"type": "array", "items": one, "minItems": n, "maxItems": n} for n in (2, 4)]
        return {"anyOf": [one, *many, {"enum": list(PADDING_WORDS)}]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one side, and the words."""
        words: list[Json] = list(PADDING_WORDS)
        return {"kind": "padding", "axes": 2, "min": 0, "max": limits.padding, "step": 1, "choices": words}


@dataclass(frozen=True)
class Choice(Parameter[str]):
    """One of several words, each with a label."""

    choices: tuple[tuple[str, Text], ...] = ()

    def parse(self, value: object, limits: Limits) -> str:
        """Return the word."""
        words = [word for word, _ in self.choices]
        if not isinstance(value, str) or value not in words:
            raise self.refuse("choice", f"one of {', '.join(words)}")
        return value

    def alternatives(self) -> Sequence[str]:
        """Return the words."""
        return [word for word, _ in self.choices]

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return an enumeration."""
        return {"enum": [word for word, _ in self.choices]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the words with their labels."""
        return {
            "kind": "choice",
            "choices": [{"value": word, "label": label.data()} for word, label in self.choices],
        }


@dataclass(frozen=True)
class Flag(Parameter[bool]):
    """True or false."""

    def parse(self, value: object, limits: Limits) -> bool:
        """Return the truth value."""
        if not isinstance(value, bool):
            raise self.refuse("flag", "true or false")
        return value

    def alternatives(self) -> Sequence[bool]:
        """Return both."""
        return [False, True]

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return a boolean."""
        return {"type": "boolean"}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the kind."""
        return {"kind": "flag"}


@dataclass(frozen=True)
class Number(Parameter[float]):
    """A finite real number within [least, most]."""

    least: float = -1e6
    most: float = 1e6
    step: float = 0.1

    def parse(self, value: object, limits: Limits) -> float:
        """Return the number as a float."""
        number = math.nan
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e308:
            number = float(value)
        if not self.least <= number <= self.most:
            raise self.refuse(
                "range", f"a number from {self.least:g} to {self.most:g}", min=self.least, max=self.most
            )
        return number

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return a number with its range."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range."""
        return {"kind": "number", "min": self.least, "max": self.most, "step": self.step}
