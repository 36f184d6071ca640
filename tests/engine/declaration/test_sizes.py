"""Lists of sizes: one number stands for a list of one, and what is no size is refused."""

from __future__ import annotations

import pytest

from engine.declaration.sizes import Sizes
from engine.errors import ParameterError
from engine.limits import Limits
from engine.texts import Text

TEXT = Text("A thing", "一物")
SIZES = Sizes("shape", None, TEXT, TEXT, most=3, limit="stride")
LIMITS = Limits(stride=16)


@pytest.mark.parametrize(
    ("given", "read"), [(4, (4,)), ([4], (4,)), ((1, 16), (1, 16)), ([3, 2, 1], (3, 2, 1))]
)
def test_what_is_read(given: object, read: tuple[int, ...]):
    assert SIZES.parse(given, LIMITS) == read
    assert SIZES.parse(read, LIMITS) == read


@pytest.mark.parametrize(
    "given", [0, -1, 17, [], [1, 2, 3, 4], [2, 0], [2, 17], 1.0, True, "3", [1, "2"], None]
)
def test_what_is_refused(given: object):
    with pytest.raises(ParameterError, match="be 1 to 3 whole numbers, each from 1 to 16") as caught:
        SIZES.parse(given, LIMITS)
    assert (caught.value.code, caught.value.field) == ("sizes", "shape")


def test_the_schema_says_how_many_and_how_large():
    one = {"type": "integer", "minimum": 1, "maximum": 16}
    many = {"type": "array", "items": one, "minItems": 1, "maxItems": 3}
    assert SIZES.schema(LIMITS) == {"anyOf": [one, many]}
