"""The pictures of the house in CONTRIBUTING.md and docs/design.md are of the house as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_architecture import JAVASCRIPT, KNOWS, RUNTIME

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DESIGN = (ROOT / "docs/design.md").read_text(encoding="utf-8")
HOUSES = ("static", "server", "engine")
PACKAGE = re.compile(r"([\w-]+)/(?:\{([\w,]+)\})?")
"""A folder, and maybe those in it."""


def packages(house: str) -> set[str]:
    """Every folder of ``house``, and of a network's the folder of all."""
    folders = (path for path in (ROOT / house).rglob("*") if path.is_dir() and path.name != "__pycache__")
    return {path.relative_to(ROOT).as_posix() for path in folders}


INSIDE = {folder for house in HOUSES for folder in packages(house) if not folder.startswith("server/images/")}
"""Every package; where photos lie is none."""


def tree(text: str) -> set[str]:
    """The folders that a block names, each within the last one that is indented less."""
    found: list[tuple[int, str]] = []
    for indent, name in re.findall(r"^( *)([\w-]+)/ ", text, re.MULTILINE):
        above = next((path for depth, path in reversed(found) if depth < len(indent)), "")
        found.append((len(indent), f"{above}/{name}".lstrip("/")))
    return {path for _, path in found}


def rows(house: str) -> list[list[str]]:
    """The packages of a box in the design's picture, from the top; an arrow stands between two rows."""
    box = DESIGN.split(f"\n{house}/ ")[1].split("└")[0]
    return [named(row) for row in box.split("↓")]


def named(text: str) -> list[str]:
    """The folders that a row of the picture names: ``views/network/{map,end}`` are four with their own."""
    found: list[str] = []
    for word in text.split():
        path, _, inner = word.partition("{")
        if path.endswith("/"):
            parts = path.rstrip("/").split("/")
            found += ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
            found += [path + each for each in inner.rstrip("}").split(",") if each]
    return found


def test_contributing_names_every_package_and_no_other():
    picture = re.findall(r"^```\n(.*?)^```$", GUIDE.split("## The house")[1], re.MULTILINE | re.DOTALL)[0]
    found = tree(picture)
    assert {path for path in found if path.split("/")[0] in HOUSES and "/" in path} == INSIDE
    listing = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.glob("*"))}
    outside = {path for path in found if "/" not in path}
    assert outside <= listing
    assert {*HOUSES, "networks", "templates", "docs", "tests", "tools", "benchmarks"} == outside


@pytest.mark.parametrize("house", HOUSES)
def test_the_design_names_every_package_and_no_other(house: str):
    found = {f"{house}/{path}" for row in rows(house) for path in row}
    assert found == {path for path in INSIDE if path.startswith(f"{house}/")}


def floors(house: str) -> dict[str, int]:
    """The row in which each top folder of a house stands."""
    return {path: place for place, row in enumerate(rows(house)) for path in row if "/" not in path}


@pytest.mark.parametrize("house", ["server", "engine"])
def test_a_package_knows_only_those_in_rows_below(house: str):
    floor = floors(house)
    assert len(floor) > 5
    seen = {
        (module.split(".")[1], target.split(".")[1])
        for module, targets in KNOWS.items()
        for target in targets
        if module.startswith(f"{house}.") and target.startswith(f"{house}.")
    }
    arrows = {(a, b) for a, b in seen if a != b and {a, b} <= set(floor)}
    assert len(arrows) > 8
    assert not {f"{a} -> {b}" for a, b in arrows if floor[a] >= floor[b]}


def test_a_room_of_the_page_knows_only_those_in_rows_below():
    floor = floors("static")
    seen = {(name.split("/")[0], other.split("/")[0]) for name in JAVASCRIPT for other in RUNTIME[name]}
    arrows = {(a, b) for a, b in seen if a != b and {a, b} <= set(floor)}
    assert len(arrows) > 5
    assert not {f"{a} -> {b}" for a, b in arrows if floor[a] >= floor[b]}


def test_every_file_that_the_design_names_is_there():
    paths = re.findall(r"`((?:engine|server|static|tests)/[\w/.]+)`", DESIGN)
    assert len(paths) > 30
    assert not [path for path in paths if not (ROOT / path).exists()]
