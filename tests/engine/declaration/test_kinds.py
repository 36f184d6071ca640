"""Kinds of parameters: what is read, what is refused, and how each describes itself."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from engine.declaration.kinds import Choice, Flag, Integer, Integers, Padding, Real
from engine.declaration.parameters import Parameter
from engine.errors import ParameterError
from engine.limits import NO_LIMIT, UNLIMITED, Limits
from engine.texts import Text

TEXT = Text("A thing", "一物")
LIMITS = Limits()
INTEGER = Integer("count", 1, TEXT, TEXT)
PAIR = Integers("stride", 1, TEXT, TEXT, limit="stride")
PADDING = Padding("padding", 0, TEXT, TEXT)
CHOICE = Choice("mode", "a", TEXT, TEXT, choices=(("a", TEXT), ("b", TEXT)))
FLAG = Flag("flag", False, TEXT, TEXT)
NUMBER = Real("slope", 0.0, TEXT, TEXT, least=-1.0, most=2.0)
NOTHING_LIKE_A_NUMBER = [
    "3",
    b"3",
    "",
    3.0,
    3.5,
    math.nan,
    math.inf,
    True,
    False,
    None,
    {},
    {"h": 1},
    1j,
    Fraction(3),
]


@pytest.mark.parametrize(
    ("parameter", "given", "read"),
    [
        (INTEGER, 1, 1),
        (INTEGER, 31, 31),
        (INTEGER, np.int64(7), 7),
        (INTEGER, np.uint8(7), 7),
        (PAIR, 3, (3, 3)),
        (PAIR, [1, 16], (1, 16)),
        (PAIR, (2, 3), (2, 3)),
        (PAIR, [np.int32(2), 3], (2, 3)),
        (PADDING, 0, (0, 0, 0, 0)),
        (PADDING, 512, (512, 512, 512, 512)),
        (PADDING, [1, 2], (1, 1, 2, 2)),
        (PADDING, [1, 2, 3, 4], (1, 2, 3, 4)),
        (PADDING, (1, 2, 3, 4), (1, 2, 3, 4)),
        (PADDING, "valid", "valid"),
        (PADDING, "same", "same"),
        (PADDING, "full", "full"),
        (CHOICE, "b", "b"),
        (FLAG, True, True),
        (FLAG, False, False),
        (NUMBER, -1, -1.0),
        (NUMBER, 2.0, 2.0),
        (NUMBER, 0.125, 0.125),
    ],
)
def test_what_is_read(parameter: Parameter[object], given: object, read: object):
    parsed = parameter.parse(given, LIMITS)
    assert parsed == read
    assert type(parsed) is type(read)
    assert parameter.parse(parsed, LIMITS) == read


@pytest.mark.parametrize("given", [*NOTHING_LIKE_A_NUMBER, 0, -1, 32, 10**30, [3], [3, 3], np.array([3, 3])])
def test_an_integer_refuses(given: object):
    with pytest.raises(ParameterError, match="count must be a whole number from 1 to 31") as caught:
        INTEGER.parse(given, LIMITS)
    assert (caught.value.field, caught.value.values["min"], caught.value.values["max"]) == ("count", 1, 31)


@pytest.mark.parametrize(
    "given",
    [
        *NOTHING_LIKE_A_NUMBER,
        0,
        -1,
        17,
        [],
        [1],
        [1, 2, 3],
        [0, 1],
        [1, 17],
        [1, "2"],
        [1, True],
        [1.0, 2],
        [[1, 2]],
    ],
)
def test_a_pair_refuses(given: object):
    with pytest.raises(ParameterError, match="stride must be a whole number from 1 to 16") as caught:
        PAIR.parse(given, LIMITS)
    assert caught.value.field == "stride"


@pytest.mark.parametrize(
    "given",
    [
        *NOTHING_LIKE_A_NUMBER,
        "SAME",
        "same ",
        -1,
        513,
        [],
        [1, 2, 3],
        [1, 2, 3, 4, 5],
        [1, -1],
        [0, 513],
        ["same"],
        [[1, 2], [3, 4]],
    ],
)
def test_padding_refuses(given: object):
    with pytest.raises(ParameterError, match="padding must be a whole number from 0 to 512") as caught:
        PADDING.parse(given, LIMITS)
    for allowed in ("[height, width]", "[top, bottom, left, right]", "valid, same, full"):
        assert allowed in str(caught.value)


@pytest.mark.parametrize("given", ["c", "", "A", None, 0, True, ["a"], {"a": 1}])
def test_a_choice_refuses(given: object):
    with pytest.raises(ParameterError, match="mode must be one of a, b"):
        CHOICE.parse(given, LIMITS)


@pytest.mark.parametrize("given", [0, 1, "true", None, [], np.int64(1)])
def test_a_flag_refuses(given: object):
    with pytest.raises(ParameterError, match="flag must be true or false"):
        FLAG.parse(given, LIMITS)


@pytest.mark.parametrize(
    "given", ["1", None, True, math.nan, math.inf, -math.inf, -1.001, 2.001, 10**400, [1.0], 1j, Decimal(1)]
)
def test_a_number_refuses(given: object):
    with pytest.raises(ParameterError, match="slope must be a number from -1 to 2"):
        NUMBER.parse(given, LIMITS)


@pytest.mark.parametrize("parameter", [INTEGER, PAIR, PADDING])
def test_without_limits_only_the_lower_end_is_named(parameter: Parameter[object]):
    assert parameter.parse(10**9, UNLIMITED)
    with pytest.raises(ParameterError, match="of at least") as caught:
        parameter.parse(-1, UNLIMITED)
    assert str(NO_LIMIT) not in str(caught.value)


def test_limits_in_force_are_the_ones_named():
    tight = replace(LIMITS, stride=2)
    assert PAIR.parse(2, tight) == (2, 2)
    with pytest.raises(ParameterError, match="from 1 to 2"):
        PAIR.parse(3, tight)
    assert PAIR.describe(tight)["max"] == 2


def test_components_and_back():
    assert INTEGER.components(3) == [3]
    assert INTEGER.with_component(3, 0, 5) == 5
    assert PAIR.components((2, 3)) == [2, 3]
    assert [PAIR.with_component((2, 3), place, 9) for place in range(2)] == [(9, 3), (2, 9)]
    assert PADDING.components((1, 2, 3, 4)) == [1, 2, 3, 4]
    assert [PADDING.with_component((1, 2, 3, 4), place, 9) for place in range(4)] == [
        (9, 2, 3, 4),
        (1, 9, 3, 4),
        (1, 2, 9, 4),
        (1, 2, 3, 9),
    ]
    for word in PADDING.alternatives():
        assert PADDING.components(word) == []
    assert CHOICE.components("a") == FLAG.components(True) == NUMBER.components(0.5) == []
    assert CHOICE.alternatives() == ["a", "b"]
    assert sorted(FLAG.alternatives()) == [False, True]


@pytest.mark.parametrize("parameter", [INTEGER, PAIR, PADDING, CHOICE, FLAG, NUMBER], ids=lambda p: p.name)
def test_a_description_is_complete(parameter: Parameter[object]):
    described = parameter.describe(LIMITS)
    assert set(described) >= {
        *("name", "default", "axes", "min", "max", "step", "choices"),
        *("kind", "unit", "label", "help", "follows"),
    }
    assert described["label"] == {"en": "A thing", "zh": "一物"}
    assert parameter.parse(described["default"], LIMITS) is not None


@pytest.mark.parametrize(
    ("parameter", "accepted", "refused"),
    [
        (INTEGER, [1, 31], [0, 32, "1", 1.5]),
        (PAIR, [1, [1, 16]], [0, [1], [1, 17], [1, 2, 3], "1"]),
        (PADDING, [0, [1, 2], [1, 2, 3, 4], "same"], [-1, [1, 2, 3], "SAME", 513]),
        (CHOICE, ["a", "b"], ["c", 1]),
        (FLAG, [True, False], [0, "true"]),
        (NUMBER, [-1, 2.0], [-1.5, "1"]),
    ],
    ids=["integer", "pair", "padding", "choice", "flag", "number"],
)
def test_the_schema_accepts_what_is_read(parameter: Parameter[object], accepted: list, refused: list):
    schema = parameter.schema(LIMITS)
    assert all(fits(schema, value) for value in accepted)
    assert not any(fits(schema, value) for value in refused)
    for value in accepted:
        parameter.parse(value, LIMITS)
    for value in refused:
        with pytest.raises(ParameterError):
            parameter.parse(value, LIMITS)


def fits(schema: Any, value: Any) -> bool:
    """As much of JSON Schema as these schemas use."""
    if "anyOf" in schema:
        return any(fits(part, value) for part in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    if schema["type"] == "boolean":
        return isinstance(value, bool)
    if schema["type"] == "array":
        sized = isinstance(value, list) and schema["minItems"] <= len(value) <= schema["maxItems"]
        return sized and all(fits(schema["items"], item) for item in value)
    kinds = {"integer": int, "number": (int, float)}[schema["type"]]
    if not isinstance(value, kinds) or isinstance(value, bool):
        return False
    return schema["minimum"] <= value <= schema["maximum"]
