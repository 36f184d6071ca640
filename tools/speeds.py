"""Every browser test again and again: at full speed, slowed down, and beside other work.

A test that passes once may owe it to how long things happened to take; one that always passes does not.
"""

import os
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from . import checks
from .environment import ROOT
from .talk import say

TIMES = 5
BOUND = 3600
"""Seconds after which a busy process ends, whatever became of who started it."""
BUSY = """\
import os, sys, time
end, parent = time.monotonic() + float(sys.argv[1]), int(sys.argv[2])
while time.monotonic() < end and os.getppid() == parent:
    for _ in range(100_000):
        pass
"""


@dataclass(frozen=True)
class Speed:
    """One way of running the tests."""

    title: str
    options: tuple[str, ...] = ()
    busy: bool = False
    """Whether another process keeps each core busy meanwhile."""


SPEEDS = (
    Speed("full speed"),
    Speed("processor throttled 4 times", ("--throttle", "4")),
    Speed("another process on each core", ("--patience", "4"), busy=True),
)


def run(python: str, arguments: Sequence[str], times: int = TIMES) -> int:
    """Run the tests so often at every speed; the closing line is the last one printed.

    Whatever the arguments name is run, and all of the browser's tests where they name nothing.
    """
    chosen = [*arguments] if any(map(names_tests, arguments)) else ["tests/browser", *arguments]
    total = checks.Tally(0, 0)
    rows: list[str] = []
    for speed in SPEEDS:
        tally, started = checks.Tally(0, 0), time.monotonic()
        clean = 0
        for turn in range(1, times + 1):
            step = checks.pytest(python, [*speed.options, *chosen])
            say(f"\n=== {speed.title}, {turn} of {times}")
            with busy_cores() if speed.busy else nullcontext():
                found = checks.outcome(step)
            clean += found.failed == 0
            tally = checks.Tally(tally.passed + found.passed, tally.failed + found.failed)
        seconds = time.monotonic() - started
        counts = f"{clean} of {times} runs clean, {tally.passed:6} passed, {tally.failed:4} failed"
        rows.append(f"{speed.title:30} {counts}, {seconds:7.0f} s")
        total = checks.Tally(total.passed + tally.passed, total.failed + tally.failed)
    say("\n".join(["\n=== In short", *rows, f"{total.passed} passed, {total.failed} failed"]))
    return 1 if total.failed else 0


def names_tests(argument: str) -> bool:
    """Say whether an argument is a folder, a file or a test in it."""
    return (ROOT / Path(argument.split("::", maxsplit=1)[0])).exists()


@contextmanager
def busy_cores(count: int | None = None, seconds: float = BOUND) -> Generator[list[int], None, None]:
    """Keep every core busy with a process of its own, and end just these; give their ids."""
    command = [sys.executable, "-c", BUSY, str(seconds), str(os.getpid())]
    started: list[int] = []
    with ExitStack() as ending:
        for _ in range(count or os.cpu_count() or 1):
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            ending.callback(process.wait)
            ending.callback(process.kill)
            started.append(process.pid)
        yield started
