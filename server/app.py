"""The composition root of the service: settings in, application out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import APIRouter, FastAPI, WebSocket

from server.assets import NETWORKS, STATIC
from server.calls.calls import Calls
from server.calls.results import Results
from server.errors import ERROR_RESPONSES, add_error_handlers
from server.guard import guarded
from server.images.library import Library
from server.networks.context import Networks
from server.networks.runs import Runs
from server.networks.zoo import Zoo
from server.pages.static_files import PageFiles
from server.pages.warm import warm
from server.pool import Pool
from server.routes import (
    code,
    compare,
    curve,
    health,
    images,
    network_cells,
    networks,
    operations,
    pages,
    run,
)
from server.settings import Settings
from server.stream.kinds import Services
from server.stream.stream import Stream


def project_version() -> str:
    """Return the version installed, or that of a checkout without one."""
    try:
        return version("convscope")
    except PackageNotFoundError:
        return "0.2.0"


def create_app(settings: Settings | None = None, shipped: Path = NETWORKS) -> FastAPI:
    """Return the service; ``settings`` default to the environment's, ``shipped`` is where the networks lie.

    Raises:
        SettingsError: a CONVSCOPE_ variable is unknown or out of range.
    """
    settings = settings or Settings.from_environment()
    limits = settings.limits()
    pool = Pool(settings.compute_threads)
    library = Library(settings)
    results = Results(settings.cache_bytes)
    calls = Calls(library, limits, settings.max_trace_terms, settings.max_json_values, results)
    seen = Networks(
        Zoo(shipped),
        Runs(library, settings.network_bytes),
        settings.max_json_values,
        settings.max_trace_terms,
        limits,
    )
    stream = Stream(
        Services(calls, seen), pool, settings.max_slots, settings.max_values, settings.max_sockets
    )

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncGenerator[None]:
        warming = asyncio.create_task(warm(served))
        yield
        warming.cancel()
        pool.close()

    app = FastAPI(
        title="Convscope",
        version=project_version(),
        description="What convolution does to your own picture, number for number.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses=ERROR_RESPONSES,
    )
    add_error_handlers(app)
    api = APIRouter(prefix="/api")
    api.include_router(operations.router(calls, pool, settings.max_values))
    api.include_router(run.router(calls, pool, settings.max_values))
    api.include_router(curve.router(calls, pool, settings.max_values))
    api.include_router(compare.router(calls, pool, settings.max_values))
    api.include_router(code.router(calls, seen, pool, settings.max_values))
    api.include_router(networks.router(seen, pool, settings.max_values))
    api.include_router(network_cells.router(seen, pool, settings.max_values))
    app.include_router(images.images_router(library, settings))

    @api.websocket("/stream")
    async def stream_route(socket: WebSocket) -> None:
        await stream.serve(socket)

    app.include_router(api)
    app.include_router(health.router())
    app.include_router(pages.router(app.version, limits))
    app.mount("/static", PageFiles(STATIC), name="static")
    guarded(app, settings)
    return app
