"""The same in code: the text shown is the service's, copies as it stands, and gives the same numbers."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import engine
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def scripts(lab, view: str, call: dict) -> dict[str, str]:
    """Return what the service writes."""
    data = json.dumps({"view": view, "call": call}).encode()
    asked = urllib.request.Request(lab.address + "api/code", data, {"Content-Type": "application/json"})
    with closing(urllib.request.urlopen(asked, timeout=15)) as reply:
        return json.loads(reply.read())


def body(lab) -> dict:
    return lab.page.evaluate("() => window.lab.session.result.body")


def test_the_map_in_four_languages_copied_and_run(open_lab, tmp_path):
    lab = open_lab("size=24&p.padding=1&open=code", permissions=["clipboard-read", "clipboard-write"])
    lab.rest()
    expected = scripts(lab, "run", body(lab))
    for language in ("curl", "numpy", "torch", "python"):
        lab.choose(f"code-language-{language}")
        assert lab.get("code-text").text_content() == expected[language]
    assert "code=" not in lab.hash()  # Python is the usual one

    lab.choose("code-copy")
    assert lab.text("code-said") == "Copied."
    copied = lab.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == expected["python"]
    run = subprocess.run(
        [sys.executable, "-c", copied],
        cwd=tmp_path,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    weight = np.broadcast_to(SOBEL_X, (1, 3, 3, 3))
    assert (np.load(tmp_path / "conv2d.npy") == engine.conv2d(lab.pixels(size=24), weight, padding=1)).all()

    lab.choose("code-language-torch")
    assert "not run here" in lab.text("code-about")
    assert "code=torch" in lab.hash()


def test_what_it_is_of_follows_what_is_there(open_lab):
    lab = open_lab("size=16&cell=3.4&open=code&code=numpy")
    lab.rest()
    said = lab.page.locator("[aria-labelledby=code-of-label]")
    assert "The comparison" not in said.inner_text()
    assert "The curve" not in said.inner_text()
    pick(lab, "trace")
    cell = scripts(lab, "trace", body(lab) | {"cell": [0, 3, 4]})
    assert lab.get("code-text").text_content() == cell["numpy"]
    pick(lab, "shape")
    assert "height = (11 + 0 + 0 - 1 * (3 - 1) - 1) // 1 + 1" in (lab.get("code-text").text_content() or "")
    # The text follows what is set, and the newest wins.
    pick(lab, "run")
    for stride in ("2", "3"):
        lab.get("param-stride-number").fill(stride)
    lab.rest()
    assert lab.get("code-text").text_content() == scripts(lab, "run", body(lab))["numpy"]
    assert body(lab)["params"]["stride"] == 3
    lab.page.evaluate("() => window.lab.state.set({ activation: 'relu', a: 'size=16' })")
    lab.rest()
    assert "The comparison" in said.inner_text()
    assert "The curve" in said.inner_text()
    for view in ("compare", "curve", "parts"):
        pick(lab, view)
        assert len(lab.get("code-text").text_content() or "") > 100, view
    assert violations(lab.page) == []


def test_a_refusal_stands_in_words_where_the_code_would_be(open_lab):
    lab = open_lab("size=16&open=code")
    lab.rest()
    lab.expected = ["503"]
    said = {"en": "The server cannot answer just now.", "zh": "服务器目前无法应答。"}
    refusal = {"error": {"code": "unavailable", "message": "no", "field": None, "values": {}, "text": said}}
    lab.page.route("**/api/code", lambda route: route.fulfill(status=503, json=refusal))
    lab.fill("param-stride-number", "2")
    lab.rest()
    problem = lab.page.locator("[data-chapter=code] .chapter-body > .field-error")
    assert problem.inner_text() == "The server cannot answer just now."
    assert not lab.get("code-text").is_visible()


def test_the_text_scrolls_by_keyboard_and_in_chinese(open_lab):
    lab = open_lab("size=16&open=code&lang=zh", viewport={"width": 390, "height": 844})
    lab.rest()
    pre = lab.page.locator(".code-text")
    pre.focus()
    assert pre.get_attribute("aria-label") == "Python 代码"
    lab.page.keyboard.press("End")
    # The browser scrolls smoothly.
    lab.page.wait_for_function("() => document.querySelector('.code-text').scrollTop > 0")
    assert lab.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390


def pick(lab, view: str) -> None:
    """Choose what the code is of, be it from segments or a list."""
    if lab.get("code-of").count():
        lab.get("code-of").select_option(view)
    else:
        lab.get(f"code-of-{view}").check(force=True)
    lab.rest()
