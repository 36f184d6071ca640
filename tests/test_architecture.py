"""Who knows whom: the imports are read, and held to the arrows of the design.

page -> transport -> (HTTP, WebSocket) -> server -> engine -> NumPy. In engine and server a package knows
only what stands in layers below its own; routes do not know each other; views are given data and emit
events; nothing knows the composition roots; and there is no cycle anywhere.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from statistics import median

import pytest

from engine.registry import all_operations
from server.pages.pages import SITE

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"

# What the wheel installs beside NumPy, by the names that are imported.
SERVER_MAY_USE = {
    *("fastapi", "starlette", "pydantic", "pydantic_core", "typing_extensions", "uvicorn"),
    *("numpy", "PIL", "jinja2", "python_multipart", "anyio", "websockets"),
}

# From the ground up: a package, or a module of the root, knows those of earlier lines; none of its own.
LAYERS = {
    "engine": (
        ("engine.texts", "engine.formula"),
        ("engine.errors",),
        ("engine.refusals",),
        ("engine.arrays", "engine.limits"),
        ("engine.windows",),
        ("engine.algorithms",),
        ("engine.basics", "engine.functions"),
        ("engine.trace",),
        ("engine.declaration",),
        ("engine.families", "engine.recipes"),
        ("engine.operations", "engine.registry", "engine.kernels"),
        ("engine.analysis", "engine.network"),
        ("engine.architectures",),
        ("engine.training",),
        ("engine",),
    ),
    "server": (
        ("server.assets", "server.errors", "server.pool", "server.settings", "server.text_cache"),
        ("server.images",),
        ("server.wire",),
        ("server.calls",),
        ("server.networks", "server.pages"),
        ("server.code", "server.stream"),
        ("server.guard", "server.routes"),
        ("server.app",),
        ("server.__main__", "server"),
    ),
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


def package_of(module: str) -> str:
    """The package of engine/ or server/ that a module lies in, or the module itself in their roots."""
    return ".".join(module.split(".")[:2])


BETWEEN: dict[str, set[str]] = {package_of(module): set() for module in PYTHON}
"""Which other packages each package knows."""
for _source, _targets in KNOWS.items():
    _ours = {package_of(target) for target in _targets if target in PYTHON}
    BETWEEN[package_of(_source)] |= _ours - {package_of(_source)}


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


@pytest.mark.parametrize("root", LAYERS)
def test_packages_know_what_stands_in_layers_below(root: str):
    """So operations know windows and the operation base, networks the registry, no operation a network."""
    layers = LAYERS[root]
    assert sorted(sum(layers, ())) == sorted(package for package in BETWEEN if within(package, root))
    found = [
        f"{source} -> {target}"
        for place, layer in enumerate(layers)
        for source in layer
        for target in BETWEEN[source]
        if within(target, root) and target not in sum(layers[:place], ())
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


DOORS = ("basics", "declaration", "trace", "families", "windows", "algorithms", "functions", "recipes")
"""Of the engine, to authors of operations: modules and packages that say what of theirs is needed."""
OPERATIONS = {
    path.stem: [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("engine")
    ]
    for path in python_files("engine/operations")
    if path.stem != "__init__"
}


def test_operations_come_in_through_doors():
    """A plain one through about five, so that its author need not know how the house is built."""
    counts = {name: len({node.module for node in nodes}) for name, nodes in OPERATIONS.items()}
    ways = {node.module for nodes in OPERATIONS.values() for node in nodes}
    assert ways == {f"engine.{door}" for door in DOORS}
    assert max(counts.values()) <= len(DOORS)
    assert median(counts.values()) <= 5, counts


@pytest.mark.parametrize("door", DOORS)
def test_a_door_offers_what_operations_take(door: str):
    """And no more: what only the house itself needs is imported where it stands.

    What is called as an operation is stands in no list: see below.
    """
    taken = {
        alias.name
        for nodes in OPERATIONS.values()
        for node in nodes
        if node.module == f"engine.{door}"
        for alias in node.names
    }
    assert taken - set(NAMES) == set(import_module(f"engine.{door}").__all__)


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


def test_pictures_and_guards_know_nothing_of_operations():
    """Of the engine they know what a text in both languages is, and nothing else."""
    for package in ("server.images", "server.guard"):
        found = [f"{m} -> {t}" for m in PYTHON if within(m, package) for t in KNOWS[m] if within(t, "engine")]
        assert set(found) <= {f"{m} -> engine.texts" for m in PYTHON}


def test_what_answers_knows_nothing_of_the_web_nor_who_asks():
    inside = [m for m in PYTHON if within(m, "server.images", "server.calls", "server.networks")]
    assert len(inside) > 30
    assert not [f"{m} -> {t}" for m in inside for t in KNOWS[m] if within(t, "fastapi", "starlette")]
    networks = [module for module in inside if within(module, "server.networks")]
    assert not [module for module in networks if "server.calls.calls" in KNOWS[module]]


def test_no_cycle_in_python():
    graph = {module: [target for target in KNOWS[module] if target in PYTHON] for module in PYTHON}
    assert not cycle_in(graph)


def test_no_cycle_between_packages():
    assert len(BETWEEN) > 30
    assert not cycle_in(BETWEEN)


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


SHARED = ("page/", "views/", "transport/", "types.js")
"""What the rooms of all pages know beside themselves."""

ENTRIES = {f"{page.name}.js" for page in SITE.pages}
ROOMS = [f"{page.name}/" for page in SITE.pages if not page.written and (STATIC / page.name).is_dir()]
"""Of the pages that are made in the browser."""


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
        *((room, (room, *SHARED)) for room in ROOMS),
        ("docs/", ("docs/",)),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_arrows_of_the_page(folder: str, allowed: tuple[str, ...]):
    assert any(name.startswith(folder) for name in JAVASCRIPT)
    assert not wrong_in_page(folder, *allowed)


def test_nobody_knows_the_entries_and_only_they_know_a_whole_page():
    """Helpers declare what they need of it themselves."""
    knowing = {name: {*RUNTIME[name], *TYPES[name]} for name in JAVASCRIPT}
    assert set(JAVASCRIPT) >= ENTRIES
    assert not [name for name, known in knowing.items() if known & ENTRIES]
    whole = {f"{room}page.js" for room in ROOMS}
    assert len(whole) > 1
    assert {name for name, known in knowing.items() if known & whole} == {page[:-1] + ".js" for page in ROOMS}


def test_no_helper_writes_into_the_page():
    writing = re.compile(r"\b(?:host|lab|page)(?:\.\w+)+ (?:[-+*|&?]{0,2}=) ")
    assert writing.search("this.page.refusal = error.body;")
    found = {
        f"{name}: {match.group()}"
        for name, text in JAVASCRIPT.items()
        if name.startswith(("page/", *ROOMS))
        for match in writing.finditer(COMMENT.sub("", text))
    }
    assert not found


def test_views_pictures_and_state_never_speak_to_the_server():
    """Transport does; so do the message catalogue, for its own files, and the roots of the pages."""
    speaking = re.compile(r"\bfetch\(|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|\bsendBeacon\(")
    found = {name for name, text in JAVASCRIPT.items() if speaking.search(COMMENT.sub("", text))}
    assert any(name.startswith("transport/") for name in found)
    silent = ("views/", "draw/", *ROOMS, "types.js")
    assert not [name for name in found if name.startswith(silent)]


def test_no_cycle_in_the_page():
    """Nor one that only types tie: who names another's type knows it."""
    assert not cycle_in(RUNTIME)
    assert not cycle_in({name: {*RUNTIME[name], *TYPES[name]} - {name} for name in JAVASCRIPT})


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


NAMES = [operation.name for operation in all_operations()]
QUOTED = re.compile(rf"""(["'`])({"|".join(NAMES)})\1""")
KEY = re.compile(rf"[{{(,]\s*({'|'.join(NAMES)})\s*(?::|=(?![=>]))")
COMPARED = re.compile(r"""\boperation(?:\.name)?\)?\s*[!=]==?\s*(["'`])(\w+)\1""")


def test_no_list_of_operations_stands_anywhere_but_in_the_registry():
    """Each names itself in engine/operations/; what else is to be known of one, its declaration says."""
    texts = {f"static/{name}": COMMENT.sub("", text) for name, text in JAVASCRIPT.items()}
    for module, path in PYTHON.items():
        # An architecture names its layers' operations: that is a network, and no list of what there is.
        if not within(module, "engine.operations", "engine.architectures"):
            texts[module] = code_of(path)
    found = {where: listed_in(text) for where, text in texts.items()}
    assert not {where: said for where, said in found.items() if said}


def listed_in(text: str) -> set[str]:
    """The operations of a list that was begun: two names as texts or keys, one in an array, one compared."""
    said = {match[2] for match in QUOTED.finditer(text)} | {match[1] for match in KEY.finditer(text)}
    alone = {match[2] for match in QUOTED.finditer(text) if stands_in_array(text, *match.span())}
    return (said if len(said) > 1 else alone) | {match[2] for match in COMPARED.finditer(text)}


def stands_in_array(text: str, start: int, end: int) -> bool:
    """Whether it is an item of an array, a set or a tuple of one; not an index, an argument or a value."""
    depth = 0
    for at in range(start - 1, -1, -1):
        if text[at] in ")]}":
            depth += 1
        elif text[at] in "([{" and depth > 0:
            depth -= 1
        elif text[at] in "([{":
            before, after = text[:start].rstrip()[-1], text[end:].lstrip()[:1]
            return {
                "[": not re.match(r"[\w)\]]", text[at - 1 : at]),
                "{": before in "{," and after in {"}", ","},
                "(": bool(re.match(r"\s*,\s*\)", text[end:])),
            }[text[at]]
    return False


@pytest.mark.parametrize(
    "text",
    [
        "const NAMES = { relu: 1, cat: 2 };",
        """const NAMES = { relu: "ReLU", 'cat': "concat" };""",
        "dict(relu=1, cat=2)",
        """when("relu", one); when("cat", other);""",
        'const NO_CURVE = ["batch_norm"];',
        "return [[one, 2], f(3), 'batch_norm'].includes(operation);",
        "CURVED = {'relu'}",
        "operation.name in ('relu',)",
        'return operation === "conv2d" && shape.length === 3;',
        "if call.operation.name != 'conv2d':",
    ],
)
def test_what_has_begun_a_list_of_operations(text: str):
    assert listed_in(text)


@pytest.mark.parametrize(
    "text",
    [
        'example = { "operation": "conv2d", input }',
        "sides['pad']",
        "new Map([[1, 2]]).get('relu')",
        "{ add: () => this.add(), remove }",
        "steps = [(1, call('relu'))]",
        "if (operation === name) {}",
    ],
)
def test_what_is_no_list_of_operations(text: str):
    assert not listed_in(text)


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
