"""What a parameter is, and how the values given for an operation are read.

An operation declares its parameters with these; the service's schema and
validation, the page's controls and their limits follow from the declaration.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeAlias, TypeVar, cast

from engine.errors import ParameterError, Value
from engine.limits import Limits
from engine.texts import Text

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
_NO_OTHERS = Text("Other values are not defined here.", "此处没有定义其他值。")
_MUST_BE = Text("{name} must be {allowed}.", "{name}必须{allowed}。")
_UNKNOWN = Text(
    "There is no parameter called '{name}'; this operation {there}.", "没有参数 {name}；{there}。"
)
_HAS = Text("has {names}", "可用的有：{names}")
_HAS_NONE = Text("takes no parameters", "此运算没有参数")
Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"


@dataclass(frozen=True)
class Parameter(ABC, Generic[T_co]):
    """A named parameter of an operation.

    ``default`` None means that it follows something else (``follows`` names the
    input it is read off, if that is what it follows), or that it is left out unless
    ``required``; ``start`` is then where a control begins.
    ``keyword_only`` marks what torch.nn.functional does not have; ``advice`` says how to
    reach further than the declared ends, or why nobody can.
    """

    code: ClassVar[str] = "range"
    """Of the error that refuses a value outside the domain."""

    name: str
    default: Json
    label: Text
    help: Text
    unit: Text | None = None
    follows: str | None = None
    keyword_only: bool = False
    required: bool = False
    start: Json = None
    advice: Text = _NO_OTHERS

    def across(self, axes: int) -> Parameter[T_co]:
        """Return the same parameter for an operation along so many axes."""
        return self

    @abstractmethod
    def parse(self, value: object, limits: Limits) -> T_co:
        """Return ``value`` as this parameter's type, or raise ParameterError."""

    @abstractmethod
    def allowed(self, limits: Limits) -> Text:
        """Return what a value must be, in words with places for ``min`` and ``max``."""

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
            "required": self.required,
            "start": self.start,
            "advice": self.advice.data(),
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

    def refuse(self, limits: Limits) -> ParameterError:
        """Return the error that says what is allowed here."""
        ends = {
            end: cast("Value", value) for end, value in self.domain(limits).items() if end in ("min", "max")
        }
        values: dict[str, Value] = {"name": self.name, **ends}
        return ParameterError(self.code, self.refusal(limits), field=self.name, values=values)

    def refusal(self, limits: Limits) -> Text:
        """Return the sentence of that error."""
        return _MUST_BE.put(allowed=self.allowed(limits))


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
                _UNKNOWN.put(there=_HAS if names else _HAS_NONE),
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
                Text("{name} is needed and is missing.", "缺少必需的{name}。"),
                field=parameter.name,
                values={"name": parameter.name},
            )
        parsed[parameter.name] = None if value is None else parameter.parse(value, limits)
    return Params(parsed)
