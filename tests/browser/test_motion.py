"""See it move: what plays by itself, by hand and by keys; who takes over; what the marks show on the way."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import engine

pytestmark = pytest.mark.browser

MOVING = {"reduced_motion": "no-preference"}
FADE = ".pane-output .pane-fade"
FILLING = "() => 'filling' in document.querySelector('#stage').dataset"
FRAMES = """async (count) => {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
}"""

PADDED = {
    "reflect": lambda photo: np.pad(photo, 2, mode="reflect"),
    "replicate": lambda photo: np.pad(photo, 2, mode="edge"),
    "circular": lambda photo: np.pad(photo, 2, mode="wrap"),
}


def at(lab) -> int:
    return lab.page.evaluate("() => window.lab.motion.walk.at")


def until(lab, condition: str, argument: object = None) -> None:
    """Wait until a condition on the walk holds."""
    lab.page.wait_for_function(f"(it) => (({condition})(window.lab.motion, it))", arg=argument)


def moves(lab) -> None:
    """Wait until the window has moved on twice."""
    until(lab, "({ walk }, from) => walk.at > from + 1", at(lab))


def stands(lab) -> None:
    """Assert that nothing moves in as many frames as would take it on by several cells."""
    before = at(lab)
    lab.page.evaluate(FRAMES, 30)
    assert at(lab) == before


def sum_cell(lab) -> list[int]:
    return [int(number) for number in re.findall(r"[yx] (\d+)", lab.text("sum-cell"))]


def motion_cell(lab) -> list[int]:
    return [int(number) for number in re.findall(r"[yx] (\d+)", lab.text("motion-cell"))]


def away(lab) -> None:
    """Move the pointer to where it leads nothing."""
    lab.page.mouse.move(700, 12)


def cells(lab, pane: str, canvas: np.ndarray) -> np.ndarray:
    """Return the middle pixel of every cell of a pane's picture on one of its canvases, (H, W, 4)."""
    read = """(kind) => {
      const { frame } = window.lab.views.stage.slots.find((slot) => slot.kind === kind).pane;
      const all = (n, to) => Array.from({ length: n }, (_, i) => Math.floor(to.call(frame, i + 0.5)));
      return { rows: all(frame.rows, frame.toY), columns: all(frame.columns, frame.toX) };
    }"""
    places = lab.page.evaluate(read, pane)
    return canvas[np.ix_(places["rows"], places["columns"])]


def faded(lab) -> np.ndarray:
    """Return how much every output cell is covered, (H, W) of 0..255."""
    lab.page.evaluate(FRAMES, 2)
    script = """(canvas) => {
      const { width, height } = canvas;
      return { width, height, alpha: [...canvas.getContext("2d").getImageData(0, 0, width, height).data]
        .filter((_, i) => i % 4 === 3).join() };
    }"""
    read = lab.page.locator(FADE).evaluate(script)
    alpha = np.array(read["alpha"].split(","), np.uint8).reshape(read["height"], read["width"])
    return cells(lab, "output", alpha[..., None])[..., 0]


def seen(lab, pane: str) -> np.ndarray:
    """Return the marks of a pane in the middle of every cell."""
    lab.page.evaluate(FRAMES, 2)
    return cells(lab, pane, lab.marks(pane))


def step_to(lab, y: int, x: int) -> None:
    """Put the walk on a cell, as the slider does."""
    slider = lab.get("motion-at")
    columns = lab.page.evaluate("() => window.lab.motion.walk.columns")
    slider.evaluate(
        "(it, at) => { it.value = at; it.dispatchEvent(new Event('input', { bubbles: true })); }",
        y * columns + x,
    )
    lab.rest()


def test_the_page_is_already_moving(open_lab):
    lab = open_lab("size=40", **MOVING)
    assert lab.text("motion-play").strip() == "Pause"
    marks = lab.marks("output")
    moves(lab)
    lab.page.wait_for_function(
        "() => document.querySelector('[data-testid=sum-cell]').textContent.endsWith("
        "document.querySelector('[data-testid=motion-cell]').textContent)"
    )
    assert (lab.marks("output") != marks).any()
    assert lab.page.locator("#stage [aria-live]").inner_text() == ""
    assert "cell=" not in lab.hash()
    lab.choose("motion-play")
    assert "play=0" in lab.hash()
    cover = faded(lab)
    place = at(lab)
    assert place >= cover.size // 2, "it begins in the middle"
    assert (cover.ravel()[: place + 1] == 0).all()
    assert (cover.ravel()[place + 1 :] > 100).all()
    assert (cover.ravel()[place + 1 :] < 200).all(), "the whole picture is seen through it"
    stands(lab)


def test_by_hand_and_by_keys(open_lab):
    lab = open_lab("size=40&p.stride=2&speed=10")
    height, width = lab.bitmap().shape[:2]
    # Who wants less motion has none until it is asked for.
    assert lab.text("motion-play").strip() == "Play"
    assert not lab.page.evaluate(FILLING)
    stands(lab)
    lab.get("motion-play").click()
    moves(lab)
    lab.choose("motion-play")
    before = at(lab)
    lab.choose("motion-on")
    assert at(lab) == before + 1
    y, x = divmod(before + 1, width)
    assert motion_cell(lab) == sum_cell(lab) == [y, x]
    assert f"Output row {y}, column {x}" in lab.page.locator("#stage [aria-live]").inner_text()
    lab.choose("motion-back")
    lab.choose("motion-back")
    assert at(lab) == before - 1
    scrub = lab.get("motion-at")
    scrub.press("Home")
    lab.rest()
    assert sum_cell(lab) == [0, 0]
    assert scrub.get_attribute("aria-valuetext") == "y 0, x 0"
    lab.choose("motion-back")
    assert sum_cell(lab) == [height - 1, width - 1], "before the first comes the last"
    lab.get("motion-speed").press("End")
    assert lab.text("motion-rate") == "4000 cells/s"
    lab.get("motion-speed").press("Home")
    assert "speed=1" in lab.hash()
    # Space where the pictures have the focus; where one types it is a space.
    pane = lab.page.locator(".pane-output .pane-view")
    pane.press(" ")
    assert lab.text("motion-play").strip() == "Pause"
    lab.get("param-stride-number").press(" ")
    assert lab.text("motion-play").strip() == "Pause"
    pane.press(" ")
    assert lab.text("motion-play").strip() == "Play"
    # The arrow keys are steps, and what was made stays made.
    step_to(lab, 3, 4)
    pane.press("ArrowRight")
    lab.rest()
    assert motion_cell(lab) == sum_cell(lab) == [3, 5]
    assert (faded(lab).ravel() == 0).sum() == 3 * width + 6


def test_the_pointer_takes_over_and_gives_back(open_lab):
    lab = open_lab("size=40&speed=10", **MOVING)
    assert lab.page.evaluate("() => window.lab.motion.leaders.grace") >= 1000, "time to go and read the sum"
    lab.page.evaluate("() => { window.lab.motion.leaders.grace = 200; }")
    moves(lab)
    lab.point("output", 3, 4)
    assert not lab.page.evaluate(FILLING)
    stands(lab)
    assert sum_cell(lab) == [3, 4]
    lab.point("output", 2, 5)
    assert sum_cell(lab) == [2, 5]
    away(lab)
    until(lab, "({ walk, running }) => running && walk.cell.y === 2 && walk.cell.x > 5")
    assert lab.page.evaluate(FILLING)
    # Who reads the sum is not disturbed.
    lab.page.locator("#sum").hover()
    stands(lab)
    away(lab)
    until(lab, "({ running }) => running")
    # A pinned cell stops it; let go, it moves again.
    lab.pin("output", 5, 5)
    away(lab)
    until(lab, "({ leaders }) => !leaders.any")
    stands(lab)
    assert sum_cell(lab) == [5, 5]
    assert lab.text("motion-play").strip() == "Play"
    lab.page.keyboard.press("Escape")
    until(lab, "({ walk, running }) => running && walk.cell.y === 5 && walk.cell.x > 5")


def test_what_nobody_sees_does_not_move(open_lab):
    lab = open_lab("size=40&speed=30", viewport={"width": 390, "height": 700}, **MOVING)
    moves(lab)
    lab.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    until(lab, "({ running }) => !running")
    stands(lab)
    lab.page.evaluate("() => window.scrollTo(0, 0)")
    until(lab, "({ running }) => running")
    lab.page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    stands(lab)
    lab.page.emulate_media(reduced_motion="reduce")
    lab.page.evaluate(
        "() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }"
    )
    stands(lab)
    assert lab.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_fast_walk_asks_for_few_sums_and_begins_again(open_lab):
    asked: list[str] = []

    def listen(socket) -> None:
        socket.on("framesent", lambda sent: asked.append(json.loads(sent)["type"]))

    lab = open_lab("size=64&speed=4000&play=0", **MOVING)
    lab.page.on("websocket", listen)
    lab.page.reload()
    lab.rest()
    until(lab, "({ offered }) => offered")
    step_to(lab, 0, 0)
    asked.clear()
    lab.get("motion-play").click()
    away(lab)
    until(lab, "({ walk }) => walk.at === walk.count - 1")
    assert asked.count("trace") <= 10
    lab.page.wait_for_function("() => document.querySelector('[data-testid=motion-at]').value > 2000")
    until(lab, "({ walk }) => walk.at < walk.count / 2")


def test_the_border_shows_what_it_is_filled_with(open_lab):
    lab = open_lab("image=digit&size=12&color=grey")
    grounds = {}
    for mode in ("zeros", "reflect", "replicate", "circular"):
        lab.visit(f"image=digit&size=12&color=grey&p.padding=2&p.padding_mode={mode}")
        photo = lab.pixels("digit", size=12, color="grey")[0].astype(int)
        lab.page.evaluate(FRAMES, 2)
        places = lab.page.evaluate(
            """() => {
              const { frame } = window.lab.views.stage.slots[0].pane;
              return Array.from({ length: 16 }, (_, i) =>
                [frame.toX(i - 1.85), frame.toY(i - 1.85)].map(Math.floor));
            }"""
        )
        columns, rows = np.array(places).T
        shown = lab.canvas("input-canvas")[np.ix_(rows, columns)][..., :3].astype(int)
        border = np.ones((16, 16), bool)
        border[2:-2, 2:-2] = False
        if mode == "zeros":
            assert len(np.unique(shown[border], axis=0)) == 1
        else:
            wanted = np.round(PADDED[mode](photo) * 0.6 + 128 * 0.4)
            assert (abs(shown[border] - wanted[border][:, None]) <= 1).all()
        grounds[mode] = shown[border].tobytes()
    assert len(set(grounds.values())) == 4


def test_winner_mean_and_scatter(open_lab):
    lab = open_lab("image=noise&size=16&color=grey&op=max_pool2d&p.kernel_size=3&zoom=20")
    photo = lab.pixels("noise", size=16, color="grey")[0]
    for y, x in ((0, 0), (2, 3), (4, 1)):
        step_to(lab, y, x)
        window = seen(lab, "input")[3 * y : 3 * y + 3, 3 * x : 3 * x + 3, 3]
        values = photo[3 * y : 3 * y + 3, 3 * x : 3 * x + 3]
        assert (window == 0).sum() == 1
        assert values[window == 0][0] == values.max()
        assert (window[window > 0] > 100).all(), "the others fade"
    lab.select("operation", "avg_pool2d")
    step_to(lab, 2, 3)
    assert (seen(lab, "input")[..., 3] == 0).all()

    # A transposed convolution: an input cell is spread over the output.
    lab.visit("size=12&op=conv_transpose2d&p.stride=2&zoom=16")
    assert lab.page.locator("[for=motion-at]").first.inner_text() == "Input cell"
    step_to(lab, 3, 4)
    assert motion_cell(lab) == [3, 4]
    assert sum_cell(lab) == [6, 8], "the first that it completes"
    cover = faded(lab)
    assert (cover[:6] == 0).all()
    assert (cover[6:8, :10] == 0).all()
    assert len(np.unique(cover)) == 3, "made, half made, untouched"
    lab.page.evaluate(FRAMES, 2)
    edges = lab.marks("output")[..., 3] > 0
    frame = lab.page.evaluate(
        "() => { const { x, y, scale } = window.lab.views.stage.output.pane.frame; return [x, y, scale]; }"
    )
    rows, columns = np.flatnonzero(edges.any(axis=1)), np.flatnonzero(edges.any(axis=0))
    left, top, scale = frame
    box = [
        left + columns[0] / scale,
        top + rows[0] / scale,
        left + columns[-1] / scale,
        top + rows[-1] / scale,
    ]
    assert box == pytest.approx([8, 6, 11, 9], abs=0.3)
    # And back: an output cell shows the input cells that reach it.
    lab.point("output", 6, 8)
    assert lab.page.locator(".pane-input .pane-readout").inner_text() == "y 2…3, x 3…4"


def test_a_slider_is_dragged_while_it_plays(open_lab):
    lab = open_lab("size=64&speed=100", **MOVING)
    moves(lab)
    slider = lab.get("param-stride")
    for stride in (2, 3, 4, 3, 2, 3):
        slider.fill(str(stride))
    until(lab, "({ walk }) => walk.columns === 21")
    moves(lab)
    photo = lab.pixels(size=64)
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert lab.bitmap().shape[:2] == engine.conv2d(photo, sobel, stride=3)[0].shape
    # Where no window slides, and where there is one cell, nothing is offered.
    for name in ("flatten", "global_avg_pool2d", "layer_norm"):
        lab.select("operation", name)
        assert not lab.get("motion-play").is_visible()
    lab.select("operation", "relu")
    assert lab.get("motion-play").is_visible()
    away(lab)
    moves(lab)
