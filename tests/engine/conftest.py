"""A failure among drawn calls shows the call it fell over."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.engine import draws


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "setup":
        draws.LATEST.clear()
    elif report.failed and draws.LATEST:
        report.sections.append(("Last drawn", str(draws.LATEST[0])))
    return report
