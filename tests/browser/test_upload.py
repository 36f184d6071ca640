"""One's own picture: by the file picker, dropped, pasted; and files that are refused."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageOps

import engine
from tests.browser import pictures
from tests.browser.colours import assert_shows
from tests.browser.test_first_load import SOBEL

pytestmark = pytest.mark.browser

HANDED_OVER = """([kind, where, name, type, text]) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type }));
  const how = { bubbles: true, cancelable: true };
  const target = document.querySelector(where);
  if (kind === "paste") {
    target.dispatchEvent(new ClipboardEvent("paste", { ...how, clipboardData: data }));
    return;
  }
  for (const step of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(step, { ...how, dataTransfer: data }));
}"""


def levels(file: bytes) -> np.ndarray:
    """What a decoder of one's own makes of a file: upright, (3, H, W)."""
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(file))).convert("RGB")
    return np.moveaxis(np.asarray(upright), 2, 0)


def hand_over(lab, kind: str, where: str, file: bytes, name: str, kind_of_file: str) -> None:
    with lab.page.expect_response("**/api/images"):
        given = [kind, where, name, kind_of_file, base64.b64encode(file).decode()]
        lab.page.evaluate(HANDED_OVER, given)
    lab.rest()


def pick(lab, file: bytes, name: str, kind_of_file: str = "image/jpeg") -> None:
    with lab.page.expect_response("**/api/images"):
        lab.get("file").set_input_files({"name": name, "mimeType": kind_of_file, "buffer": file})
    lab.rest()


@pytest.mark.parametrize("orientation", [1, 7])
def test_a_photo_is_picked_and_filtered(lab, orientation):
    file = pictures.jpeg(orientation)
    pick(lab, file, "holiday.jpg")
    wanted = levels(file)
    assert wanted.shape == ((3, 200, 120) if orientation > 4 else (3, 120, 200))
    assert (lab.bitmap("input")[..., :3] == np.moveaxis(wanted, 0, 2)).all()
    assert_shows(lab, engine.conv2d(wanted, SOBEL)[0])
    assert "holiday.jpg" in lab.text("credit")


@pytest.mark.parametrize(
    ("kind", "where"),
    [("drop", "footer"), ("paste", "[data-testid=kernel-grid] input")],
    ids=["drop", "paste"],
)
def test_a_photo_is_dropped_or_pasted_anywhere(lab, kind, where):
    file = pictures.png()
    hand_over(lab, kind, where, file, "shot.png", "image/png")
    assert_shows(lab, engine.conv2d(levels(file), SOBEL)[0])


def test_an_animation_has_a_slider_for_its_frames(lab):
    file = pictures.gif(3)
    pick(lab, file, "moving.gif", "image/gif")
    lab.fill("input-frame-number", "2")
    animation = Image.open(io.BytesIO(file))
    animation.seek(2)
    assert_shows(lab, engine.conv2d(np.moveaxis(np.asarray(animation.convert("RGB")), 2, 0), SOBEL)[0])


def test_a_refused_file_leaves_the_picture_and_says_why(lab, tmp_path):
    lab.expected = ["Failed to load resource: the server responded with a status of 4(13|15|22)"]
    before = lab.bitmap("output")
    for file, words in (
        (pictures.SVG, "not a picture"),
        (pictures.TRUNCATED, "damaged or cut short"),
        (pictures.TOO_LARGE, "larger than"),
        (b"", "empty"),
    ):
        path = tmp_path / "fake.png"
        path.write_bytes(file)
        with lab.page.expect_response("**/api/images"):
            lab.get("file").set_input_files(path)
        lab.page.get_by_test_id("error-image").get_by_text(words).wait_for()
        lab.rest()
        assert (lab.bitmap("output") == before).all()
    # And nothing is stuck: the next picture is taken, and the message goes.
    lab.choose("sample-coins")
    assert_shows(lab, engine.conv2d(lab.pixels("coins"), SOBEL)[0])
    assert not lab.get("error-image").is_visible()


def test_marks_of_direction_in_a_name_turn_no_words_round(lab):
    pick(lab, pictures.png(), "\u202egnp.exe.png")
    assert lab.text("credit").startswith("gnp.exe.png ")
