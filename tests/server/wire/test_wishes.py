"""Wishes: what is no wish gets a short answer that names the field, and OpenAPI is told the rest."""

from __future__ import annotations

import json

from tests.server.every import error_of


def test_many_bad_rows_get_a_short_answer(client):
    rows = {"operation": "conv2d", "weights": "box-3", "input": {"values": [[["bad"]] * 200_000]}}
    error = error_of(client.post("/api/run", content=json.dumps(rows)))
    assert error["field"] == "input.values"
    error = error_of(client.post("/api/shape", content=json.dumps({"operation": ["bad"] * 200_000})))
    assert error["field"] == "operation"


def test_the_api_describes_itself(client):
    schema = client.get("/openapi.json").json()
    run = schema["paths"]["/api/run"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert "operation" in run["properties"]
    assert run["additionalProperties"] is False
    assert "$ref" not in json.dumps(run)
    assert "maps" in run["properties"]["channels"]["description"]
    source = run["properties"]["inputs"]["additionalProperties"]["properties"]
    assert {"image", "values", "seed", "row"} <= set(source)
    assert {"output", "inputs", "input", "weights", "bias"} <= set(run["properties"])
