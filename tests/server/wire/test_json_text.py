"""JSON in pieces is the JSON that it would be at once, and no piece is long."""

from __future__ import annotations

import json

import numpy as np
import pytest

from server.wire import json_text as module
from server.wire.answers import as_json
from server.wire.json_text import AT_ONCE, array_pieces, json_text

SHAPES = (
    (),
    (0,),
    (3, 0, 2),
    (1,),
    (AT_ONCE,),
    (AT_ONCE + 1,),
    (5 * AT_ONCE, 1),
    (1, 1, 3 * AT_ONCE + 7),
    (3, 70, 60),
    (2, 3, AT_ONCE // 2 + 1),
    (2, AT_ONCE // 4, 1, 3, 1),
)


def array_text(array: np.ndarray) -> bytes:
    return b"".join(array_pieces(array))


def at_once(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


@pytest.fixture
def lengths(monkeypatch):
    """How many numbers each piece holds, as they come."""
    found: list[int] = []
    encode = module._encode

    def counted(value: object) -> str:
        text = encode(value)
        found.append(text.count(",") + 1)
        return text

    monkeypatch.setattr(module, "_encode", counted)
    return found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_arrays_of_any_shape(shape, dtype, lengths):
    array = np.random.default_rng(1).normal(0, 1e6, shape).astype(dtype)
    assert array_text(array) == at_once(array.tolist())
    assert json_text(array.tolist()) == at_once(array.tolist())
    assert max(lengths) <= AT_ONCE
    assert len(lengths) <= 2 * (4 + 4 * array.size // AT_ONCE)


def test_what_is_not_finite_is_null():
    array = np.arange(3.0 * AT_ONCE).reshape(3, -1)
    array[1, 5], array[2, 7], array[0, 0] = np.nan, -np.inf, np.inf
    expected = [[n if np.isfinite(n) else None for n in row] for row in array.tolist()]
    assert json.loads(array_text(array)) == expected
    assert array_text(np.array(np.nan)) == b"null"


def test_objects_with_long_lists(lengths):
    terms = [{"of": "Eingabe ü", "input": [n, 2, 3], "value": n / 3, "none": None} for n in range(2000)]
    value = {"a": {}, "b": [], "terms": terms, "deep": {"x": [[1] * 31] * 900}, "last": "'\"\n", "no": False}
    assert json.loads(json_text(value)) == value
    assert max(lengths) <= AT_ONCE
    assert json_text({"name": "ü"}) == '{"name":"ü"}'.encode()


def test_an_array_of_many_short_rows_is_not_made_row_by_row(lengths):
    array_pieces(np.zeros((100_000, 2)))
    assert len(lengths) < 120


def test_the_first_output_is_made_into_text_once(lengths):
    array = np.zeros((4, AT_ONCE))
    text = as_json("relu", {"output": array, "more": np.arange(3)})
    assert sum(length for length in lengths if length > 3) == array.size
    assert json.loads(text) == {
        "operation": "relu",
        "shape": [4, AT_ONCE],
        "values": array.tolist(),
        "outputs": {
            "output": {"shape": [4, AT_ONCE], "values": array.tolist()},
            "more": {"shape": [3], "values": [0, 1, 2]},
        },
    }
