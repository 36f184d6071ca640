"""What can be wrong is said in words, and the rest of the page goes on."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.browser import pictures
from tests.browser.conftest import serving
from tests.browser.test_away import own_server  # noqa: F401 (a fixture)  # pyright: ignore[reportUnusedImport]
from tests.browser.test_upload import pick
from tests.server.networks.small import NAME, SIDE, ship

pytestmark = pytest.mark.browser

SMALL = f"net={NAME}"


def service_of(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with a small network, one whose weights are damaged, and one whose weights are missing."""
    folder = tmp_path_factory.mktemp("networks")
    ship(folder)
    damaged = ship(folder, "damaged", title={"en": "Damaged", "zh": "损坏"}) / "network.npz"
    damaged.write_bytes(damaged.read_bytes()[:1000])
    (ship(folder, "missing") / "network.npz").unlink()
    yield from service_of(folder)


def said(one, testid: str) -> str:
    """Return what is said, once something is."""
    one.page.wait_for_function(
        "(id) => document.querySelector(`[data-testid=${id}]`)?.innerText.trim()", arg=testid
    )
    return one.text(testid)


def classes(one) -> list[str]:
    """Return what the picture is taken for."""
    return one.page.evaluate("() => (window.network.session.classes ?? []).map(({ name }) => name)")


def test_networks_that_cannot_be_read_are_named_and_another_works(open_network, open_lab, small):
    one = open_network("net=damaged", address=small, wait=False)
    one.expected = ["503"]
    assert said(one, "refusal").startswith("The network damaged cannot be used just now")
    one.visit("net=missing", wait=False)
    one.page.wait_for_function(
        "() => /missing/i.test(document.querySelector('[data-testid=refusal]')?.innerText)"
    )
    assert one.page.locator("#networks").inner_text().count("Small")
    one.page.locator("#networks input:enabled").first.check(force=True)
    one.rest()
    assert one.value("net") == NAME
    assert len(classes(one)) == 5
    assert not one.get("refusal").is_visible()
    lab = open_lab("size=24", address=small)
    assert lab.bitmap().shape[:2] == (14, 22)


def test_without_any_network_the_page_says_so(open_network, tmp_path):
    for address in service_of(tmp_path):
        one = open_network(address=address, wait=False)
        one.expected = ["404"]
        assert "squeezenet-1.1" in said(one, "refusal")


def test_what_an_address_cannot_mean_is_said_and_left_out(open_network, small):
    one = open_network("net=nobody&layer=conv&map=2", address=small, wait=False)
    one.expected = ["404"]
    assert "net=nobody" in said(one, "notices")
    one.rest()
    assert (one.value("net"), one.value("layer"), one.value("map")) == (NAME, "conv", 2)
    one.visit(f"{SMALL}&layer=nowhere&map=3&cell=1.1&sort=up")
    assert "layer=nowhere" in said(one, "notices")
    assert "sort=up" in said(one, "notices")
    assert (one.value("layer"), one.value("map"), one.value("cell")) == ("", None, None)
    one.visit(f"{SMALL}&layer=conv&map=6&cell=22.0")
    assert "map=6, cell=22.0" in said(one, "notices")
    assert (one.value("layer"), one.value("map"), one.value("cell")) == ("conv", None, None)
    one.visit(f"{SMALL}&layer=dense&cell=0.5")
    assert "cell=0.5" in said(one, "notices")
    notices = one.text("notices")
    one.visit(f"{SMALL}&layer=conv&map=5&cell=21.21")
    assert (one.value("map"), one.value("cell")) == (5, {"y": 21, "x": 21})
    assert one.text("notices") == notices
    assert len(classes(one)) == 5


def saved(image: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def drawn(mode: str, width: int = 40, height: int = 30) -> Image.Image:
    levels = np.random.default_rng(4).integers(0, 256, (height, width, 4)).astype(np.uint8)
    if mode == "I;16":
        return Image.fromarray(levels[..., 0].astype(np.uint16) * 257)
    return (
        Image.fromarray(levels, "RGBA").convert(mode) if mode != "RGBA" else Image.fromarray(levels, "RGBA")
    )


PICTURES = {
    "one pixel": saved(drawn("RGB", 1, 1), "PNG"),
    "a line": saved(drawn("RGB", 5000, 1), "PNG"),
    "a column": saved(drawn("L", 1, 5000), "PNG"),
    "grey": saved(drawn("L"), "JPEG"),
    "16 bit": saved(drawn("I;16"), "PNG"),
    "CMYK": saved(drawn("CMYK"), "JPEG"),
    "transparent": saved(drawn("RGBA"), "PNG"),
    "an animation": pictures.gif(),
}


def test_odd_pictures_are_classified_and_odd_files_refused_in_words(open_network, small):
    one = open_network(f"{SMALL}&open=given,layer,end,logit", address=small)
    for name, file in PICTURES.items():
        pick(one, file, f"{name}.bin", "application/octet-stream")
        image = one.value("image")
        assert image != "coffee", name
        expected = one.ask(f"{NAME}/predict", image=image)["classes"]
        assert classes(one) == [row["name"] for row in expected], name
        assert one.pixels_of("[data-testid=photo]").shape[:2] == (SIDE, SIDE), name
        shares = np.array([row["probability"] for row in expected])
        assert np.isfinite(shares).all()
        assert shares.sum() == pytest.approx(1)
        assert one.get("softmax").locator("tr[data-class]").count() == 5
    one.expected = ["415", "422", "400"]
    for name, file in {"a text": b"not a picture\n" * 20, "cut off": pictures.TRUNCATED}.items():
        pick(one, file, f"{name}.txt", "text/plain")
        assert len(one.page.locator("#gallery [role=alert]").inner_text()) > 20, name
        assert one.value("image") == image
        assert len(classes(one)) == 5
    assert not one.get("refusal").is_visible()


def test_the_server_goes_away_and_comes_back(open_network, own_server):  # noqa: F811
    one = open_network("net=squeezenet-1.1&open=end", address=own_server.address)
    one.expected = ["ERR_CONNECTION_REFUSED", "WebSocket", "ERR_"]
    own_server.stop()
    one.page.wait_for_function("() => window.network.away")
    assert one.page.locator(".status.away").is_visible()
    one.page.evaluate("() => window.network.state.set({ image: 'cat' })")
    own_server.start()
    one.page.wait_for_function("() => !window.network.away")
    one.rest()
    assert not one.page.locator(".status.away").is_visible()
    expected = one.ask("squeezenet-1.1/predict", image="cat", top=10)["classes"]
    assert classes(one) == [row["name"] for row in expected]
    first = one.get("softmax").locator("tr[data-class]").first
    assert first.get_attribute("data-class") == str(expected[0]["index"])


def test_a_repaired_network_is_read_again(open_network, tmp_path):
    home = ship(tmp_path)
    weights = home / "network.npz"
    shutil.move(weights, tmp_path / "aside")
    for address in service_of(tmp_path):
        one = open_network(SMALL, address=address, wait=False)
        one.expected = ["503"]
        assert said(one, "refusal")
        shutil.move(tmp_path / "aside", weights)
        one.visit(f"{SMALL}&image=cat")
        assert len(classes(one)) == 5
