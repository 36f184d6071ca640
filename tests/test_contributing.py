"""The operation that CONTRIBUTING.md adds really works, and obeys every law that the project's own do."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

import engine
from engine.declaration.operation import Operation
from engine.registry import all_operations, registered
from tests.engine import draws, oracles, test_gradients
from tests.engine.declaration import test_call, test_declaration, test_operation, test_planning
from tests.engine.recipes import test_recipes
from tests.engine.trace import test_operation_traces
from tests.server import test_every_operation, test_every_refusal

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILE, ORACLE = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
DECLARATION = (test_call, test_declaration, test_operation, test_planning)
MODULES = (*DECLARATION, test_gradients, test_operation_traces, test_recipes)
"""Where the laws of the engine stand."""
SERVICE = (test_every_operation, test_every_refusal)
"""And those of the service."""

FEW = 60
"""Drawn calls per law: enough for an example."""


def executed(code: str, names: dict[str, Any]) -> dict[str, Any]:
    """The names that a block of the guide defines."""
    exec(compile(code, "CONTRIBUTING.md", "exec"), names)
    return names


@pytest.fixture(scope="module")
def min_pool2d() -> Iterator[Operation]:
    """The guide's operation, in the registry while these tests last."""
    with registered(executed(FILE, {"__name__": "min_pool2d"})["min_pool2d"]) as operation:
        yield operation
    assert "min_pool2d" not in dir(engine)


@pytest.fixture
def _with_oracle(monkeypatch: pytest.MonkeyPatch):
    found = executed(ORACLE, {"__name__": "tests.engine.oracles.min_pool2d"})["ORACLES"]
    monkeypatch.setitem(oracles.ORACLES, "min_pool2d", found["min_pool2d"])
    for module in MODULES:
        monkeypatch.setattr(module, "drawings", lambda o, n, *a, **k: draws.drawings(o, min(n, FEW), *a, **k))


def laws(modules: tuple[ModuleType, ...], *names: str) -> list[Callable[..., None]]:
    """Every test of these modules that is of all operations and takes these fixtures and nothing else."""
    return [
        test
        for module in modules
        for name, test in vars(module).items()
        if name.startswith("test_")
        and sorted(inspect.signature(test).parameters) == sorted(names)
        and any(len(mark.args[1]) == len(all_operations()) for mark in test.pytestmark)
    ]


LAWS = laws(MODULES, "operation")
OF_SERVICE = laws(SERVICE, "client", "operation")


@pytest.mark.usefixtures("_with_oracle")
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_obeys_the_laws(min_pool2d: Operation, law: Callable[[Operation], None]):
    law(min_pool2d)


@pytest.mark.parametrize("law", OF_SERVICE, ids=lambda law: law.__name__)
def test_the_service_takes_it(min_pool2d: Operation, client: TestClient, law: Callable[..., None]):
    law(client=client, operation=min_pool2d)


def test_there_are_laws():
    assert len(LAWS) > 20
    assert len(OF_SERVICE) > 12


def test_the_guides_call_is_answered(min_pool2d: Operation, client: TestClient):
    (body,) = re.findall(r"--json '(\{.+?\})'", GUIDE, re.DOTALL)
    reply = client.post("/api/run", content=body, headers={"content-type": "application/json"})
    assert reply.json()["values"] == [[[1]]]
    assert engine.min_pool2d([[[4, 2], [3, 1]]], 2).tolist() == [[[1]]]


def test_it_has_controls_limits_and_a_trace(min_pool2d: Operation, client: TestClient):
    listed = {one["name"]: one for one in client.get("/api/operations").json()["operations"]}
    assert [one["name"] for one in listed["min_pool2d"]["params"]][:2] == ["kernel_size", "stride"]
    shape = {"operation": "min_pool2d", "input_shape": [1, 5, 5], "params": {"kernel_size": 2}}
    reply = client.post("/api/shape", json=shape).json()
    assert reply["output_shape"] == [1, 2, 2]
    assert reply["limits"]["kernel_size"][0]["max"] == 5
    run = {"operation": "min_pool2d", "input": {"values": [[[4, 2], [3, 1]]]}, "params": {"kernel_size": 2}}
    trace = client.post("/api/trace", json=run | {"cell": [0, 0, 0]}).json()
    assert [term["chosen"] for term in trace["terms"]] == [False, False, False, True]
    assert (trace["reduction"], trace["printed"]["value"]) == ("min", "1")
    assert "min_pool2d" in client.get("/docs").text


def test_its_docstring_is_right(min_pool2d: Operation):
    assert (inspect.getdoc(min_pool2d) or "").startswith("min_pool2d(input, kernel_size, stride=None, ")
    names = {"engine": engine, "np": np}
    test = doctest.DocTestParser().get_doctest(str(inspect.getdoc(min_pool2d)), names, "min_pool2d", None, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_guide_names_what_is_there():
    for name in re.findall(r"`((?:engine|static|tests|server)/[\w/.]+)`", GUIDE):
        made_in_the_example = name.endswith("min_pool2d.py")
        assert (ROOT / name).exists() is not made_in_the_example, name
    for target in re.findall(r"\]\(([^):#]+)\)", GUIDE):
        assert (ROOT / target).is_file(), target
