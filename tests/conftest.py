"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the browser's tests; they stand here, where pytest finds them whatever is run."""
    group = parser.getgroup("speeds", "how fast the browser's tests run")
    group.addoption(
        "--throttle",
        type=float,
        default=1,
        metavar="RATE",
        help="slow the processor of every page down so many times",
    )
    group.addoption(
        "--patience",
        type=float,
        metavar="TIMES",
        help="how many times as long anything may take before it counts as failed (default: RATE)",
    )


def patience_of(config: pytest.Config) -> float:
    """Return by what the bounds on waiting are multiplied; no test that passes waits for one."""
    given: float | None = config.getoption("--patience")
    throttle: float | None = config.getoption("--throttle")
    return given or throttle or 1


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give a test longer where everything takes longer."""
    times = patience_of(config)
    if times != 1 and config.getoption("timeout", None) is None:
        config.option.timeout = times * float(config.getini("timeout"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: the fast ones speak first, and Playwright keeps a loop running."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A client of the whole service, in this process."""
    settings = Settings(allowed_hosts=("testserver",))
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
