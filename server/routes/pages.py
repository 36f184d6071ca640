"""The pages: the Lab, the networks, and the reference made from the registry."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from engine.kernels import kernels
from engine.limits import Limits
from server.assets import TEMPLATES
from server.pages.catalogue import LANGUAGES, LOCALES, catalogue, language_of
from server.pages.reference import families, routes


def router(version: str, limits: Limits) -> APIRouter:
    """Return the routes /, /network and /docs."""
    pages = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(directory=TEMPLATES)

    @pages.get("/")
    def lab(request: Request) -> Response:
        """Show the Lab."""
        return templates.TemplateResponse(request, "lab.html", {"version": version, "page": "lab"})

    @pages.get("/network")
    def network(request: Request) -> Response:
        """Show a trained network at work."""
        return templates.TemplateResponse(request, "network.html", {"version": version, "page": "network"})

    @pages.get("/docs")
    def docs(request: Request, lang: str | None = None) -> Response:
        """Show the reference: every operation, kernel and call, to be tried on the spot."""
        language = language_of(lang, request.headers.get("accept-language"))
        context = {
            "version": version,
            "language": language,
            "languages": LANGUAGES,
            "locale": LOCALES[language],
            "t": catalogue(language).__getitem__,
            "families": families(limits),
            "kernels": [kernel.data() for kernel in kernels().values()],
            "routes": routes(request.app.openapi()),
        }
        return templates.TemplateResponse(request, "docs.html", context)

    return pages
