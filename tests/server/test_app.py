"""The service put together: every route there is, the settings it is given, and no other variable."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from server.app import create_app, project_version
from server.settings import Settings, SettingsError

ROUTES = Path(__file__).parents[2] / "server" / "routes"
ANSWERS = {
    "code": "/api/code",
    "compare": "/api/compare",
    "curve": "/api/curve",
    "health": "/livez",
    "images": "/api/images",
    "network_cells": "/api/networks/{name}/explain",
    "networks": "/api/networks",
    "operations": "/api/operations",
    "run": "/api/run",
}
"""A path of each file of routes; those of pages are not told of."""


def test_every_file_of_routes_is_served_and_told_of(client):
    files = {path.stem for path in ROUTES.glob("*.py")} - {"__init__", "pages"}
    assert files == set(ANSWERS)
    told = client.get("/openapi.json").json()
    assert set(ANSWERS.values()) <= set(told["paths"])
    assert told["info"]["version"] == project_version()


def test_the_settings_given_are_those_in_force(tmp_path: Path):
    settings = Settings(allowed_hosts=("testserver",), max_stride=2)
    with TestClient(create_app(settings, tmp_path)) as client:
        listed = client.get("/api/operations").json()["operations"]
        [stride] = [p for p in listed[0]["params"] if p["name"] == "stride"]
        assert stride["max"] == 2
        assert client.get("/api/networks").json() == {"networks": []}
        assert client.get("/livez", headers={"host": "elsewhere"}).status_code != 200


def test_a_variable_that_is_unknown_is_refused_at_once(monkeypatch):
    monkeypatch.setenv("CONVSCOPE_MAX_COLOUR", "1")
    with pytest.raises(SettingsError, match="CONVSCOPE_MAX_COLOUR"):
        create_app()


def test_a_checkout_that_is_not_installed_has_a_version_too(monkeypatch):
    from importlib.metadata import PackageNotFoundError

    def missing(_: str) -> str:
        raise PackageNotFoundError

    found = project_version()
    monkeypatch.setattr("server.app.version", missing)
    assert project_version() == found
