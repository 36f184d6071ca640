"""Which Chromium opens the pages, and how: Debian's, silent about everything but the page."""

from __future__ import annotations

import shutil

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Return where it is; where there is one without windows, that: it opens a page at half the cost.

    The program itself, as Debian's command of that name would leave it running when it is ended.
    """
    return shutil.which("chromium-headless-shell", path="/usr/lib/chromium") or shutil.which("chromium")
