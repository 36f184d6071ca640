"""The door: what run.py accepts, refuses, passes on and counts."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import checks, debian, environment
from tools.talk import DoorError

ROOT = Path(__file__).resolve().parent.parent


def run(command: list[str], **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, **options
    )


@pytest.fixture
def door(tmp_path: Path) -> Path:
    """A checkout of the door alone, without .venv."""
    shutil.copy(ROOT / "run.py", tmp_path)
    for folder in ("tools", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


# run.py


def test_help_explains_every_verb_and_installs_nothing(door: Path):
    answer = run([sys.executable, "run.py", "--help"], cwd=door)
    assert answer.returncode == 0
    for word in ("--host", "--port", "run.py test", "run.py check", "run.py bench", "run.py lock", "8000"):
        assert word in answer.stdout
    assert not (door / ".venv").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["paint"], "run.py knows no 'paint'"),
        (["--prot", "8000"], "unrecognized arguments: --prot"),
        (["--port", "70000"], "a whole number from 0 to 65535, not '70000'"),
        (["--port", "http"], "a whole number from 0 to 65535, not 'http'"),
        (["check", "engine"], "run.py check takes nothing after it, and was given: engine"),
        (["lock", "numpy"], "was given: numpy"),
    ],
)
def test_a_wrong_argument_is_refused_before_anything_is_installed(
    door: Path, arguments: list[str], sentence: str
):
    answer = run([sys.executable, "run.py", *arguments], cwd=door)
    assert answer.returncode in (1, 2)
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (door / ".venv").exists()


def test_a_start_with_a_complete_environment_goes_straight_to_the_server(door: Path, tmp_path_factory):
    python = door / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\necho "$PYTHONPATH"\npwd\n')
    python.chmod(0o755)
    (door / ".venv/convscope-runtime.stamp").write_text(environment.digest(door / "requirements/runtime.txt"))
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, str(door / "run.py"), "--host", "0.0.0.0", "--port", "8123"]
    answer = run(command, cwd=elsewhere, env=without)
    assert answer.stdout.splitlines() == [
        "-P -m server --host 0.0.0.0 --port 8123",
        str(door),
        str(elsewhere),
    ]


def test_a_changed_lock_or_a_missing_stamp_means_installing_again(tmp_path: Path):
    lock, stamp = tmp_path / "lock.txt", tmp_path / "stamp"
    lock.write_text("numpy==2.4.6\n")
    assert not environment.fresh(stamp, lock)
    stamp.write_text(environment.digest(lock))
    assert environment.fresh(stamp, lock)
    lock.write_text("numpy==2.4.7\n")
    assert not environment.fresh(stamp, lock)


def test_a_missing_debian_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(debian, "missing", lambda packages: packages[1:])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(DoorError, match="Testing needs the Debian package libatomic1") as refusal:
        debian.install(["chromium", "libatomic1"], "Testing")
    assert str(refusal.value).endswith("sudo apt-get update && sudo apt-get install libatomic1")


@pytest.mark.skipif(not debian.is_here(), reason="needs a Debian")
def test_missing_packages_are_told_from_installed_ones():
    assert debian.missing(["dpkg", "convscope-no-such-package"]) == ["convscope-no-such-package"]


# Counting what passed and what failed


def test_steps_that_run_side_by_side_are_told_one_after_another(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    """The second can only end once the first has begun, and the first once the second has."""
    script = "import pathlib, sys, time\nhere, other = map(pathlib.Path, sys.argv[1:])\nhere.touch()\n"
    script += "while not other.exists(): time.sleep(0.01)\nprint(here.name)"
    one, two = (str(tmp_path / name) for name in ("one", "two"))
    steps = (
        checks.Step("first", [sys.executable, "-c", script, one, two]),
        checks.Step("second", [sys.executable, "-c", script, two, one]),
    )
    assert checks.run([steps]) == 0
    said = capfd.readouterr().out
    assert re.findall(r"=== (first|second)|^(one|two)$", said, re.MULTILINE) == [
        ("first", ""),
        ("", "one"),
        ("second", ""),
        ("", "two"),
    ]
    assert said.endswith("2 passed, 0 failed\n")


def test_all_steps_run_and_the_closing_line_is_the_last(capfd: pytest.CaptureFixture[str]):
    steps = [
        checks.Step("fails", [sys.executable, "-c", "raise SystemExit(3)"]),
        checks.Step("passes", [sys.executable, "-c", "print('reached')"]),
    ]
    assert checks.run(steps) == 1
    printed = capfd.readouterr().out
    assert "reached" in printed
    assert printed.splitlines()[-1] == "1 passed, 1 failed"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("def test_a(): pass\ndef test_b(): assert 0\n", (1, 1)),
        ("import pytest\ndef test_a(): pytest.skip('not here')\ndef test_b(): pass\n", (1, 0)),
        ("raise RuntimeError\n", (0, 1)),
        ("", (0, 1)),
        (
            "import pytest\n@pytest.fixture\ndef f():\n  yield\n  raise OSError\ndef test_a(f): assert 0\n",
            (0, 1),
        ),
    ],
    ids=["one of two fails", "one is skipped", "collecting fails", "no tests at all", "fails twice"],
)
def test_counting_pytest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, expected: tuple[int, int]
):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "test_it.py").write_text(body)
    arguments = [f"--rootdir={tmp_path}", "-c", os.devnull, "-p", "no:cacheprovider", str(tmp_path)]
    tally = checks.outcome(checks.pytest(sys.executable, arguments))
    assert (tally.passed, tally.failed) == expected


def test_counting_node():
    report = (
        "TAP version 13\n# tests 9\n# suites 2\n# pass 5\n# fail 2\n# cancelled 1\n# skipped 1\n# todo 0\n"
    )
    assert checks.count_tap(report) == checks.Tally(5, 3)


def test_ci_calls_the_door_and_nothing_else():
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert re.findall(r"python3? .*", script.read_text()) == ["python3 run.py test </dev/null"]
