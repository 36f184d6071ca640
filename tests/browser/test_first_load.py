"""What a first visitor finds, without having touched anything."""

from __future__ import annotations

import gzip
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import numpy as np
import pytest

import engine
from engine.kernels import kernel
from tests.browser.colours import assert_colours, assert_shows

pytestmark = pytest.mark.browser

SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def test_a_map_is_drawn_without_a_click(lab):
    photo = lab.pixels()
    wanted = engine.conv2d(photo, SOBEL)[0]
    assert wanted.shape == (photo.shape[1] - 2, photo.shape[2] - 2)
    assert_shows(lab, wanted)
    assert (kernel("sobel-x").values == SOBEL).all()
    assert lab.text("presets") == "Sobel x"


def test_the_input_is_the_photo_itself(lab):
    seen = lab.bitmap("input")
    assert (seen[..., :3] == np.moveaxis(lab.pixels(), 0, 2)).all()
    assert (seen[..., 3] == 255).all()


@pytest.mark.parametrize(("size", "px"), [(320, 2), (100, 6)])
def test_what_stands_on_the_screen_is_the_map_at_whole_px_per_cell(open_lab, size, px):
    """Not the picture behind it: the visible canvas, crisp, every cell px by px pixels of one colour."""
    lab = open_lab(f"size={size}&zoom={px}")
    wanted = engine.conv2d(lab.pixels(size=size), SOBEL)[0]
    frame = lab.page.evaluate(
        "() => { const { x, y, scale, ratio } = window.lab.views.stage.output.pane.frame;"
        " return { x: Math.round(-x * scale), y: Math.round(-y * scale), scale, ratio }; }"
    )
    assert (frame["scale"], frame["ratio"]) == (px, 1)
    height, width = (side * px for side in wanted.shape)
    top, left = max(frame["y"], 0), max(frame["x"], 0)
    seen = lab.canvas("output-canvas")[top : frame["y"] + height, left : frame["x"] + width]
    large = wanted.repeat(px, 0).repeat(px, 1)[top - frame["y"] :, left - frame["x"] :]
    large = large[: seen.shape[0], : seen.shape[1]]
    assert large.size >= 400 * 300
    assert_colours(seen, large, lab.scale(), (float(wanted.min()), float(wanted.max())))


def test_all_that_is_loaded_comes_from_here_and_is_light(lab):
    hosts = {url.split("/")[2] for url in lab.requests if url.startswith("http")}
    assert hosts == {lab.address.split("/")[2]}
    files = [urlsplit(url)._replace(fragment="") for url in lab.requests if "/static/" in url]
    names = sorted(Path(file.path).name for file in files)
    linked = ["early.js", "en.json", "lab.css", "lab.js"]
    assert names == linked, "scripts and sheets come linked, and one catalogue"
    code = [str(urlunsplit(file)) for file in files if file.path.endswith((".js", ".css"))]
    sent = [transferred(url) for url in code]
    assert sum(sent) <= 100_000, f"{sent} bytes"


def transferred(url: str) -> int:
    """How many bytes a browser is sent for an address; what comes as it is counts as gzip would make it."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with closing(urllib.request.urlopen(request, timeout=15)) as reply:
        body = reply.read()
        return len(body if reply.headers["Content-Encoding"] == "gzip" else gzip.compress(body, 6))
