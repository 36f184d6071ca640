"""One envelope for whatever goes wrong, small and without what was sent."""

import errno
import json
import math
from typing import Annotated

import numpy as np
import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from engine.errors import LimitError, ParameterError, ShapeError, UnknownName
from engine.texts import Text
from server.errors import ApiError, add_error_handlers, envelope, envelope_of, json_ready
from tests.refusals import check_texts


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid")
    stride: int = Field(1, ge=1, le=16)


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    params: Params
    rows: list[list[float]] = []


RAISED = {
    "api": ApiError(
        404, "unknown_image", Text("No picture has this id.", "没有这张图片。"), "image", {"hours": 24}
    ),
    "parameter": ParameterError(
        "stride", Text("stride must be 1 to 16.", "步幅须为 1 到 16。"), field="params.stride"
    ),
    "shape": ShapeError(
        "kernel_too_large",
        Text("The kernel is larger than {k}.", "核大于 {k}。"),
        field="weights",
        values={"k": 9},
        advice=Text("Take fewer than {k}.", "请少于 {k}。"),
    ),
    "limit": LimitError("limit_cells", Text("Too many cells.", "格太多。")),
    "unknown": UnknownName(
        "unknown_operation", Text("No such operation.", "没有此运算。"), field="operation"
    ),
    "http": HTTPException(409, "There is one already."),
    "full": OSError(errno.ENOSPC, "No space left on device", "/secret/path"),
    "bug": ZeroDivisionError("secret detail"),
}


JSON = {"Content-Type": "application/json"}


@pytest.fixture
def client():
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/raise/{name}")
    def throw(name: str):
        raise RAISED[name]

    @app.post("/body")
    def body(data: Body):
        return data

    @app.get("/query")
    def query(size: Annotated[int, Query(ge=1)] = 1):
        return size

    return TestClient(app, raise_server_exceptions=False)


def told(response, status):
    assert response.status_code == status
    assert len(response.content) < 2048
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    check_texts(error)
    assert error["message"].endswith(".")
    return error


@pytest.mark.parametrize(
    ("name", "status", "code", "field"),
    [
        ("api", 404, "unknown_image", "image"),
        ("parameter", 422, "stride", "params.stride"),
        ("shape", 422, "kernel_too_large", "weights"),
        ("limit", 422, "limit_cells", None),
        ("unknown", 404, "unknown_operation", "operation"),
        ("http", 409, "http_409", None),
        ("full", 507, "storage_full", None),
        ("bug", 500, "internal", None),
    ],
)
def test_every_kind_of_error_has_its_status_and_envelope(client, name, status, code, field):
    error = told(client.get(f"/raise/{name}"), status)
    assert (error["code"], error["field"]) == (code, field)
    assert "secret" not in json.dumps(error)
    assert "Traceback" not in json.dumps(error)


def test_an_unforeseen_error_still_reaches_the_servers_log():
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/")
    def bug():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        TestClient(app).get("/")


def test_no_such_address_and_no_such_method(client):
    assert told(client.get("/nowhere"), 404)["code"] == "not_found"
    response = client.delete("/query")
    assert told(response, 405)["code"] == "method_not_allowed"
    assert response.headers["allow"] == "GET"


class TestValidation:
    def test_names_field_and_range(self, client):
        error = told(client.post("/body", json={"params": {"stride": 99}}), 422)
        assert (error["code"], error["field"]) == ("invalid", "params.stride")
        assert error["message"] == "params.stride must be less than or equal to 16."
        assert error["values"] == {"max": 16}

    def test_missing_and_unknown_fields(self, client):
        assert told(client.post("/body", json={}), 422)["code"] == "missing"
        error = told(client.post("/body", json={"params": {"strid": 2}}), 422)
        assert (error["code"], error["field"]) == ("unknown_field", "params.strid")

    def test_of_the_query(self, client):
        assert told(client.get("/query?size=0"), 422)["field"] == "size"

    def test_not_json_is_400(self, client):
        assert told(client.post("/body", content=b"{", headers=JSON), 400)["code"] == "bad_json"

    def test_nothing_that_was_sent_comes_back(self, client):
        sent = {"params": {"stride": "swordfish" * 1000}, "rows": [["swordfish"]] * 2000}
        response = client.post("/body", json=sent)
        error = told(response, 422)
        assert b"swordfish" not in response.content
        assert "2,000 more" in error["message"]

    def test_a_huge_key_is_cut(self, client):
        told(client.post("/body", json={"params": {"k" * 100_000: 1}}), 422)

    def test_nan_is_not_a_500(self, client):
        told(client.post("/body", content=b'{"params": {"stride": NaN}}', headers=JSON), 422)


class TestEnvelope:
    def test_stays_under_two_kilobytes(self):
        for letter in ("x", "卷", '"', "\x00", "\ud800", "𝕏"):
            values: dict[str, object] = {f"{letter * 500}{k}": [letter * 5000] * 500 for k in range(50)}
            text = Text(letter * 9000, letter * 9000)
            body = envelope(ApiError(422, letter * 500, text, letter * 5000, values, text))
            assert len(json.dumps(body, ensure_ascii=False).encode()) < 2048

    def test_numbers_that_are_not_finite_are_null(self):
        values = {"a": math.nan, "b": -math.inf, "c": 10**400, "d": np.float32(0.5), "e": np.int64(3)}
        assert json_ready(values) == {"a": None, "b": None, "c": None, "d": 0.5, "e": 3}
        assert json_ready(2**80) == 2.0**80
        assert json_ready((1, True, None, [math.inf])) == [1, True, None, [None]]

    def test_serves_the_websocket_as_well(self):
        status, body = envelope_of(RAISED["shape"])
        assert status == 422
        assert body == {
            "error": {
                "code": "kernel_too_large",
                "message": "The kernel is larger than 9.",
                "field": "weights",
                "values": {"k": 9},
                "text": {"en": "The kernel is larger than {k}.", "zh": "核大于 {k}。"},
                "advice": {"en": "Take fewer than {k}.", "zh": "请少于 {k}。"},
            }
        }
