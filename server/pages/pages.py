"""The list of pages. Routes, navigation, warming and tests read it; nowhere else is one named.

A page called ``name`` is the template ``name.html``, the script ``static/name.js`` and the sheet
``static/style/name.css``; the navigation calls it by the message ``pages.name``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.assets import STATIC, TEMPLATES


@dataclass(frozen=True)
class Page:
    """One page: its ``path`` below the root, the messages that are its title and what it is for.

    ``asks`` are the lists of the API that it begins with: they are on their way before its script is.
    ``written``: by the server, in a language that is asked for by a query; else a fragment says which.
    """

    name: str
    path: str
    title: str
    tagline: str
    asks: tuple[str, ...] = ()
    written: bool = False

    @property
    def address(self) -> str:
        """The way there from any other page."""
        return self.path or "./"


@dataclass(frozen=True)
class Site:
    """The pages there are, in the order of the navigation, and where their files lie."""

    pages: tuple[Page, ...]
    templates: Path
    static: Path


PAGES = (
    Page("lab", "", "page.title", "page.tagline", ("operations", "kernels", "samples")),
    Page("network", "network", "net.title", "net.tagline", ("networks", "samples")),
    Page("docs", "docs", "docs.title", "docs.lead", written=True),
)
SITE = Site(PAGES, TEMPLATES, STATIC)
