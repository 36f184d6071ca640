"""Writing the lock files: versions and hashes, and no address of any registry."""

import os
import shutil

from . import node
from .environment import ROOT, VENV
from .talk import DoorError, call, say

# Each lock holds the one before it, in the same versions.
LOCKS = {"runtime": [], "test": ["--group", "test"], "bench": ["--group", "bench"]}
HEADER = "# Written by: python3 run.py lock\n"


def write(python: str, *, upgrade: bool) -> None:
    """Choose versions for pyproject.toml and package.json; keep those already locked unless told otherwise.

    Raises:
        DoorError: when uv, which chooses them, is missing or finds no set that fits.
    """
    uv = shutil.which("uv", path=os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)]))
    if not uv:
        raise DoorError("Locking needs uv. Install it with: .venv/bin/python -m pip install uv")
    style = [
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
    ]
    style += ["--upgrade"] if upgrade else []
    smaller: list[str] = []
    for name, selection in LOCKS.items():
        say(f"Choosing the versions of requirements/{name}.txt ...")
        lock = ROOT / "requirements" / f"{name}.txt"
        project = str(ROOT / "pyproject.toml")
        command = [uv, "pip", "compile", project, *selection, *style, *smaller, "--output-file", str(lock)]
        call(command, f"No versions could be chosen for requirements/{name}.txt.")
        lock.write_text(HEADER + lock.read_text())
        smaller = ["--constraint", str(lock)]
    say("Choosing the versions of package-lock.json ...")
    install = ["install", "--package-lock-only"]
    node.npm(python, install, "No versions could be chosen for package-lock.json.")
