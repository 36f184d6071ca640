"""The checks behind `run.py check` and `run.py test`: run them all, then count what passed and failed."""

import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from . import node
from .environment import ROOT
from .talk import say

REPORT = "{report}"  # stands in a command for the file that the program is to write its report to


@dataclass
class Tally:
    """How many tests passed and failed."""

    passed: int
    failed: int


@dataclass
class Step:
    """One program to run; ``count`` reads its report, and without it the step itself is one test."""

    title: str
    command: list[str]
    search_path: str | None = None
    count: Callable[[str], Tally] | None = None


def python_code(python: str) -> list[Step]:
    """Format, lint and types of the Python code."""
    return [
        Step("Python format (ruff format)", [python, "-m", "ruff", "format", "--check", "."]),
        Step("Python lint (ruff)", [python, "-m", "ruff", "check", "."]),
        Step("Python types (pyright)", [python, "-m", "pyright", "--warnings"]),
    ]


def page_code(python: str) -> list[Step]:
    """Types, format, lint and tests of the page's scripts and styles."""
    path = node.search_path(python)
    tsc = str(node.MODULES / "typescript/bin/tsc")
    biome = str(node.MODULES / "@biomejs/biome/bin/biome")
    lint = ["--error-on-warnings", f"--colors={'force' if sys.stdout.isatty() else 'off'}"]
    # One reporter for the reader, one for the count.
    test = ["node", "--test", "--test-reporter=spec", "--test-reporter-destination=stdout"]
    test += ["--test-reporter=tap", f"--test-reporter-destination={REPORT}"]
    test += sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("tests/js/**/*.test.js"))
    return [
        Step("JavaScript types (tsc)", ["node", tsc, "--project", "."], path),
        Step("JavaScript and CSS format and lint (Biome)", ["node", biome, "ci", *lint], path),
        Step("JavaScript tests (node --test)", test, path, count_tap),
    ]


def everything(python: str) -> tuple[Step, ...]:
    """All of Python's tests: those in the browser beside the others, for each leave a core idle."""
    return pytest(python, ["--ignore=tests/browser"]), pytest(python, ["tests/browser"])


def pytest(python: str, arguments: list[str]) -> Step:
    """Python's tests, those in the browser included unless the arguments choose otherwise."""
    command = [python, "-m", "pytest", f"--junit-xml={REPORT}", *arguments]
    return Step(" ".join(["Python tests (pytest)", *arguments]), command, count=count_junit)


def run(steps: Sequence[Step | tuple[Step, ...]]) -> int:
    """Run every step, whatever became of the ones before; the closing line is the last one printed.

    Steps that stand in a tuple run side by side.
    """
    total = Tally(0, 0)
    lines: list[str] = []
    for entry in steps:
        for step, tally, seconds in together(entry if isinstance(entry, tuple) else (entry,)):
            total.passed += tally.passed
            total.failed += tally.failed
            verdict = "FAILED" if tally.failed else "passed"
            lines.append(f"{verdict} {seconds:6.1f} s  {step.title}")
    say("\n".join(["\n=== In short", *lines, f"{total.passed} passed, {total.failed} failed"]))
    return 1 if total.failed else 0


def together(steps: tuple[Step, ...]) -> list[tuple[Step, Tally, float]]:
    """Run steps side by side: the first says what it does as it goes, the others when they have ended."""

    def timed(step: Step, said: IO[str] | None) -> tuple[Step, Tally, float]:
        started = time.monotonic()
        tally = outcome(step, said)
        return step, tally, time.monotonic() - started

    first, *others = steps
    with ExitStack() as files, ThreadPoolExecutor(len(steps)) as pool:
        quiet = [files.enter_context(tempfile.TemporaryFile("w+", errors="replace")) for _ in others]
        waiting = [pool.submit(timed, step, file) for step, file in zip(others, quiet, strict=True)]
        say(f"\n=== {first.title}")
        done = [timed(first, None)]
        for step, result, file in zip(others, waiting, quiet, strict=True):
            done.append(result.result())
            file.seek(0)
            say(f"\n=== {step.title}\n{file.read().rstrip()}")
    return done


def outcome(step: Step, said: IO[str] | None = None) -> Tally:
    """Run one step. Ending badly without a failed test counts as a failure, and so does finding no tests.

    What it says goes to the file ``said``, or to the screen.
    """
    settings = {
        **os.environ,
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    }  # it would ask for newer versions of itself
    if step.search_path:
        settings["PATH"] = step.search_path
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        command = [argument.replace(REPORT, str(report)) for argument in step.command]
        code = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=None if said is None else subprocess.STDOUT,
            env=settings,
            check=False,
        ).returncode
        if step.count is None:
            return Tally(int(code == 0), int(code != 0))
        tally = step.count(report.read_text(encoding="utf-8")) if report.is_file() else Tally(0, 0)
    if tally.failed == 0 and (code or tally.passed == 0):
        say(f"No test of {step.title} failed, and yet this did: code {code}, after {tally.passed} tests.")
        tally.failed = 1
    return tally


def count_junit(report: str) -> Tally:
    """Count pytest's report; a test that fails and then cannot clean up either stands in it twice."""
    passed: set[tuple[str, str]] = set()
    failed: set[tuple[str, str]] = set()
    for case in ET.fromstring(report).iter("testcase"):
        outcomes = {part.tag for part in case}
        test = (case.get("classname", ""), case.get("name", ""))
        if outcomes & {"failure", "error"}:
            failed.add(test)
        elif "skipped" not in outcomes:
            passed.add(test)
    return Tally(len(passed - failed), len(failed))


def count_tap(report: str) -> Tally:
    """Count Node's report by the summary at its end."""
    counts = dict(re.findall(r"^# (pass|fail|cancelled) (\d+)$", report, re.MULTILINE))
    return Tally(int(counts.get("pass", 0)), int(counts.get("fail", 0)) + int(counts.get("cancelled", 0)))
