"""The project's own Python environment: .venv, filled from a lock file, stamped when it is complete."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import debian
from .talk import DoorError, call, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# Playwright's own Node needs libatomic1; without fonts there is no text to look at.
FOR_TESTS = ["chromium-headless-shell", "libatomic1", "fonts-dejavu-core", "fonts-noto-cjk"]

FOR_TRAINING = {
    # Two halves of each batch run side by side; two threads in each matrix product would only wait for
    # each other, and on a busy machine for long.
    "OPENBLAS_NUM_THREADS": "1",
    # glibc: keep what was freed, as every step wants the same again.
    "MALLOC_MMAP_THRESHOLD_": str(2**28),
    "MALLOC_TRIM_THRESHOLD_": str(2**32),
}


def prepare(name: str) -> str:
    """Bring .venv up to requirements/NAME.txt and return its Python; quick when nothing has changed."""
    if os.name == "nt":
        raise DoorError("run.py is for Linux and macOS. On Windows: pip install . and then: python -m server")
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f"convscope-{name}.stamp"
    if PYTHON.exists() and fresh(stamp, lock):
        return str(PYTHON)
    if not usable():
        make()
    say(f"Installing the packages of requirements/{name}.txt into .venv ...")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq", "install"]
    # The lock is complete, so there are no dependencies to look for. Python compiles what it imports,
    # which is far less than all there is.
    pip += ["--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile", "-r", str(lock)]
    call(pip, f"The packages of requirements/{name}.txt could not be installed.")
    stamp.write_text(digest(lock))
    return str(PYTHON)


def fresh(stamp: Path, lock: Path) -> bool:
    """Say whether what the lock file lists was installed from this very file."""
    return stamp.is_file() and stamp.read_text() == digest(lock)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def usable() -> bool:
    """Say whether .venv holds a Python that runs, is new enough and has pip."""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def make() -> None:
    """Make .venv, in place of one that is broken or half made."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        name = "python{}.{}-venv".format(*sys.version_info)
        if not debian.is_here():
            raise DoorError(f"This Python has no ensurepip: install the package that Debian calls {name}.")
        debian.install([name], "Making a virtual environment")
    say("Making .venv anew, as this one is not usable ..." if VENV.exists() else "Making .venv ...")
    call([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment .venv could not be made.")


def browser() -> None:
    """Install from Debian what the tests in a browser need; elsewhere insist only on a Chromium.

    Raises:
        DoorError: when it is missing and may not be installed.
    """
    if debian.is_here():
        debian.install(FOR_TESTS, "Testing in a browser")
    elif not shutil.which("chromium"):
        raise DoorError("Testing in a browser needs Chromium: install it so that `chromium` is on the PATH.")
