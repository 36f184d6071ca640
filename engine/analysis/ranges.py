"""Live limits: for each parameter, what it may be now, and why no further.

The layout of an operation is the one validity predicate. A range is found by
asking it, so that a slider can never disagree with what a run accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from engine.arrays import Shape
from engine.declaration.parameters import Parameter, Params
from engine.declaration.planning import Planning
from engine.errors import ConvscopeError, Value
from engine.limits import Limits

Refusal = Callable[[int], ConvscopeError | None]
_FEW = 64


class Reason(TypedDict):
    """Why a value is refused.

    Where it is the declared end that refuses, ``text`` and ``advice`` are left out unless they say more:
    the parameter's declaration has them.
    """

    code: str
    message: str
    field: str | None
    values: dict[str, Value]
    text: NotRequired[dict[str, str]]
    advice: NotRequired[dict[str, str]]


class Range(TypedDict):
    """The range of one number around its present value, in steps; ``values`` where it has gaps."""

    min: int
    max: int
    step: int
    values: list[int] | None
    min_reason: Reason | None
    max_reason: Reason | None


class Choices(TypedDict):
    """The words allowed now, and why the others are not."""

    choices: list[str | bool]
    reasons: dict[str, Reason]


def ranges(
    operation: Planning, shapes: Mapping[str, Shape], asked: Params, limits: Limits
) -> dict[str, list[Range] | Choices]:
    """Return the range of every parameter of a sound call, all others staying as they were asked.

    Raises:
        ShapeError, ParameterError, LimitError: as ``Operation.bind`` does.
    """
    settled, layout = operation.check(shapes, asked, limits)
    found: dict[str, list[Range] | Choices] = {}
    gaps = operation.has_gaps(settled, layout)
    for parameter in operation.parameters:
        value = settled.given(parameter)
        if value is None:
            continue
        trial = _Trial(operation, shapes, asked, settled, parameter, limits)
        components = parameter.components(value)
        if components:
            domain = _domain(trial)
            found[parameter.name] = [
                _range(number, domain, trial, trial.of_component(place), gaps)
                for place, number in enumerate(components)
            ]
        elif parameter.alternatives():
            found[parameter.name] = _choices(parameter, trial)
    return found


@dataclass(frozen=True)
class _Trial:
    """Asks the operation whether one parameter could have another value."""

    operation: Planning
    shapes: Mapping[str, Shape]
    asked: Params
    settled: Params
    parameter: Parameter[object]
    limits: Limits

    def refusal(self, value: object) -> ConvscopeError | None:
        """Return why ``value`` is refused, or None."""
        try:
            self.parameter.parse(value, self.limits)
            imagined = self.operation.imagine(self.shapes, self.parameter, value)
            self.operation.check(imagined, self.asked.replace(self.parameter, value), self.limits)
        except ConvscopeError as error:
            return error
        return None

    def reason(self, error: ConvscopeError | None, first: int | None = None) -> Reason | None:
        """Return why a value is refused as data; ``first``: the least value there is instead, if so."""
        if error is None:
            return None
        reason: Reason = {
            "code": error.code,
            "message": error.message,
            "field": error.field,
            "values": error.values,
        }
        declared = error.text == self.parameter.refusal(self.limits)
        if not declared or (first is not None and first != error.values["min"]):
            reason["text"] = error.text.data()
        advice = error.advice_on.get(self.parameter.name, error.advice)
        if advice:
            reason["advice"] = advice.data()
        return reason

    def of_component(self, place: int) -> Refusal:
        """Return the question for one axis or side, the others staying as they are."""
        value = self.settled.get_of(self.parameter)
        return lambda number: self.refusal(self.parameter.with_component(value, place, number))


def _domain(trial: _Trial) -> Sequence[int]:
    candidates = trial.operation.candidates(trial.parameter, trial.shapes, trial.settled)
    if candidates is not None:
        return candidates
    least, most = (trial.parameter.domain(trial.limits)[end] for end in ("min", "max"))
    assert isinstance(least, int)
    assert isinstance(most, int)
    return range(least, most + 1)


def _range(present: int, domain: Sequence[int], trial: _Trial, refusal: Refusal, gaps: bool) -> Range:
    """Return the values allowed: all are tried where there may be gaps, else the ends are bisected."""
    step = domain.step if isinstance(domain, range) else 1
    if present not in domain:
        domain = [present]
    if not isinstance(domain, range) or (gaps and len(domain) <= _FEW):
        allowed = [number for number in domain if refusal(number) is None] or [present]
        first, last = allowed[0], allowed[-1]
        whole = len(allowed) == last - first + 1
    else:
        place = domain.index(present)
        first = domain[_edge(place, 0, domain, refusal)]
        last = domain[_edge(place, len(domain) - 1, domain, refusal)]
        allowed, whole = [], True
    return {
        "min": first,
        "max": last,
        "step": step,
        "values": None if whole else allowed,
        "min_reason": trial.reason(refusal(first - step), first),
        "max_reason": trial.reason(refusal(last + step)),
    }


def _edge(good: int, end: int, domain: Sequence[int], refusal: Refusal) -> int:
    """Return the last place towards ``end`` that is not refused, by bisection."""
    if refusal(domain[end]) is None:
        return end
    bad = end
    while abs(bad - good) > 1:
        middle = (good + bad) // 2
        if refusal(domain[middle]) is None:
            good = middle
        else:
            bad = middle
    return good


def _choices(parameter: Parameter[object], trial: _Trial) -> Choices:
    choices: list[str | bool] = []
    reasons: dict[str, Reason] = {}
    for value in parameter.alternatives():
        assert isinstance(value, str | bool)
        reason = trial.reason(trial.refusal(value))
        if reason is None:
            choices.append(value)
        else:
            reasons[str(value)] = reason
    return {"choices": choices, "reasons": reasons}
