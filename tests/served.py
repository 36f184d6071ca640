"""The service on a real loopback port, within this process, for tests that need the wire."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from server.__main__ import configured, listen
from server.app import create_app
from server.settings import Settings


@contextmanager
def served(settings: Settings | None = None, shipped: Path | None = None) -> Iterator[str]:
    """Serve while the context lasts, the networks in ``shipped`` if that is given; gives host:port."""
    config = configured(settings or Settings())
    if shipped is not None:
        config.app = create_app(settings, shipped)
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < deadline, "the service did not start"
            assert thread.is_alive(), "the service stopped at once"
            time.sleep(0.01)
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive(), "the service did not stop"
