"""The kinds of parameters there are: what a value may be, and how a control shows it."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeAlias, cast

import numpy as np

from engine.declaration.parameters import Json, Parameter
from engine.limits import NO_LIMIT, Limits
from engine.texts import Text
from engine.windows.axis import AXIS_NAMES, SIDES
from engine.windows.window import CAUSAL, PADDING_WORDS


def span(most: int) -> Text:
    """Return the two ends of a range in words, or the lower one where there is no upper one."""
    return Text("from {min} to {max}", "{min} 到 {max}") if most < NO_LIMIT else _UNBOUNDED


_UNBOUNDED = Text("of at least {min}", "不小于 {min}")
_WHOLE = Text("a whole number {span}", "是 {span} 的整数")
_PER_AXIS = Text("a whole number {span}, or [{axes}]", "是 {span} 的整数，或 [{axes}]")
_SIDES = Text("a whole number {span}, {axes}[{sides}]", "是 {span} 的整数，或 {axes}[{sides}]")
_SIDES_OR_WORDS = Text(
    "a whole number {span}, {axes}[{sides}], or one of {words}",
    "是 {span} 的整数，或 {axes}[{sides}]，或为 {words}",
)


def _python(value: object) -> object:
    """Return a NumPy scalar as Python's own number; anything else as it is."""
    return cast("object", value.item()) if isinstance(value, np.generic) else value


def whole_number(value: object) -> int | None:
    """Return ``value`` as an int, or None if it is anything but a whole number."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None


def _items(value: object) -> list[object] | None:
    """Return the items of a list or tuple, or None for anything else."""
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return cast("list[object]", value.tolist())
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
        number = whole_number(value)
        if number is None or not self.least <= number <= most:
            raise self.refuse(limits)
        return number

    def allowed(self, limits: Limits) -> Text:
        """Return the range in words."""
        return _WHOLE.put(span=span(limits.upper(self.limit)))

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
class Integers(Parameter[tuple[int, ...]]):
    """A whole number for each of ``axes`` axes, from ``least`` on; one number stands for all of them."""

    least: int = 1
    limit: str = "kernel"
    axes: int = 2

    def across(self, axes: int) -> Integers:
        """Return the same parameter for so many axes."""
        return replace(self, axes=axes)

    def parse(self, value: object, limits: Limits) -> tuple[int, ...]:
        """Return one number per axis."""
        most = limits.upper(self.limit)
        items = _items(value)
        numbers = [whole_number(item) for item in ([value] * self.axes if items is None else items)]
        whole = [n for n in numbers if n is not None and self.least <= n <= most]
        if not len(whole) == len(numbers) == self.axes:
            raise self.refuse(limits)
        return tuple(whole)

    def allowed(self, limits: Limits) -> Text:
        """Return the range in words."""
        words = _PER_AXIS.put(axes=", ".join(AXIS_NAMES[self.axes])) if self.axes > 1 else _WHOLE
        return words.put(span=span(limits.upper(self.limit)))

    def components(self, value: object) -> list[int]:
        """Return the numbers."""
        return _numbers(value)

    def with_component(self, value: object, place: int, number: int) -> tuple[int, ...]:
        """Return the numbers with one axis changed."""
        numbers = _numbers(value)
        return (*numbers[:place], number, *numbers[place + 1 :])

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of one number or a list of them."""
        one: dict[str, Json] = {
            "type": "integer",
            "minimum": self.least,
            "maximum": limits.upper(self.limit),
        }
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": self.axes, "maxItems": self.axes}]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one number."""
        most = limits.upper(self.limit)
        return {"kind": "integer", "axes": self.axes, "min": self.least, "max": most, "step": 1}


_PAD_LESS = Text(
    "It is the service's own limit (CONVSCOPE_MAX_PADDING). A smaller picture gets more padding for its "
    "size.",
    "这是服务自身的上限（CONVSCOPE_MAX_PADDING）。图片越小，同样的填充相对越多。",
)
PaddingValue: TypeAlias = str | tuple[int, ...]


@dataclass(frozen=True)
class Padding(Parameter[PaddingValue]):
    """Cells added around the input: a word, or two sides for each axis, as (top, bottom, left, right)."""

    code: ClassVar[str] = "padding"
    axes: int = 2
    words: tuple[str, ...] = PADDING_WORDS
    advice: Text = _PAD_LESS

    def across(self, axes: int) -> Padding:
        """Return the same parameter for so many axes; a signal in time may be padded causally too."""
        causal = axes == 1 and self.words == PADDING_WORDS
        return replace(self, axes=axes, words=(*self.words, CAUSAL) if causal else self.words)

    def parse(self, value: object, limits: Limits) -> PaddingValue:
        """Return a word, or all sides; one number or one per axis stand for both sides of each."""
        if isinstance(value, str) and value in self.words:
            return value
        items = _items(value)
        numbers = [whole_number(item) for item in ([value] if items is None else items)]
        sides = [n for n in numbers if n is not None and 0 <= n <= limits.padding]
        if len(sides) != len(numbers) or len(sides) not in self._lengths():
            raise self.refuse(limits)
        if len(sides) == 2 * self.axes:
            return tuple(sides)
        return tuple(side for axis in range(self.axes) for side in [sides[axis % len(sides)]] * 2)

    def allowed(self, limits: Limits) -> Text:
        """Return the range, the order of the sides, and the words."""
        names = AXIS_NAMES[self.axes]
        return (_SIDES_OR_WORDS if self.words else _SIDES).put(
            span=span(limits.padding),
            axes=f"[{', '.join(names)}], " if self.axes > 1 else "",
            sides=", ".join(side for name in names for side in SIDES[name]),
            words=", ".join(self.words),
        )

    def _lengths(self) -> set[int]:
        return {1, self.axes, 2 * self.axes}

    def components(self, value: object) -> list[int]:
        """Return the sides, or nothing for a word."""
        return _numbers(value)

    def with_component(self, value: object, place: int, number: int) -> PaddingValue:
        """Return the sides with one changed."""
        sides = _numbers(value)
        return (*sides[:place], number, *sides[place + 1 :])

    def alternatives(self) -> Sequence[PaddingValue]:
        """Return the words."""
        return list(self.words)

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of a number, a list or a word."""
        one: dict[str, Json] = {"type": "integer", "minimum": 0, "maximum": limits.padding}
        many: list[Json] = [
            {"type": "array", "items": one, "minItems": n, "maxItems": n}
            for n in sorted(self._lengths())
            if n > 1 or self.axes == 1
        ]
        words: list[Json] = [{"enum": list(self.words)}] if self.words else []
        return {"anyOf": [one, *many, *words]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one side, and the words."""
        return {
            "kind": "padding",
            "axes": self.axes,
            "min": 0,
            "max": limits.padding,
            "step": 1,
            "choices": list(self.words),
        }


@dataclass(frozen=True)
class Choice(Parameter[str]):
    """One of several words, each with a label."""

    code: ClassVar[str] = "choice"
    choices: tuple[tuple[str, Text], ...] = ()

    def parse(self, value: object, limits: Limits) -> str:
        """Return the word."""
        if not isinstance(value, str) or value not in self.alternatives():
            raise self.refuse(limits)
        return value

    def allowed(self, limits: Limits) -> Text:
        """Return the words."""
        return Text("one of {words}", "是 {words} 之一").put(words=", ".join(self.alternatives()))

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

    code: ClassVar[str] = "flag"

    def parse(self, value: object, limits: Limits) -> bool:
        """Return the truth value."""
        value = _python(value)
        if not isinstance(value, bool):
            raise self.refuse(limits)
        return value

    def allowed(self, limits: Limits) -> Text:
        """Return both."""
        return Text("true or false", "是开（true）或关（false）")

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
class Real(Parameter[float]):
    """A finite real number within [least, most]."""

    least: float = -1e6
    most: float = 1e6
    step: float = 0.1

    def parse(self, value: object, limits: Limits) -> float:
        """Return the number as a float."""
        number = math.nan
        value = _python(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e308:
            number = float(value)
        if not self.least <= number <= self.most:
            raise self.refuse(limits)
        return number

    def allowed(self, limits: Limits) -> Text:
        """Return the range in words."""
        return Text("a number from {min} to {max}", "在 {min} 到 {max} 之间")

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return a number with its range."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range."""
        return {"kind": "number", "min": self.least, "max": self.most, "step": self.step}
