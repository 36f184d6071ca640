"""Many files made one on their way to the browser: a script and the modules it imports, and sheets.

There is no build step: what lies in static/ is native modules and sheets, which work as they are. Sent one by
one they would take a hundred requests before the first picture; linked, when they are asked for, two. The
forms that are understood are few, those that the page is written in; any other is an error with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/[ \t]*", re.DOTALL)
_JSDOC = re.compile(r"/\*\*.*?\*/[ \t]*", re.DOTALL)
_NOTE = re.compile(r"^[ \t]*//.*", re.MULTILINE)
_INDENT = re.compile(r"\n\s+")
_SHEET = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^{}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_NOTHING = re.compile(r"^export \{\};$", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*|^.*\bimport\(.*", re.MULTILINE)
_ADDRESS = re.compile(r"^.*\bimport\.meta\b.*", re.MULTILINE)
"""Of a module's own: only the first may ask for it, whose place in the tree the linked script takes."""
_OPEN = re.compile(r"^[^`\n]*`(?:[^`\n]*`[^`\n]*`)*[^`\n]*$", re.MULTILINE)
"""An odd number of backticks: a text that spans lines, and would lose its indentation."""


class BundleError(ValueError):
    """A file holds what cannot be linked."""


@dataclass(frozen=True)
class Linked:
    """One text, and the files it was made from."""

    text: str
    files: tuple[Path, ...]


def link(entry: Path) -> Linked:
    """Return the script or sheet at ``entry`` with all that it imports.

    Raises:
        BundleError: a file is written in a form that is not understood, or imports itself by way of others.
        OSError: a file that is imported is not there.
    """
    parts: dict[Path, _Part] = {}
    _add(entry.resolve(), parts, (), _sheet if entry.suffix == ".css" else _script)
    texts = [part.code for part in parts.values()] if entry.suffix == ".css" else _scopes(parts)
    return Linked("\n".join(texts), tuple(parts))


def slim(script: str) -> str:
    """Return a script without what only readers need: comments, empty lines, indentation."""
    return _INDENT.sub("\n", _NOTE.sub("", _JSDOC.sub("", script))).strip()


@dataclass(frozen=True)
class _Part:
    """What is sent of a file, and what must precede it; of a script, by which names both are known."""

    code: str
    needed: list[Path]
    exports: list[str]
    imports: list[tuple[Path, str, str]]
    """Where from, what it is called there, what it is called here."""


def _add(
    path: Path, parts: dict[Path, _Part], within: tuple[Path, ...], read: Callable[[Path, Path], _Part]
) -> None:
    if path in within:
        circle = (*within[within.index(path) :], path)
        raise BundleError(" imports ".join(each.name for each in circle))
    if path in parts:
        return
    part = read(path, (*within, path)[0])
    for each in part.needed:
        _add(each, parts, (*within, path), read)
    parts[path] = part


def _sheet(path: Path, _: Path) -> _Part:
    text = _INDENT.sub("\n", _COMMENT.sub("", path.read_text("utf-8"))).strip()
    needed = [(path.parent / match[1]).resolve() for match in _SHEET.finditer(text)]
    return _Part(_SHEET.sub("", text).strip(), needed, [], [])


def _script(path: Path, first: Path) -> _Part:
    written = path.read_text("utf-8")
    text = slim(written)
    imports: list[tuple[Path, str, str]] = []
    for match in _IMPORT.finditer(text):
        source = (path.parent / match[2]).resolve()
        if not source.is_relative_to(first.parent):
            raise BundleError(
                f"{path.name} imports {source.name}, which lies outside the folder of {first.name}"
            )
        for name in " ".join(match[1].split()).rstrip(",").split(", "):
            there, _, here = name.partition(" as ")
            imports.append((source, there, here or there))
    code = _NOTHING.sub("", _IMPORT.sub("", text))
    exports = _EXPORT.findall(code)
    code = _EXPORT.sub("", code)
    for wrong in (_UNKNOWN, _OPEN) if path == first else (_UNKNOWN, _OPEN, _ADDRESS):
        if found := wrong.search(code):
            line = written[: written.find(found[0])].count("\n") + 1
            raise BundleError(f"{path.name}:{line}: this form cannot be linked: {found[0]}")
    return _Part(code.strip(), list(dict.fromkeys(source for source, _, _ in imports)), exports, imports)


def _scopes(parts: dict[Path, _Part]) -> list[str]:
    """Return each module as a scope of its own within one around all, which holds what they export.

    So a thing has one name in all modules, which a minifier makes short once. What several export by the
    same name, or is imported by another, gets a name of its own there: no name in the page holds a $.

    Raises:
        BundleError: what is imported is not exported.
    """
    renamed = {
        (source, there) for part in parts.values() for source, there, here in part.imports if there != here
    }
    known: dict[tuple[Path, str], str] = {}
    taken: set[str] = set()
    texts: list[str] = []
    for path, part in parts.items():
        body: list[str] = []
        for source, there, here in part.imports:
            if (source, there) not in known:
                raise BundleError(f"{path.name} imports {there}, which {source.name} does not export")
            if here != known[source, there]:
                body.append(f"const {here} = {known[source, there]};")
        body.append(part.code)
        for name in part.exports:
            alone = (path, name) not in renamed and name not in taken
            known[path, name] = name if alone else f"{name}${len(known)}"
            taken.add(name)
        given = ", ".join(f"{name}: {known[path, name]}" for name in part.exports)
        body.append(f"return {{ {', '.join(part.exports)} }};")
        texts.append("\n".join((f"const {{ {given} }} = (() => {{", *body, "})();")))
    return ["{", *texts, "}"]
