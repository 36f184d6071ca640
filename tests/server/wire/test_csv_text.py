"""Maps as CSV: every number comes back, and a spreadsheet sees whole ones as whole."""

from __future__ import annotations

import csv
import io
import time

import numpy as np
import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings
from server.wire.csv_text import csv_text
from tests.server.every import EVERY, error_of, wish

RUN = {
    "operation": "conv2d",
    "input": {"image": "cat", "size": 40},
    "weights": ["sobel-x", "gauss-3"],
    "params": {"stride": 2},
}


def read(text: str) -> list[np.ndarray]:
    """The maps, as the csv module of Python reads them."""
    return [
        np.array([[float(cell) for cell in row] for row in csv.reader(io.StringIO(part))])
        for part in text.removesuffix("\n").split("\n\n")
    ]


def ask(client, **body) -> str:
    reply = client.post("/api/run", json=body | {"format": "csv"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    return reply.text


def test_rows_are_lines_and_an_empty_line_parts_maps(client):
    small = {"values": [[[1, 2, 3], [4, 5, 6]], [[-7, 8, 9], [10, 11, 12]]]}
    text = ask(client, operation="relu", input=small)
    assert text == "1,2,3\n4,5,6\n\n0,8,9\n10,11,12\n"
    assert ask(client, operation="relu", input=small, channels=[1]) == "0,8,9\n10,11,12\n"
    assert (
        ask(client, operation="relu", input=small, channels=[1, 0], region=[1, 1, 1, 2]) == "11,12\n\n5,6\n"
    )


def test_maps_come_back_bit_by_bit(client):
    maps = np.load(io.BytesIO(client.post("/api/run", json=RUN | {"format": "npy"}).content))
    assert maps.dtype == np.float32
    text = ask(client, **RUN)
    assert np.array_equal(np.array(read(text)).astype(np.float32), maps)
    assert np.array_equal(np.loadtxt(io.StringIO(text), delimiter=",", dtype=np.float32), np.vstack(maps))
    whole = ask(client, **RUN | {"weights": "sobel-x"})
    assert not set(whole) - set("-0123456789,\n")


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_any_number_comes_back_from_its_shortest_text(kind):
    rng = np.random.default_rng(50)
    drawn = rng.integers(0, 256, 20_000 * np.dtype(kind).itemsize, np.uint8).view(kind)
    drawn = np.concatenate([drawn, np.exp2(rng.integers(-30, 100, 500)).astype(kind)])
    text = csv_text(drawn.reshape(1, 1, -1)).decode()
    back = np.array(text.split(","), np.float64).astype(kind)
    assert np.array_equal(back, drawn, equal_nan=True)
    for one in text.strip().split(","):
        assert not one.endswith(".0")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (np.float32(0.1), "0.1"),
        (np.float32(-2.5), "-2.5"),
        (np.float32(3), "3"),
        (np.float32(16_777_216), "16777216"),
        (np.float32(-0.0), "0"),
        (np.float32(3e38), "3e+38"),
        (np.float32(1e-40), "1e-40"),
        (np.float64(0.1), "0.1"),
        (np.float64(2**53 - 1), "9007199254740991"),
        (np.float64(1e300), "1e+300"),
        (np.int64(2**62), "4611686018427387904"),
        (np.uint8(255), "255"),
        (np.float32("nan"), "nan"),
        (np.float32("inf"), "inf"),
        (np.float32("-inf"), "-inf"),
    ],
)
def test_how_a_number_is_written(number, text):
    assert csv_text(np.array([[[number]]])).decode() == f"{text}\n"
    assert csv_text(np.array([[[number, number.dtype.type(0)]]])).decode() == f"{text},0\n"


def test_what_is_not_finite_has_its_name(client):
    body = {"operation": "conv2d", "input": {"values": [[[3e38, 3e38, -3e38, -3e38]]]}, "weights": [[1, 1.5]]}
    assert ask(client, **body) == "inf,-inf,-inf\n"
    assert csv_text(np.array([[[np.nan]], [[1.5]]])) == b"nan\n\n1.5\n"


@EVERY
def test_every_operation_by_output(client, operation):
    call = wish(operation)
    told = client.post("/api/run", json=call).json()["outputs"]
    for name, output in told.items():
        maps = read(ask(client, **call, output=name))
        values = np.array(output["values"], np.float64)
        assert np.array_equal(
            np.concatenate(maps).ravel().astype(np.float32), values.ravel().astype(np.float32)
        )


def test_a_vector_is_one_row_and_a_number_one_cell(client):
    assert ask(client, operation="flatten", input={"values": [[[1, 2.5]], [[3, 4]]]}) == "1,2.5,3,4\n"
    body = {"operation": "mse_loss", "input": {"values": [1, 3]}, "inputs": {"target": {"values": [1, 1]}}}
    assert ask(client, **body) == "2\n"


def test_long_rows_and_many_rows_are_whole():
    rng = np.random.default_rng(51)
    for shape in ((1, 1, 10_000), (2, 7, 2048), (1, 5000, 1), (3, 100, 77), (2, 3, 2049)):
        maps = rng.integers(-9, 9, shape).astype(np.float32) / 2
        assert np.array_equal(np.array(read(csv_text(maps).decode())), maps)
    assert csv_text(np.zeros((2, 0, 3))) == csv_text(np.zeros((2, 3, 0))) == b""


def test_a_batch_is_refused(client):
    body = {"operation": "max_pool2d", "params": {"kernel_size": 1}, "format": "csv"}
    batch = {"values": [[[[1]]], [[[2]]]]}
    error = error_of(client.post("/api/run", json=body | {"input": batch}))
    assert (error["code"], error["field"]) == ("batch", "input")


def test_an_answer_is_bounded():
    settings = Settings(allowed_hosts=("testserver",), max_json_values=4)
    body = {"operation": "max_pool2d", "params": {"kernel_size": 1}, "format": "csv"}
    with TestClient(create_app(settings)) as small:
        four = body | {"input": {"values": [[[1, 2], [3, 4]]]}}
        assert small.post("/api/run", json=four).text == "1,2\n3,4\n"  # one output, not both
        more = body | {"input": {"values": [[[1, 2, 3], [3, 4, 5]]]}}
        error = error_of(small.post("/api/run", json=more))
        assert (error["code"], error["field"], error["values"]["asked"]) == ("limit_json_values", "format", 6)
        assert "CSV" in error["message"]
        assert small.post("/api/run", json=more | {"region": [0, 1, 2, 2]}).text == "2,3\n4,5\n"


def test_a_quarter_of_a_million_numbers_take_no_long_time():
    maps = np.random.default_rng(52).standard_normal((1, 500, 500)).astype(np.float32)
    began = time.process_time()
    text = csv_text(maps)
    assert time.process_time() - began < 5
    assert len(text.splitlines()) == 500
