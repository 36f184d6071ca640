"""The door: run.py, the lock files, and the wheel that serves from an empty folder."""

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tools import checks, debian, environment
from tools.talk import DoorError

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("runtime", "test", "bench")


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
def test_counting_pytest(tmp_path: Path, body: str, expected: tuple[int, int]):
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


# Lock files


def locked(name: str) -> dict[str, list[str]]:
    """Read a lock as {requirement: its lines}."""
    text = (ROOT / f"requirements/{name}.txt").read_text().replace("\\\n", "")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {" ".join(word for word in line if not word.startswith("--hash")): line for line in lines}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes_and_no_address(name: str):
    assert "://" not in (ROOT / f"requirements/{name}.txt").read_text()
    for requirement, words in locked(name).items():
        assert re.match(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; .+)?$", requirement)
        assert any(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", word) for word in words), requirement


def test_the_locks_hold_one_another_and_every_dependency():
    runtime, test, bench = (set(locked(name)) for name in LOCKS)
    assert runtime <= test <= bench
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.match(r"[\w-]+", requirement).group() for requirement in project["dependencies"]}  # pyright: ignore[reportOptionalMemberAccess]
    assert names <= {requirement.split("==")[0] for requirement in runtime}


def test_the_npm_lock_has_hashes_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_no_file_names_a_package_registry():
    names = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = run(listing, cwd=ROOT)
    if answer.returncode:
        pytest.skip("not a git checkout")
    found = []
    for path in filter(Path.is_file, (ROOT / name for name in answer.stdout.split("\0") if name)):
        text = path.read_bytes()
        found += [f"{path.relative_to(ROOT)}: {name}" for name in names if name.encode() in text]
    assert not found


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    answer = run(build)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (built,) = folder.glob("convscope-*.whl")
    return built


def test_the_wheel_holds_the_engine_the_server_and_the_page(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("static", "templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert files
        assert {f"server/_assets/{path.relative_to(ROOT)}" for path in files} <= names
    for package in ("engine", "server"):
        files = [path for path in (ROOT / package).rglob("*") if path.is_file() and path.suffix != ".pyc"]
        assert {str(path.relative_to(ROOT)) for path in files} <= names
    roots = {name.split("/")[0] for name in names}
    assert roots == {"engine", "server", next(root for root in roots if root.endswith(".dist-info"))}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read().decode()


def wait_for(address: str, server: subprocess.Popen[str], seconds: float = 30) -> str:
    """Ask until the server answers, for as long as it lives and the time lasts."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            return get(address)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


@pytest.mark.slow
def test_the_wheel_serves_from_an_empty_folder(wheel: Path, tmp_path: Path):
    venv, empty = tmp_path / "venv", tmp_path / "empty"
    empty.mkdir()
    assert run([sys.executable, "-m", "venv", "--without-pip", str(venv)]).returncode == 0
    python = str(venv / "bin/python")
    install = ["--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    answer = run([sys.executable, "-m", "pip", "--disable-pip-version-check", *install])
    assert answer.returncode == 0, answer.stderr
    # What the wheel needs is borrowed from the environment that runs this test.
    (own,) = venv.glob("lib/python*/site-packages")
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib"))

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    log = tmp_path / "log"
    with log.open("w") as output:
        command = [str(venv / "bin/convscope"), "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(command, cwd=empty, env=without, stdout=output, stderr=output, text=True)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/livez", server)
            page = get(f"{address}/")
            assert "<html" in page
            parts = re.findall(r'(?:src|href)="/?(static/[^"]+)"', page)
            assert any(part.endswith(".js") for part in parts)
            assert any(part.endswith(".css") for part in parts)
            for part in parts:
                assert get(f"{address}/{part}")
        except BaseException:
            sys.stdout.write(log.read_text())
            raise
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)
    assert server.returncode in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    assert address in log.read_text()
    assert not list(empty.iterdir())
