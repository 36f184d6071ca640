"""``python -m server``: serve Convscope with uvicorn."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

# One BLAS thread a request: the cores are shared among requests, and threads that
# spin at a barrier make small products ten times slower. Must precede NumPy's import.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import uvicorn

from server.app import create_app
from server.settings import Settings, SettingsError

SECONDS_TO_FINISH = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="convscope",
        description="Serve Convscope, the visualiser of convolution.",
        epilog="Limits are set by environment variables that begin with CONVSCOPE_; see README.md.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment().serving(options.host)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Convscope is at http://{shown}:{options.port}/ (Ctrl+C stops it)", flush=True)
    uvicorn.run(
        create_app(settings),
        host=options.host,
        port=options.port,
        log_level="warning",
        ws_max_size=settings.max_message_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        server_header=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
