"""``python -m server``: serve Convscope with uvicorn."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence

# One BLAS thread a request: the cores are shared among requests, and threads that
# spin at a barrier make small products ten times slower. Must precede NumPy's import.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import uvicorn

from server.app import create_app
from server.settings import Settings, SettingsError

SECONDS_TO_FINISH = 3
SWITCH_INTERVAL = 0.0005
"""Seconds a computing thread may keep the interpreter from the event loop; Python's own 0.005 makes
one wish in twenty wait half as long again."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="convscope",
        description="Serve Convscope, the visualiser of convolution.",
        epilog="Limits are set by environment variables that begin with CONVSCOPE_; see docs/settings.md.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    options = parser.parse_args(arguments)
    try:
        config = configured(Settings.from_environment().serving(options.host))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        listener = listen(options.host, options.port)
    except OSError as error:
        print(f"Cannot listen on {options.host}, port {options.port}: {error.strerror}.", file=sys.stderr)
        print("Choose another port with --port, or another address with --host.", file=sys.stderr)
        return 1
    sys.setswitchinterval(SWITCH_INTERVAL)
    with listener:
        shown = f"[{options.host}]" if ":" in options.host else options.host
        port = listener.getsockname()[1]
        print(f"Convscope is at http://{shown}:{port}/ (Ctrl+C stops it)", flush=True)
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any free one.

    Raises:
        OSError: the address or port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


def configured(settings: Settings) -> uvicorn.Config:
    """Return how uvicorn serves Convscope: compression would cost more than it saves on the way."""
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    return uvicorn.Config(
        create_app(settings),
        log_level="warning",
        ws_max_size=settings.max_message_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        server_header=False,
    )


def _is_news(record: logging.LogRecord) -> bool:
    # uvicorn says this of every WebSocket that is refused with a reply; strangers could fill the log.
    return "without completing handshake" not in record.getMessage()


if __name__ == "__main__":
    sys.exit(main())
