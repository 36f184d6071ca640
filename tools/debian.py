"""Debian's packages: which are missing, and installing them where that is allowed."""

import os
import shutil
import subprocess

from .talk import DoorError, call, say

# Wait for another apt-get rather than fail, and try a broken download again.
APT_GET = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]


def is_here() -> bool:
    """Say whether this system is Debian or one of its kin."""
    return bool(shutil.which("dpkg-query") and shutil.which("apt-get"))


def install(packages: list[str], purpose: str) -> None:
    """Install those of the packages that are missing.

    Raises:
        DoorError: when this user may not install them, or apt-get fails.
    """
    packages = missing(packages)
    if not packages:
        return
    names = " ".join(packages)
    need = f"{purpose} needs the Debian package{'s' if len(packages) > 1 else ''} {names}"
    if os.geteuid() != 0:
        command = f"sudo apt-get update && sudo apt-get install {names}"
        raise DoorError(f"{need}, which only root may install. Run this, then start again:\n\n    {command}")
    say(f"{need}: installing with apt-get ...")
    fetch, unpack = [*APT_GET, "update"], [*APT_GET, "install", "-y", "--no-install-recommends", *packages]
    call(fetch, "The list of Debian's packages could not be fetched.", quiet=True)
    call(unpack, f"{names} could not be installed.", quiet=True, DEBIAN_FRONTEND="noninteractive")


def missing(packages: list[str]) -> list[str]:
    """Name those of the packages that are not installed."""
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]
