"""What is installed: the lock files, and the wheel that serves from an empty folder."""

import json
import os
import re
import signal
import socket
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

ROOT = Path(__file__).resolve().parent.parent
NETWORKS = ("efficientnet-lite0", "fashion-cnn", "squeezenet-1.1")
LOCKS = ("runtime", "test", "bench")


def run(command: list[str], **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, **options
    )


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


def test_the_version_is_the_newest_release_and_what_a_checkout_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    releases = re.findall(r"^## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert releases[0] == project["version"]
    assert f'return "{project["version"]}"' in (ROOT / "server/app.py").read_text()


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


def test_the_wheel_holds_the_engine_the_server_the_page_and_the_networks(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("static", "templates", "networks"):
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
            listed = json.loads(get(f"{address}/api/networks"))["networks"]
            assert {network["name"]: network["problem"] for network in listed} == dict.fromkeys(NETWORKS)
            page = get(f"{address}/")
            assert "<html" in page
            parts = re.findall(r'(?:src|href)="/?(static/[^"]+)"', page)
            assert {part.split("?")[0].rsplit(".", 1)[-1] for part in parts} == {"js", "css"}
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
