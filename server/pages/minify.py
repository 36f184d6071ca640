"""A linked script or sheet made smaller by a library, where there is one for this machine.

The library (tdewolff's minify) brings a runtime of its own, so it works in a process apart, once;
without it, or should it fail, the text is sent as it is and the page is the same.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from importlib.util import find_spec

_WORK = "import sys, minify; sys.stdout.write(minify.string(sys.argv[1], sys.stdin.read()))"
_PATIENCE = 30
"""Seconds; it takes half of one."""


def minified(text: str, media_type: str) -> str:
    """Return ``text`` without what only readers need."""
    if find_spec("minify") is None:
        return text
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", _WORK, media_type],
            input=text,
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError) as error:
        logging.getLogger(__name__).warning("The page is sent as it is: %s", error)
        return text
    return done.stdout or text
