"""Live limits: for each parameter, what it may be now, and why no further.

The layout of an operation is the one validity predicate. A range is found by
asking it, so that a slider can never disagree with what a run accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from engine.arrays import Shape
from engine.errors import ConvscopeError, Value
from engine.limits import Limits
from engine.operation import Operation
from engine.parameters import Parameter, Params

Refusal = Callable[[int], ConvscopeError | None]


class Reason(TypedDict):
    """Why a value is refused."""

    code: str
    message: str
    field: str | None
    values: dict[str, Value]


class Range(TypedDict):
    """The range of one number around its present value; ``values`` where it has gaps."""

    min: int
    max: int
    values: list[int] | None
    min_reason: Reason | None
    max_reason: Reason | None


class Choices(TypedDict):
    """The words allowed now, and why the others are not."""

    choices: list[str | bool]
    reasons: dict[str, Reason]


def ranges(
    operation: Operation, shapes: Mapping[str, Shape], params: Params, limits: Limits
) -> dict[str, list[Range] | Choices]:
    """Return the range of every parameter of a sound call, all others staying as they are."""
    found: dict[str, list[Range] | Choices] = {}
    for parameter in operation.parameters:
        value = params.given(parameter)
        if value is None:
            continue
        components = parameter.components(value)
        if components:
            found[parameter.name] = [
                _range(
                    components[place], _refusal(operation, shapes, params, parameter, place, limits), domain
                )
                for place, domain in enumerate(
                    _domains(operation, parameter, shapes, len(components), limits)
                )
            ]
        elif parameter.alternatives():
            found[parameter.name] = _choices(operation, shapes, params, parameter, limits)
    return found


def _domains(
    operation: Operation,
    parameter: Parameter[object],
    shapes: Mapping[str, Shape],
    count: int,
    limits: Limits,
) -> list[Sequence[int]]:
    candidates = operation.candidates(parameter, shapes)
    if candidates is None:
        least, most = (parameter.domain(limits)[end] for end in ("min", "max"))
        assert isinstance(least, int)
        assert isinstance(most, int)
        candidates = range(least, most + 1)
    return [candidates] * count


def _try(
    operation: Operation,
    shapes: Mapping[str, Shape],
    params: Params,
    parameter: Parameter[object],
    value: object,
    limits: Limits,
) -> ConvscopeError | None:
    try:
        parameter.parse(value, limits)
        imagined = operation.imagine(shapes, parameter, value)
        operation.check(imagined, operation.settle(imagined, params.replace(parameter, value)), limits)
    except ConvscopeError as error:
        return error
    return None


def _refusal(
    operation: Operation,
    shapes: Mapping[str, Shape],
    params: Params,
    parameter: Parameter[object],
    place: int,
    limits: Limits,
) -> Refusal:
    # What follows from the weights must follow anew: only the parameter tried and free ones are fixed.
    free = Params(
        {
            p.name: None if p.follows in shapes and p is not parameter else params[p.name]
            for p in operation.parameters
        }
    )

    def refusal(number: int) -> ConvscopeError | None:
        value = parameter.with_component(params.get_of(parameter), place, number)
        return _try(operation, shapes, free, parameter, value, limits)

    return refusal


def _range(present: int, refusal: Refusal, domain: Sequence[int]) -> Range:
    if not isinstance(domain, range):
        allowed = [number for number in domain if refusal(number) is None]
        return {
            "min": allowed[0],
            "max": allowed[-1],
            "values": allowed,
            "min_reason": None,
            "max_reason": None,
        }
    least, min_reason = _edge(present, domain.start, -1, refusal)
    most, max_reason = _edge(present, domain.stop - 1, 1, refusal)
    return {"min": least, "max": most, "values": None, "min_reason": min_reason, "max_reason": max_reason}


def _edge(good: int, end: int, step: int, refusal: Refusal) -> tuple[int, Reason | None]:
    """Return the last number towards ``end`` that is not refused, by bisection, and why the next one is."""
    if good == end or refusal(end) is None:
        return end, _reason(refusal(end + step))
    bad = end
    while abs(bad - good) > 1:
        middle = (good + bad) // 2
        if refusal(middle) is None:
            good = middle
        else:
            bad = middle
    return good, _reason(refusal(bad))


def _choices(
    operation: Operation,
    shapes: Mapping[str, Shape],
    params: Params,
    parameter: Parameter[object],
    limits: Limits,
) -> Choices:
    choices: list[str | bool] = []
    reasons: dict[str, Reason] = {}
    for value in parameter.alternatives():
        assert isinstance(value, str | bool)
        error = _try(operation, shapes, params, parameter, value, limits)
        reason = _reason(error)
        if reason is None:
            choices.append(value)
        else:
            reasons[str(value)] = reason
    return {"choices": choices, "reasons": reasons}


def _reason(error: ConvscopeError | None) -> Reason | None:
    if error is None:
        return None
    return {"code": error.code, "message": error.message, "field": error.field, "values": error.values}
