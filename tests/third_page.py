"""A page beside those that ship, as one would add it: twenty lines, its messages, a line in the list."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from server.pages.pages import SITE, Page, Site

SCRIPT = """import { Table } from "./page/address.js";
import { names, oneOf } from "./page/entries.js";
import { start } from "./page/start.js";
import { FRAME } from "./page/table.js";

const words = {
  name: "words",
  offered: () => true,
  view: (place) => ({ update: ({ text }) => place.replaceChildren(text), translate: () => {} }),
  model: ({ state, t }) => ({ text: t(`third.${state.values.mood}`) }),
};
start(new URL("..", import.meta.url), {
  table: new Table({ mood: oneOf("calm", ["calm", "merry"]), open: names(["words"]), ...FRAME }),
  chapters: [words],
});
"""
TEMPLATE = """{% extends "frame.html" %}
{% block main %}<main><div id="chapters" class="chapters"></div></main>{% endblock %}
"""
SHEET = '@import "base.css";\n@import "layout.css";\n'
LINE = Page("third", "third", "third.title", "third.tagline")
MESSAGES = {
    "pages.third": ("Third", "第三页"),
    "third.title": ("Convscope: a third page", "Convscope：第三页"),
    "third.tagline": ("A page beside the others.", "另一个页面。"),
    "third.calm": ("All is calm.", "一切平静。"),
    "third.merry": ("All is merry.", "一切欢快。"),
    "chapter.words": ("Words", "词语"),
}


def with_third_page(folder: Path) -> Site:
    """Return the site with one page more, its files and those of the others in ``folder``."""
    site = Site((*SITE.pages, LINE), folder / "templates", folder / "static")
    shutil.copytree(SITE.templates, site.templates)
    shutil.copytree(SITE.static, site.static)
    (site.templates / "third.html").write_text(TEMPLATE, "utf-8")
    (site.static / "third.js").write_text(SCRIPT, "utf-8")
    (site.static / "style" / "third.css").write_text(SHEET, "utf-8")
    for at, language in enumerate(("en", "zh")):
        path = site.static / "messages" / f"{language}.json"
        own = {key: texts[at] for key, texts in MESSAGES.items()}
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | own), "utf-8")
    return site
