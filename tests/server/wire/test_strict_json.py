"""JSON bodies are objects of finite numbers, bounded in size and depth."""

import gc
import json
import math

import pytest
from fastapi import Depends, FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from server.errors import ApiError, add_error_handlers
from server.wire.strict_json import json_body, parse_object
from tests.server.every import error_of

MILLION = 1_000_000
TEXTS = st.text('aeE+0"\\\\µ\n\x01卷😀', max_size=6)


def refused(data, most=MILLION):
    with pytest.raises(ApiError) as caught:
        parse_object(data, most)
    assert len(caught.value.message) < 400
    return caught.value


def test_gives_what_python_gives():
    data = '{"a": [1, -2.5e3, true, null, "µ \\u00b5 \\ud83d\\ude00"], "b": {"": []}, "c": 1e-400}'
    assert parse_object(data, 10) == parse_object(data.encode(), 10) == json.loads(data)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        TEXTS,
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(2**70), 2**70)
            | st.floats(allow_nan=False, allow_infinity=False)
            | TEXTS,
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=3),
            max_leaves=8,
        ),
        max_size=4,
    )
)
def test_any_object_is_read_back(data):
    assert parse_object(json.dumps(data), MILLION) == data
    assert parse_object(json.dumps(data, ensure_ascii=False).encode(), MILLION) == data


def test_a_byte_order_mark_is_passed_over():
    assert parse_object(b'\xef\xbb\xbf{"a": 1}', 10) == {"a": 1}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": 01}',
        b'{"a": +1}',
        b'{"a": 1} x',
        b"swordfish",
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "\\ud800"}',
        '{"a": "\ud800"}',
        b'{"a": "line\nbreak"}',
        b'{"a": truE}',
    ],
)
def test_what_is_not_json_is_400(data):
    error = refused(data)
    assert (error.status_code, error.code) == (400, "bad_json")
    assert "swordfish" not in error.message


@pytest.mark.parametrize("data", [b"[]", b"1", b'"a"', b"null", b"true"])
def test_what_is_no_object_is_422(data):
    error = refused(data)
    assert (error.status_code, error.code) == (422, "not_an_object")


@pytest.mark.parametrize(
    "literal",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "-1E+999",
        "0.001e0400",
        "1" + "0" * 400,
        "1" + "0" * 350 + ".5",
        "9" * 250 + "e99",
    ],
)
def test_numbers_that_are_not_finite_are_named_by_their_field(literal):
    error = refused(f'{{"operation": "conv2d", "input": {{"values": [[1, 2], [3, {literal}]]}}}}')
    assert (error.status_code, error.code, error.field) == (422, "not_finite", "input.values.1.1")
    assert "input.values.1.1" in error.message


def test_of_an_object_the_key_is_named():
    assert refused('{"a": {"b": 1, "c": 1e999}}').field == "a.c"
    assert refused('{"a": 1e999}').field == "a"


@pytest.mark.parametrize(
    "data",
    [
        '{"a": 1e308, "b": [-1.7e308, 1e-999, 1e+100, 0.1e0001]}',
        '{"a": "1e999", "b": "NaN", "Infinity": "-Infinity"}',
        '{"a": [1e308, 1e308, -1e308]}',
        '{"a": [1e308, "and text", true]}',
        '{"a": 0.' + "3" * 500 + "}",
    ],
)
def test_what_only_looks_like_it_is_let_pass(data):
    parsed = parse_object(data, 10)
    assert parsed == json.loads(data)
    assert math.isfinite(json.loads(data)["a"]) if isinstance(parsed["a"], float) else True


def test_an_integer_of_5000_digits_is_422():
    error = refused('{"a": ' + "7" * 5000 + "}")
    assert (error.status_code, error.code) == (422, "not_finite")


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("depth", [201, 1000, 100_000])
def test_nesting_without_end_is_422(opening, depth):
    error = refused('{"a": ' + opening * depth)
    assert (error.status_code, error.code) == (422, "too_deep")


def test_some_nesting_is_fine():
    data = '{"a": ' + "[" * 100 + "]" * 100 + "}"
    assert parse_object(data, 10) == json.loads(data)


class TestCount:
    def test_the_limit_is_inclusive_and_counts_numbers_alone(self):
        row = [1, 2.5, 3]
        body = json.dumps({"a": [row, row], "b": ["x,y,z", None, True, {"c": []}], "d": 7})
        assert parse_object(body, 7)["d"] == 7
        error = refused(body, 6)
        assert (error.status_code, error.code) == (422, "too_many_values")
        assert "max_values" in error.message
        assert error.values == {"max": 6, "limit": "max_values"}

    def test_a_million_is_taken_and_one_more_is_not(self):
        million = ",".join(["0"] * MILLION)
        assert len(parse_object(f'{{"a":[{million}]}}', MILLION)) == 1
        assert refused(f'{{"a":[{million}],"b":1}}').code == "too_many_values"

    def test_lists_without_end_are_refused_unread(self):
        assert refused('{"a":[' + ("[" * 150 + "]" * 150 + ",") * 10_000).code == "too_many_values"

    def test_far_more_is_refused_unread(self):
        assert refused('{"a":[' + "[]," * 2_000_000).code == "too_many_values"


def test_collection_of_garbage_goes_on_afterwards():
    parse_object("{}", 1)
    refused("{")
    assert gc.isenabled()


class TestDependency:
    @pytest.fixture
    def client(self):
        app = FastAPI()
        add_error_handlers(app)
        body = Depends(json_body(1000))

        @app.post("/")
        async def echo(data: dict[str, object] = body) -> dict[str, object]:
            return data

        return TestClient(app)

    @pytest.mark.parametrize("padding", [0, 100_000])
    def test_reads_the_body_whatever_its_content_type(self, client, padding):
        sent = {"a": [1, 2], "b": "x" * padding}
        assert client.post("/", json=sent).json() == sent
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post("/", content=json.dumps(sent), headers=form).json() == sent

    def test_refuses_in_the_envelope(self, client):
        response = client.post("/", content=b'{"a": NaN}')
        assert response.status_code == 422
        assert response.json()["error"]["field"] == "a"
        assert client.post("/").status_code == 400

    def test_200_000_bad_rows_get_a_short_answer(self, client):
        response = client.post("/", json={"values": [["bad"]] * 200_000})
        assert response.status_code == 422
        assert len(response.content) < 2048


# Faults 16 and 17.
@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_not_finite_are_refused(client, literal):
    text = '{"operation": "conv2d", "weights": [[%s]], "input": {"values": [[[1]]]}}' % literal
    error = error_of(client.post("/api/run", content=text))
    assert error["code"] == "not_finite"
