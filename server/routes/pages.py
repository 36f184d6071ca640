"""The pages: each from its template; the reference among them is made from the registry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from engine.kernels import kernels
from engine.limits import Limits
from server.pages.catalogue import LANGUAGES, LOCALES, catalogue, language_of
from server.pages.pages import Page, Site
from server.pages.reference import families, routes


def router(version: str, limits: Limits, site: Site) -> APIRouter:
    """Return a route for every page of ``site``."""
    pages = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(directory=site.templates)

    def showing(page: Page) -> Callable[..., Response]:
        def show(request: Request, lang: str | None = None) -> Response:
            accepted = request.headers.get("accept-language")
            language = language_of(lang, accepted) if page.written else LANGUAGES[0]
            context = {
                "version": version,
                "site": site,
                "page": page,
                "language": language,
                "languages": LANGUAGES,
                "locale": LOCALES[language],
                "t": catalogue(language, site.static).__getitem__,
                "families": partial(families, limits),
                "kernels": lambda: [kernel.data() for kernel in kernels().values()],
                "routes": lambda: routes(request.app.openapi()),
            }
            return templates.TemplateResponse(request, f"{page.name}.html", context)

        return show

    for page in site.pages:
        pages.add_api_route(f"/{page.path}", showing(page))
    return pages
