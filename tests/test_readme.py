"""What the README says is so: its commands are answered, its Python runs, its settings are the settings."""

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
README = (ROOT / "README.md").read_text(encoding="utf-8")
BY_MACHINE = {"compute_threads": "one per core"}
"""Defaults that no number stands for."""


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Each curl command, as the shell would split it."""
    return [
        shlex.split("curl" + rest)
        for block in blocks("bash")
        for rest in re.split(r"^curl", block, flags=re.MULTILINE)[1:]
    ]


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


@pytest.mark.parametrize("words", commands(), ids=lambda words: urlsplit(options(words)[0]).path)
def test_every_curl_command_is_answered(client: TestClient, words: list[str]):
    reply = replay(client, words)
    assert reply.status_code in (200, 201), reply.text
    expected = {".npy": b"\x93NUMPY", ".png": b"\x89PNG", ".npz": b"PK", ".csv": b"6,8\n12,14\n"}
    start = expected.get(Path(options(words)[1].get("--output", "")).suffix, b"{")
    assert reply.content.startswith(start)


def example(path: str) -> str:
    """A path with what the README puts into its places."""
    return path.format(image_id="coffee", name="squeezenet-1.1", kind="npz")


def test_the_curl_commands_cover_the_api(client: TestClient):
    asked = {urlsplit(options(words)[0]).path for words in commands()}
    paths = {path for path in client.get("/openapi.json").json()["paths"] if path.startswith("/api/")}
    assert {example(path) for path in paths} - asked <= {"/api/images/coffee"}


def test_the_python_examples_give_what_they_say():
    examples = "\n".join(blocks("python"))
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
    rows = re.findall(rf"^\| `({PREFIX}\w+)` \| (.+?) \| .+ \|$", README, re.MULTILINE)
    expected = {
        PREFIX + field.name.upper(): BY_MACHINE.get(field.name) or shown(getattr(Settings(), field.name))
        for field in dataclasses.fields(Settings)
    }
    assert dict(rows) == expected
    assert len(rows) == len(expected)
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", README)) == set(expected)


def test_the_two_commands_come_first_and_links_lead_somewhere():
    fences = re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert fences[:2] == ["python3 run.py\n", "python3 run.py test\n"]
    assert README.index("python3 run.py") < README.index("curl")
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_the_table_of_operations_is_the_registry():
    assert written(README) == README, "write it anew: python -m tools.operations_table"
    names = [name for line in table().splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[3])]
    assert sorted(names) == sorted(operation.name for operation in all_operations())
