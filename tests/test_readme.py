"""What README and docs/ say is so: commands are answered, Python runs, settings are there, links lead on."""

from __future__ import annotations

import dataclasses
import doctest
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from engine.registry import all_operations
from server.settings import PREFIX, Settings
from tools.operations_table import table, written

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
}
"""Every page that people read, by its place."""
README, API, OPERATIONS, SETTINGS = (
    PAGES[name] for name in ("README.md", "docs/api.md", "docs/operations.md", "docs/settings.md")
)
CALLING = {name: PAGES[name] for name in ("README.md", "docs/api.md")}
"""Those that show commands."""
BY_MACHINE = {"compute_threads": "one per core"}
"""Defaults that no number stands for."""


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[list[str]]:
    """Each curl command, as the shell would split it."""
    return [
        shlex.split("curl" + rest)
        for block in blocks(page, "bash")
        for rest in re.split(r"^curl", block, flags=re.MULTILINE)[1:]
    ]


COMMANDS = [(name, words) for name, page in CALLING.items() for words in commands(page)]


def options(words: list[str]) -> tuple[str, dict[str, str]]:
    """The address of a curl command, and its options, each of which takes a value."""
    rest = iter(words[1:])
    address, found = "", {}
    for word in rest:
        if word.startswith("--"):
            found[word] = next(rest)
        else:
            address = word
    return address, found


def replay(client: TestClient, words: list[str]):
    """Ask the service what the command asks."""
    address, given = options(words)
    assert address.startswith("http://127.0.0.1:8000/")
    assert set(given) <= {"--json", "--form", "--output"}
    path = address.removeprefix("http://127.0.0.1:8000")
    if "--json" in given:
        return client.post(path, content=given["--json"], headers={"content-type": "application/json"})
    if "--form" in given:
        name, file = given["--form"].split("=@")
        return client.post(path, files={name: (file, (ROOT / file).read_bytes())})
    return client.get(path)


def test_every_command_is_in_a_block_that_is_sent():
    """Whatever begins with curl, anywhere, is one of those below; only CONTRIBUTING sends its own."""
    written = {name: len(re.findall(r"^curl ", page, re.MULTILINE)) for name, page in PAGES.items()}
    sent = {name: sum(place == name for place, _ in COMMANDS) for name in CALLING}
    assert {name: count for name, count in written.items() if count} == sent | {"CONTRIBUTING.md": 1}


@pytest.mark.parametrize(
    ("page", "words"),
    COMMANDS,
    ids=lambda part: part if isinstance(part, str) else urlsplit(options(part)[0]).path,
)
def test_every_curl_command_is_answered(client: TestClient, page: str, words: list[str]):
    assert page in CALLING
    reply = replay(client, words)
    assert reply.status_code in (200, 201), reply.text
    expected = {".npy": b"\x93NUMPY", ".png": b"\x89PNG", ".npz": b"PK", ".csv": b"6,8\n12,14\n"}
    start = expected.get(Path(options(words)[1].get("--output", "")).suffix, b"{")
    assert reply.content.startswith(start)


def example(path: str) -> str:
    """A path with what the guide puts into its places."""
    return path.format(image_id="coffee", name="squeezenet-1.1", kind="npz")


def test_the_curl_commands_cover_the_api(client: TestClient):
    asked = {urlsplit(options(words)[0]).path for words in commands(API)}
    paths = {path for path in client.get("/openapi.json").json()["paths"] if path.startswith("/api/")}
    assert {example(path) for path in paths} - asked <= {"/api/images/coffee"}


def test_the_python_examples_give_what_they_say():
    examples = "\n".join(blocks(README, "python"))
    assert examples.count(">>>") > 5
    test = doctest.DocTestParser().get_doctest(examples, {}, "README.md", "README.md", 0)
    report: list[str] = []
    runner = doctest.DocTestRunner()
    assert runner.run(test, out=report.append).failed == 0, "".join(report)


def shown(value: object) -> str:
    """A default as the table writes it."""
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "none" if value is None else f"{value:,.0f}"


def test_every_setting_stands_in_the_table_with_its_default_and_no_other_does():
    rows = re.findall(rf"^\| `({PREFIX}\w+)` \| (.+?) \| .+ \|$", SETTINGS, re.MULTILINE)
    expected = {
        PREFIX + field.name.upper(): BY_MACHINE.get(field.name) or shown(getattr(Settings(), field.name))
        for field in dataclasses.fields(Settings)
    }
    assert dict(rows) == expected
    assert len(rows) == len(expected)
    for name, page in PAGES.items():
        assert set(re.findall(rf"{PREFIX}[A-Z_]+", page)) <= set(expected), name


def test_the_two_commands_come_first_and_python_after_a_taste_of_curl():
    fences = re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert fences[:2] == ["python3 run.py\n", "python3 run.py test\n"]
    assert README.index("python3 run.py") < README.index("curl")
    assert len(README.splitlines()) < 220
    assert len(commands(README)) <= 3


def anchors(page: str) -> set[str]:
    """What a heading is called in a link, as GitHub has it."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str):
    for target, anchor in re.findall(r"\]\(([^):#]*)(?:#([^)]+))?\)", PAGES[name]):
        place = (ROOT / name).parent.joinpath(target).resolve() if target else ROOT / name
        assert place.is_file(), target
        if anchor:
            assert anchor in anchors(PAGES[str(place.relative_to(ROOT))]), f"{target}#{anchor}"


def test_every_page_of_docs_is_linked_from_the_readme():
    linked = set(re.findall(r"\]\((docs/\w+\.md)\)", README))
    assert linked == {name for name in PAGES if name.startswith("docs/")}


def test_the_table_of_operations_is_the_registry():
    assert written(OPERATIONS) == OPERATIONS, "write it anew: python -m tools.operations_table"
    names = [name for line in table().splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[3])]
    assert sorted(names) == sorted(operation.name for operation in all_operations())
