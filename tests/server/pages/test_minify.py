"""What is sent is smaller where the library is there, and the same where it is not."""

from __future__ import annotations

import subprocess

import pytest

from server.pages import minify
from server.pages.minify import minified

SCRIPT = '"use strict";\nfunction twice(number) {\n  return number + number;\n}\nconsole.log(twice(21));\n'


def test_a_script_becomes_smaller_and_keeps_its_meaning():
    pytest.importorskip("minify")
    small = minified(SCRIPT, "text/javascript")
    assert len(small) < len(SCRIPT) * 0.8
    assert "number" not in small
    assert "twice" in small, "names that other scripts may use stay"
    assert minified("a {\n  color: red;\n}\n", "text/css") == "a{color:red}"


def test_without_the_library_it_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(minify, "find_spec", lambda name: None)
    assert minified(SCRIPT, "text/javascript") == SCRIPT


@pytest.mark.parametrize("failure", [OSError("no"), subprocess.TimeoutExpired("minify", 1)])
def test_should_it_fail_the_page_is_sent_all_the_same(monkeypatch, failure):
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(minify, "find_spec", lambda name: object())
    monkeypatch.setattr(subprocess, "run", fail)
    assert minified(SCRIPT, "text/javascript") == SCRIPT


def test_what_is_no_script_is_sent_as_it_is():
    assert minified("function (", "text/javascript") == "function ("
