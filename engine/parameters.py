"""Kinds of parameters: what a value may be, how it is read, and how it is described.

An operation declares its parameters with these; the service's schema and
validation, the page's controls and their limits follow from the declaration.
"""

from __future__ import annotations

import math
import operator
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, cast

from engine.errors import ParameterError
from engine.limits import NO_LIMIT, Limits
from engine.texts import Text
from engine.window import PADDING_WORDS

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"


@dataclass(frozen=True)
class Parameter(ABC, Generic[T_co]):
    """A named parameter of an operation.

    ``default`` None means that it follows something else (``follows`` names the
    input it is read off, if that is what it follows), or that it is left out unless
    ``required``. ``keyword_only`` marks what torch.nn.functional does not have.
    """

    name: str
    default: Json
    label: Text
    help: Text
    unit: Text | None = None
    follows: str | None = None
    keyword_only: bool = False
    required: bool = False

    @abstractmethod
    def parse(self, value: object, limits: Limits) -> T_co:
        """Return ``value`` as this parameter's type, or raise ParameterError."""

    @abstractmethod
    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the JSON Schema of the values accepted."""

    @abstractmethod
    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return kind, min, max, step, choices and axes, as a control needs them."""

    def describe(self, limits: Limits) -> dict[str, Json]:
        """Return the whole declaration as data."""
        return {
            "name": self.name,
            "default": self.default,
            "axes": 0,
            "min": None,
            "max": None,
            "step": None,
            "choices": None,
            **self.domain(limits),
            "unit": self.unit.data() if self.unit else None,
            "label": self.label.data(),
            "help": self.help.data(),
            "follows": self.follows,
        }

    def components(self, value: object) -> list[int]:
        """Return the whole numbers that sliders move, one per axis or side; none for words."""
        return []

    def with_component(self, value: object, place: int, number: int) -> T_co:
        """Return ``value`` with one of its components changed."""
        raise NotImplementedError(f"{self.name} has no components")

    def alternatives(self) -> Sequence[T_co]:
        """Return all values, where there are few: the words of a choice, true and false."""
        return []

    def refuse(self, code: str, allowed: str, **values: int | float | None) -> ParameterError:
        """Return the error that says what is allowed here."""
        return ParameterError(
            code,
            f"{self.name} must be {allowed}.",
            field=self.name,
            values={"name": self.name, "allowed": allowed, **values},
        )


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


class Params(Mapping[str, object]):
    """Parsed values of an operation's parameters, read by declaration so that types are known."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)

    def get_of(self, parameter: Parameter[T]) -> T:
        """Return the value of ``parameter``; it must have been settled."""
        return self._values[parameter.name]  # type: ignore[return-value]

    def given(self, parameter: Parameter[T]) -> T | None:
        """Return the value of ``parameter``, or None where it still follows something else."""
        return self._values.get(parameter.name)  # type: ignore[return-value]

    def replace(self, parameter: Parameter[T], value: T) -> Params:
        """Return a copy with one value changed."""
        return Params({**self._values, parameter.name: value})

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def parse_params(
    parameters: Sequence[Parameter[object]], values: Mapping[str, object], limits: Limits
) -> Params:
    """Read ``values`` against the declarations; what is missing takes its default.

    Raises:
        ParameterError: for an unknown name or a value outside its domain.
    """
    names = [parameter.name for parameter in parameters]
    for name in values:
        if name not in names:
            raise ParameterError(
                "unknown_parameter",
                f"There is no parameter called {name[:40]!r}; this operation has {', '.join(names)}.",
                field=name[:40],
                values={"name": name[:40], "names": names},
            )
    parsed: dict[str, object] = {}
    for parameter in parameters:
        value = values.get(parameter.name)
        if value is None:
            value = parameter.default
        if value is None and parameter.required:
            raise ParameterError(
                "missing_parameter",
                f"{parameter.name} is needed and is missing.",
                field=parameter.name,
                values={"name": parameter.name},
            )
        parsed[parameter.name] = None if value is None else parameter.parse(value, limits)
    return Params(parsed)
