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
    parts: dict[Path, str] = {}
    _add(entry.resolve(), parts, (), _sheet if entry.suffix == ".css" else _script)
    return Linked("\n".join(parts.values()), tuple(parts))


def slim(script: str) -> str:
    """Return a script without what only readers need: comments, empty lines, indentation."""
    return _INDENT.sub("\n", _NOTE.sub("", _JSDOC.sub("", script))).strip()


_Part = Callable[[Path, str, Path], tuple[str, list[Path]]]
"""From a file, its text and the first file of all: what is sent, and what must precede it."""


def _add(path: Path, parts: dict[Path, str], within: tuple[Path, ...], make: _Part) -> None:
    if path in within:
        circle = (*within[within.index(path) :], path)
        raise BundleError(" imports ".join(each.name for each in circle))
    if path in parts:
        return
    text, needed = make(path, path.read_text("utf-8"), (*within, path)[0])
    for each in needed:
        _add(each, parts, (*within, path), make)
    parts[path] = text


def _sheet(path: Path, written: str, _: Path) -> tuple[str, list[Path]]:
    text = _INDENT.sub("\n", _COMMENT.sub("", written)).strip()
    needed = [(path.parent / match[1]).resolve() for match in _SHEET.finditer(text)]
    return _SHEET.sub("", text).strip(), needed


def _script(path: Path, written: str, first: Path) -> tuple[str, list[Path]]:
    """Return a module as a scope of its own, whose value is what it exports."""
    needed: list[Path] = []

    def imported(match: re.Match[str]) -> str:
        needed.append((path.parent / match[2]).resolve())
        names = " ".join(match[1].split()).rstrip(",").replace(" as ", ": ")
        return f"const {{ {names} }} = {_name(needed[-1], first)};"

    code = _NOTHING.sub("", _IMPORT.sub(imported, slim(written)))
    exports = ", ".join(_EXPORT.findall(code))
    code = _EXPORT.sub("", code)
    for wrong in (_UNKNOWN, _OPEN) if path == first else (_UNKNOWN, _OPEN, _ADDRESS):
        if found := wrong.search(code):
            line = written[: written.find(found[0])].count("\n") + 1
            raise BundleError(f"{path.name}:{line}: this form cannot be linked: {found[0]}")
    if path == first:
        return f"{{\n{code}\n}}", needed
    return f"const {_name(path, first)} = (() => {{\n{code}\nreturn {{ {exports} }};\n}})();", needed


def _name(path: Path, first: Path) -> str:
    """Return what a module is called inside the linked script: no name in the page begins with $.

    Raises:
        BundleError: it lies outside the first one's folder.
    """
    if not path.is_relative_to(first.parent):
        raise BundleError(f"{first.name} imports {path.name}, which lies outside its folder")
    return re.sub(r"\W", "$", f"${path.relative_to(first.parent).with_suffix('')}")
