"""Who knows whom: the imports are read, and held to the arrows of the design.

page -> transport -> (HTTP, WebSocket) -> server -> engine -> NumPy. Operations know windows and the
operation base; routes do not know each other; views are given data and emit events; nothing knows
the composition roots; and there is no cycle anywhere.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from engine.registry import all_operations

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"

# What the wheel installs beside NumPy, by the names that are imported.
SERVER_MAY_USE = {
    *("fastapi", "starlette", "pydantic", "pydantic_core", "typing_extensions", "uvicorn"),
    *("numpy", "PIL", "jinja2", "python_multipart", "anyio", "websockets"),
}


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PYTHON = {module_name(path): path for folder in ("engine", "server") for path in python_files(folder)}


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            base = str(node.module)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in PYTHON else base


KNOWS = {module: sorted(set(imports_of(path)) - {module}) for module, path in PYTHON.items()}


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def wrong_arrows(sources: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Imports by ``sources`` of anything but the packages allowed."""
    packages = tuple(allowed)
    return [
        f"{source} -> {target}"
        for source in sources
        for target in KNOWS[source]
        if not within(target, *packages)
    ]


def cycle_in(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The modules of a cycle, or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_is_something_to_read():
    assert len([module for module in PYTHON if within(module, "engine")]) > 15
    assert len([module for module in PYTHON if within(module, "server")]) > 15
    assert sum(map(len, KNOWS.values())) > 200
    assert len(JAVASCRIPT) > 30
    assert sum(map(len, RUNTIME.values())) > 60


def test_the_engine_knows_numpy_and_the_standard_library():
    engine = [module for module in PYTHON if within(module, "engine")]
    assert not wrong_arrows(engine, {"engine", "numpy", *sys.stdlib_module_names})


def test_the_engine_knows_nothing_of_http_processes_or_screens():
    forbidden = (
        "socket",
        "ssl",
        "http",
        "urllib",
        "asyncio",
        "subprocess",
        "multiprocessing",
        "tkinter",
        "pickle",
    )
    found = [f"{m} -> {t}" for m in PYTHON if within(m, "engine") for t in KNOWS[m] if within(t, *forbidden)]
    assert not found


def test_operations_know_windows_and_the_operation_base_and_not_each_other():
    """Nor the registry, reports, ranges and named kernels, which stand above them."""
    above = (
        "engine.registry",
        "engine.analysis.report",
        "engine.analysis.ranges",
        "engine.kernels",
        "engine.analysis.matrix",
    )
    engine = {module for module in PYTHON if within(module, "engine")}
    below = {m for m in engine if not within(m, *above, "engine.operations", "engine.network")} - {"engine"}
    operations = [module for module in PYTHON if within(module, "engine.operations")]
    assert {type(known).__module__ for known in all_operations()} == {*operations} - {"engine.operations"}
    # Each by its own name: "engine" itself would let everything through.
    assert not wrong_arrows(operations, {*below, "numpy", *sys.stdlib_module_names})


def test_networks_know_operations_by_the_registry_and_only_what_stands_above_knows_networks():
    """Training knows architectures and networks; architectures know networks; and never back."""
    above = ("engine.network", "engine.architectures", "engine.training")
    inside = [module for module in PYTHON if within(module, above[0])]
    assert len(inside) > 5
    assert not wrong_arrows(inside, {"engine", "numpy", *sys.stdlib_module_names})
    found = [
        f"{source} -> {target}"
        for place, room in enumerate(above)
        for source in PYTHON
        for target in KNOWS[source]
        if within(source, "engine") and not within(source, *above[place:]) and within(target, room)
    ]
    assert not found


def test_nobody_names_an_operations_file():
    """They are found by looking; an import of one would be the beginning of a list."""
    found = [
        f"{source} -> {target}"
        for source in PYTHON
        for target in KNOWS[source]
        if within(target, "engine.operations")
    ]
    assert not found


def test_what_lies_beneath_operations_does_not_know_what_lies_above():
    beneath = ("arrays", "errors", "formula", "limits", "texts", "windows", "algorithms", "trace")
    above = ("declaration", "families", "recipes", "operations", "registry", "analysis")
    found = [
        f"{source} -> {target}"
        for source in PYTHON
        for target in KNOWS[source]
        if within(source, *(f"engine.{low}" for low in beneath))
        and within(target, *(f"engine.{high}" for high in above))
    ]
    assert not found


def test_the_server_knows_the_engine_and_what_the_wheel_brings():
    server = [module for module in PYTHON if within(module, "server")]
    assert not wrong_arrows(server, {"server", "engine", *SERVER_MAY_USE, *sys.stdlib_module_names})


def test_routes_do_not_know_each_other_and_only_the_app_knows_them():
    routes = [module for module in PYTHON if within(module, "server.routes") and module != "server.routes"]
    assert len(routes) > 3
    found = [
        f"{source} -> {target}"
        for source in PYTHON
        for target in KNOWS[source]
        if within(target, "server.routes") and source != "server.app"
    ]
    assert not found


def test_only_the_entry_knows_the_app():
    knowing = {source for source in PYTHON if "server.app" in KNOWS[source]}
    assert knowing <= {"server.__main__"}


def test_pictures_and_guards_know_nothing_of_operations():
    for package in ("server.images", "server.guard"):
        found = [f"{m} -> {t}" for m in PYTHON if within(m, package) for t in KNOWS[m] if within(t, "engine")]
        assert set(found) <= {f"{m} -> engine.texts" for m in PYTHON}


def test_what_is_served_of_networks_knows_the_engine_pictures_and_basics_not_who_asks():
    inside = [module for module in PYTHON if within(module, "server.networks")]
    assert len(inside) > 10
    above = (
        *("server.routes", "server.app", "server.guard", "server.stream.stream", "server.stream.kinds"),
        *("server.calls.calls", "server.code", "fastapi", "starlette"),
    )
    found = [f"{m} -> {t}" for m in inside for t in KNOWS[m] if within(t, *above)]
    assert not found


def test_no_cycle_in_python():
    graph = {module: [target for target in KNOWS[module] if target in PYTHON] for module in PYTHON}
    assert not cycle_in(graph)


# The page. Comments are set apart: a type named in JSDoc is knowledge, but no import when it runs.

COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b(?:[^;"'=()]*\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']""",
    re.MULTILINE,
)
TYPE = re.compile(r"""\bimport\(\s*["']([^"']+)["']|@import\b[^"']*["']([^"']+)["']""")

JAVASCRIPT = {
    path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js")
}


def resolved(name: str, targets: Iterable[tuple[str, str]]) -> list[str]:
    """Module paths relative to static/; each must be a file of ours, named with a relative path."""
    found: set[str] = set()
    for target in (first or second for first, second in targets):
        assert target.startswith("."), f"static/{name} imports {target!r}, which is not ours"
        path = (STATIC / name).parent.joinpath(target).resolve()
        assert path.is_file(), f"static/{name} imports {target!r}, which is not there"
        found.add(path.relative_to(STATIC).as_posix())
    return sorted(found)


RUNTIME = {name: resolved(name, IMPORT.findall(COMMENT.sub("", text))) for name, text in JAVASCRIPT.items()}
TYPES = {
    name: resolved(name, TYPE.findall("\n".join(COMMENT.findall(text)))) for name, text in JAVASCRIPT.items()
}


def wrong_in_page(folder: str, *allowed: str) -> list[str]:
    """Imports, of types too, by modules of ``folder`` of anything but files and folders allowed."""
    return [
        f"{name} -> {target}"
        for name in JAVASCRIPT
        if name.startswith(folder)
        for target in {*RUNTIME[name], *TYPES[name]}
        if not target.startswith(allowed)
    ]


PAGES = ("page/", "views/", "transport/", "types.js")
"""What the rooms of both pages know beside themselves."""


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("types.js", ()),
        ("draw/", ("draw/", "types.js")),
        ("views/", ("views/", "draw/", "types.js")),
        ("transport/", ("transport/", "types.js")),
        ("page/entries.js", ("types.js",)),
        ("page/address.js", ("page/entries.js", "types.js")),
        ("page/i18n.js", ("types.js",)),
        ("page/", ("page/", "views/", "transport/", "types.js")),
        ("lab/", ("lab/", *PAGES)),
        ("network/", ("network/", *PAGES)),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_arrows_of_the_page(folder: str, allowed: tuple[str, ...]):
    assert any(name.startswith(folder) for name in JAVASCRIPT)
    assert not wrong_in_page(folder, *allowed)


def test_nobody_knows_the_composition_roots():
    roots = {"lab.js", "network.js"}
    found = [name for name in JAVASCRIPT if roots & {*RUNTIME[name], *TYPES[name]}]
    assert not found


def test_views_pictures_and_state_never_speak_to_the_server():
    """Transport does; so do the message catalogue, for its own files, and the roots of the pages."""
    speaking = re.compile(r"\bfetch\(|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|\bsendBeacon\(")
    found = {name for name, text in JAVASCRIPT.items() if speaking.search(COMMENT.sub("", text))}
    assert any(name.startswith("transport/") for name in found)
    silent = ("views/", "draw/", "lab/", "network/", "types.js")
    assert not [name for name in found if name.startswith(silent)]


def test_no_cycle_in_the_page():
    assert not cycle_in(RUNTIME)


def test_nothing_is_loaded_from_elsewhere():
    """No third-party script, style or font: no address of another host in what the browser loads."""
    loading = re.compile(r"""(?:src|href|url|import|from|fetch)\s*[=(]?\s*["'(]?\s*(?:https?:)?//[^\s"')]+""")
    files = [*STATIC.rglob("*.js"), *STATIC.rglob("*.css"), *(ROOT / "templates").rglob("*.html")]
    assert len(files) > 30
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        for match in loading.finditer(path.read_text(encoding="utf-8"))
        if not re.search(r"<a\b[^>]*$", path.read_text(encoding="utf-8")[: match.start()][-200:])
    ]
    assert not found


def test_no_list_of_operations_stands_anywhere_but_in_the_registry():
    """A file that holds two of their names has begun one; each names itself in engine/operations/."""
    names = [operation.name for operation in all_operations()]
    texts = {f"static/{name}": COMMENT.sub("", text) for name, text in JAVASCRIPT.items()}
    for module, path in PYTHON.items():
        # An architecture names its layers' operations: that is a network, and no list of what there is.
        if not within(module, "engine.operations", "engine.architectures"):
            texts[module] = code_of(path)
    found = {
        where: [name for name in names if re.search(rf"""["'`]{name}["'`]""", text)]
        for where, text in texts.items()
    }
    assert not {where: said for where, said in found.items() if len(said) > 1}


def code_of(path: Path) -> str:
    """A Python file without comments and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [part for part in body if not is_text(part)] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def is_text(node: ast.AST) -> bool:
    constant = node.value if isinstance(node, ast.Expr) else None
    return isinstance(constant, ast.Constant) and isinstance(constant.value, str)
