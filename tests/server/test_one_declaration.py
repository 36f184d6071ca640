"""One file declares an operation; the whole API knows it, and nothing else had to change."""

from __future__ import annotations

import pytest

import engine
from engine.registry import registered
from engine.texts import fill
from tests.extra.threshold import threshold


@pytest.fixture(autouse=True)
def _with_threshold():
    with registered(threshold):
        yield
    assert "threshold" not in dir(engine)


def test_it_is_listed_with_its_controls(client):
    listed = {o["name"]: o for o in client.get("/api/operations").json()["operations"]}
    params = {p["name"]: p for p in listed["threshold"]["params"]}
    assert list(params) == ["level", "step", "above"]
    assert (params["level"]["kind"], params["level"]["max"]) == ("number", 255)
    assert (params["step"]["axes"], params["step"]["max"]) == (2, 16)
    assert [c["value"] for c in params["above"]["choices"]] == ["white", "same"]


def test_its_shape_and_live_limits(client):
    body = {"operation": "threshold", "input_shape": [3, 10, 20], "params": {"step": 3}}
    shape = client.post("/api/shape", json=body).json()
    assert shape["output_shape"] == [3, 4, 7]
    assert shape["limits"]["step"][0]["max"] == 16
    assert shape["axes"][1]["index"][:3] == [[0], [3], [6]]


def test_it_runs_and_traces(client):
    body = {"operation": "threshold", "input": {"values": [[[1, 200]]]}, "params": {"level": 100}}
    assert client.post("/api/run", json=body).json()["values"] == [[[0, 255]]]
    trace = client.post("/api/trace", json=body | {"cell": [0, 0, 1]}).json()
    assert (trace["terms"][0]["value"], trace["value"]) == (200, 255)
    assert trace["steps"][0]["name"] == "0 if level > x else 255"
    assert trace["steps"][0]["text"]["zh"] == "若 阈值 > x 则取 0，否则取 255"
    assert trace["printed"]["steps"][0]["filled"]["en"] == "0 if level > 200 else 255"


def test_its_parameters_are_checked(client):
    body = {"operation": "threshold", "input": {"values": [[[1]]]}, "params": {"level": 256}}
    error = client.post("/api/run", json=body).json()["error"]
    assert (error["field"], error["values"]["max"]) == ("params.level", 255)


def test_its_own_refusal_is_told_in_both_languages(client):
    body = {"operation": "threshold", "params": {"level": 0, "above": "same"}}
    error = client.post("/api/shape", json=body | {"input_shape": [3, 10, 20]}).json()["error"]
    assert (error["code"], error["field"]) == ("changes_nothing", "params.level")
    assert error["message"] == "level 0 leaves every cell as it is."
    assert fill(error["text"]["zh"], error["values"]) == "level为 0 时所有格都不变。"
    assert error["advice"] == {
        "en": "Take a higher level, or white above it.",
        "zh": "请提高阈值，或让高于它的变白。",
    }


def test_a_choice_that_it_refuses_is_told_with_what_to_change(client):
    body = {"operation": "threshold", "input_shape": [3, 10, 20], "params": {"level": 0}}
    shape = client.post("/api/shape", json=body).json()
    assert shape["limits"]["above"]["choices"] == ["white"]
    reason = shape["limits"]["above"]["reasons"]["same"]
    assert shape["texts"][reason["text"]]["zh"] == "{name}为 {asked} 时所有格都不变。"
    assert shape["texts"][reason["advice"]]["en"] == "Take a higher level, or white above it."


def test_it_is_a_python_function_too():
    assert engine.threshold([[[1, 200]]], level=150).tolist() == [[[0, 255]]]


def test_it_is_documented(client):
    assert "Zero below a level" in client.get("/docs").text
