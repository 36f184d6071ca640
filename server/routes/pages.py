"""The pages: the Lab, and the reference made from the registry."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from engine.kernels import kernels
from engine.limits import Limits
from engine.registry import operations
from server.assets import TEMPLATES


def router(version: str, limits: Limits) -> APIRouter:
    """Return the routes of the pages."""
    routes = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(directory=TEMPLATES)

    @routes.get("/")
    def lab(request: Request) -> Response:
        return templates.TemplateResponse(request, "lab.html", {"version": version})

    @routes.get("/reference")
    def reference(request: Request) -> Response:
        context = {
            "version": version,
            "operations": [operation.describe(limits) for operation in operations()],
            "documents": {operation.name: operation.__doc__ for operation in operations()},
            "kernels": [kernel.data() for kernel in kernels().values()],
        }
        return templates.TemplateResponse(request, "reference.html", context)

    return routes
