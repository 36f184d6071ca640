"""Parameters by name: defaults for what is missing, a short answer to what is unknown."""

from __future__ import annotations

import pytest

from engine.declaration.kinds import Flag, Integer, Integers
from engine.declaration.parameters import parse_params
from engine.errors import ParameterError
from engine.limits import Limits
from engine.texts import Text

TEXT = Text("A thing", "一物")
LIMITS = Limits()
PAIR = Integers("stride", 1, TEXT, TEXT, limit="stride")
FLAG = Flag("flag", False, TEXT, TEXT)


def test_defaults_stand_in_for_what_is_missing():
    required = Integer("size", None, TEXT, TEXT, required=True)
    optional = Integer("divisor", None, TEXT, TEXT)
    parsed = parse_params((required, optional, PAIR, FLAG), {"size": 2, "flag": True}, LIMITS)
    assert dict(parsed) == {"size": 2, "divisor": None, "stride": (1, 1), "flag": True}
    assert parsed.get_of(PAIR) == (1, 1)
    assert parsed.given(optional) is None
    assert dict(parsed.replace(PAIR, (2, 2)))["stride"] == (2, 2)
    assert parsed["stride"] == (1, 1), "replace returns a copy"
    with pytest.raises(ParameterError) as caught:
        parse_params((required,), {}, LIMITS)
    assert caught.value.field == "size"


def test_an_unknown_name_is_echoed_no_longer_than_needed():
    with pytest.raises(ParameterError, match="stride, flag") as caught:
        parse_params((PAIR, FLAG), {"x" * 100_000: 1}, LIMITS)
    assert caught.value.code == "unknown_parameter"
    assert len(str(caught.value)) < 500
    assert len(str(caught.value.field)) <= 40


def test_an_unknown_name_where_there_are_none():
    with pytest.raises(ParameterError, match="this operation takes no parameters\\.$") as caught:
        parse_params((), {"slope": 1}, LIMITS)
    assert caught.value.values["names"] == []
