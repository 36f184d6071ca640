"""How the door speaks: short lines while it works, one plain sentence when it cannot go on."""

import os
import subprocess


class DoorError(Exception):
    """Something is missing or failed; the message tells a person what, and which command helps."""


def say(line: str) -> None:
    """Print a line at once, so that it stands before the output of the program it announces."""
    print(line, flush=True)


def call(command: list[str], otherwise: str, *, quiet: bool = False, **environment: str) -> None:
    """Run a command that must succeed; a ``quiet`` one is heard only when it fails.

    Raises:
        DoorError: with the sentence ``otherwise``, when it does not.
    """
    settings = {**os.environ, **environment}
    output, errors = (subprocess.PIPE, subprocess.STDOUT) if quiet else (None, None)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=settings,
            text=True,
            check=False,
        )
    except OSError as error:
        raise DoorError(f"{otherwise} ({command[0]}: {error.strerror})") from error
    if done.returncode:
        if quiet:
            say(done.stdout)
        raise DoorError(f"{otherwise} What went wrong stands above (code {done.returncode}).")
