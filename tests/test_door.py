"""The door: what run.py accepts, refuses, passes on and counts."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import checks, debian, environment, speeds
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
    for word in (
        "--host",
        "--port",
        "run.py test",
        "--speeds",
        "run.py check",
        "run.py bench",
        "run.py lock",
        "8000",
    ):
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


# Again and again at three speeds

COUNTING = """
import os
def pytest_addoption(parser):
    for name in ("--throttle", "--patience"):
        parser.addoption(name)
def test_it(request):
    said = [request.config.getoption(name) for name in ("throttle", "patience")]
    with open(__file__ + ".log", "a") as log:
        print(*said, file=log)
    assert said[0] is None
"""


def test_every_speed_is_run_so_often_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    head, body = COUNTING.split("def test_it")
    (tmp_path / "conftest.py").write_text(head)
    (tmp_path / "test_it.py").write_text("def test_it" + body)
    arguments = [f"--rootdir={tmp_path}", "-c", os.devnull, "-p", "no:cacheprovider", str(tmp_path)]
    assert speeds.run(sys.executable, arguments, times=2) == 1
    log = (tmp_path / "test_it.py.log").read_text().splitlines()
    assert log == ["None None"] * 2 + ["4 None"] * 2 + ["None 4"] * 2
    *_, full, slow, busy, closing = capfd.readouterr().out.splitlines()
    for row, words in ((full, "2 of 2 runs clean"), (slow, "0 of 2 runs clean"), (busy, "2 of 2 runs clean")):
        assert words in row
    assert closing == "4 passed, 2 failed"


def test_arguments_that_name_no_tests_are_options_for_those_of_the_browser(monkeypatch: pytest.MonkeyPatch):
    asked: list[list[str]] = []
    monkeypatch.setattr(checks, "outcome", lambda step: asked.append(step.command[4:]) or checks.Tally(1, 0))
    assert speeds.run("python", ["-k", "sum"], times=1) == 0
    assert speeds.run("python", ["tests/browser/test_sum.py::test_a"], times=1) == 0
    assert [one[-3:] for one in asked[:3]] == [["tests/browser", "-k", "sum"]] * 3
    assert {one[-1] for one in asked[3:]} == {"tests/browser/test_sum.py::test_a"}


def alive(process: int) -> bool:
    """Whether there is such a process, or was one that nobody has taken leave of."""
    return Path(f"/proc/{process}").exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_busy_processes_end_with_what_they_were_started_for_whatever_becomes_of_it():
    with pytest.raises(KeyboardInterrupt), speeds.busy_cores(2) as started:  # noqa: PT012
        assert len(set(started)) == 2
        assert all(map(alive, started))
        raise KeyboardInterrupt
    assert not any(map(alive, started))


def test_a_busy_process_ends_by_itself_after_its_time_or_with_who_started_it():
    command = [sys.executable, "-c", speeds.BUSY]
    assert run([*command, "0", str(os.getpid())]).returncode == 0
    assert run([*command, "3600", "1"]).returncode == 0


def test_counting_node():
    report = (
        "TAP version 13\n# tests 9\n# suites 2\n# pass 5\n# fail 2\n# cancelled 1\n# skipped 1\n# todo 0\n"
    )
    assert checks.count_tap(report) == checks.Tally(5, 3)


def test_ci_calls_the_door_and_nothing_else():
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert re.findall(r"python3? .*", script.read_text()) == ["python3 run.py test </dev/null"]
