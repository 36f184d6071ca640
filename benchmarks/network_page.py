"""The Network page in Chromium: from an upload to its first layer and to all, and what goes over the wire."""

import io
import random
from typing import TypedDict, cast

from PIL import Image
from playwright.sync_api import Browser, Page, WebSocket

from benchmarks.browser import PHOTO, chromium, visitor
from benchmarks.devtools import AT_REST
from benchmarks.service import service
from benchmarks.table import show
from benchmarks.timing import load, median, percentile_95

UPLOADS = 15
NETWORKS = {"squeezenet-1.1": (100, 400), "efficientnet-lite0": None, "fashion-cnn": None}
"""Each with its aims: milliseconds to the first layer painted, and to all layers and classes."""
AIM_BYTES = 2_000_000
PATIENCE = 120_000

WATCH = """
document.addEventListener("convscope:begin", ({ detail }) => { window.page = detail; });
const framed = () => new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve(performance.now());
  port2.postMessage(0);
}));
document.addEventListener("change", ({ target }) => {
  if (target.type !== "file") return;
  const from = performance.now();
  const { image } = window.page.state.values;
  const times = {};
  window.taken = new Promise((resolve) => {
    const ours = () => window.page.state.values.image !== image;
    const layer = ({ detail }) => {
      if (!ours() || times.first || !window.page.session.layers.get(detail.layer).thumbs.length) return;
      times.first = performance.now() - from;
      framed().then((now) => { times.firstFrame = now - from; });
    };
    const settled = async () => {
      if (!ours()) return;
      document.removeEventListener("convscope:layer", layer);
      document.removeEventListener("convscope:settled", settled);
      times.all = performance.now() - from;
      times.allFrame = (await framed()) - from;
      resolve(times);
    };
    document.addEventListener("convscope:layer", layer);
    document.addEventListener("convscope:settled", settled);
  });
}, { capture: true });
"""


class Times(TypedDict):
    """Milliseconds from the file's choice: in the handler that drew, and after the frame that shows it."""

    first: float
    firstFrame: float
    all: float
    allFrame: float


def jpeg(seed: int) -> bytes:
    """Return a part of a photo that nobody has asked for before, as a JPEG file of 640 x 480."""
    drawn = random.Random(seed)
    with Image.open(PHOTO) as image:
        left, top = drawn.randrange(40), drawn.randrange(40)
        part = image.convert("RGB").crop((left, top, image.width - 40, image.height - 40))
    file = io.BytesIO()
    part.resize((640, 480)).save(file, "JPEG", quality=90)
    return file.getvalue()


def upload(page: Page, seed: int) -> Times:
    """Choose a file as a person does, and wait until everything is on the screen."""
    file = {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(seed)}
    page.set_input_files("#file", file)  # type: ignore[arg-type]
    times = cast("Times", page.evaluate("taken"))
    page.evaluate(AT_REST)
    return times


def show_network(browser: Browser, address: str, name: str) -> None:
    """Measure uploads to one network."""
    heard: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(len(frame)))

    with visitor(browser) as page:
        page.add_init_script(WATCH)
        page.set_default_timeout(PATIENCE)
        page.on("websocket", listen)
        page.goto(f"{address}/network#net={name}&open=-")
        page.evaluate(AT_REST)
        busy = load()
        upload(page, 0)
        taken: list[Times] = []
        sizes: list[int] = []
        for seed in range(1, UPLOADS + 1):
            heard.clear()
            taken.append(upload(page, seed))
            sizes.append(sum(heard))
    aims = NETWORKS[name] or ("", "")
    rows: list[list[str]] = []
    for title, key, aim in (
        ("first layer drawn", "first", ""),
        ("first layer on the screen", "firstFrame", aims[0]),
        ("all layers and classes drawn", "all", ""),
        ("all layers and classes on the screen", "allFrame", aims[1]),
    ):
        times = [cast("float", one[key]) for one in taken]
        rows.append([title, f"{median(times):.0f}", str(aim), f"{percentile_95(times):.0f}"])
    show(
        f"{name}: from choosing a JPEG of 640 x 480, {UPLOADS} times ({busy})",
        ["milliseconds", "median", "aim", "95 %"],
        rows,
        f"Over the WebSocket for one picture: {median(sizes):,.0f} bytes; the aim is {AIM_BYTES:,} at most.",
    )


def main() -> None:
    """Print the tables."""
    with service() as address, chromium() as browser:
        for name in NETWORKS:
            show_network(browser, address, name)
