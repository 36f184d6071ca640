"""Filtering a picture: the engine beside Pillow, SciPy and OpenCV, each on one thread."""

# pyright: reportMissingImports=false
# (The peers are installed by `run.py bench` alone, and not where the types are checked.)

from collections.abc import Callable
from itertools import product

import cv2
import numpy as np
from PIL import Image, ImageFilter
from scipy import ndimage

import engine
from benchmarks.table import show
from benchmarks.timing import interleaved, load

SIZES = (256, 512, 1024)
KERNELS = (3, 7, 15)
PEERS = ("Pillow", "SciPy", "OpenCV")
PILLOW_KERNELS = (3, 5)
"""All that ImageFilter.Kernel knows."""

Contenders = dict[str, Callable[[], np.ndarray]]


def grey_bytes(rng: np.random.Generator, size: int, k: int) -> Contenders:
    """One channel of whole levels, a kernel of whole weights that are divided by their sum."""
    picture = rng.integers(0, 256, (size, size)).astype(np.uint8)
    weight = rng.integers(1, 10, (k, k)).astype(np.float32)
    divisor = int(weight.sum())
    parts = (weight / divisor).astype(np.float32)
    found: Contenders = {
        "ours": lambda: engine.conv2d(picture[None], weight, padding=k // 2, divisor=divisor)[0],
        "SciPy": lambda: ndimage.correlate(picture, parts, output=np.float32, mode="constant"),
        "OpenCV": lambda: cv2.filter2D(picture, cv2.CV_32F, parts, borderType=cv2.BORDER_CONSTANT),
    }
    if k in PILLOW_KERNELS:
        image = Image.fromarray(picture)
        # Pillow turns a kernel upside down before it applies it.
        kernel = ImageFilter.Kernel((k, k), weight[::-1].ravel().tolist(), scale=divisor)
        found["Pillow"] = lambda: np.asarray(image.filter(kernel))
    return found


def grey_floats(rng: np.random.Generator, size: int, k: int) -> Contenders:
    """One channel of float32, a kernel of float32. Pillow filters levels only."""
    picture = rng.normal(size=(size, size)).astype(np.float32)
    weight = rng.normal(size=(k, k)).astype(np.float32)
    return {
        "ours": lambda: engine.conv2d(picture[None], weight, padding=k // 2)[0],
        "SciPy": lambda: ndimage.correlate(picture, weight, mode="constant"),
        "OpenCV": lambda: cv2.filter2D(picture, -1, weight, borderType=cv2.BORDER_CONSTANT),
    }


def colour_to_one_map(rng: np.random.Generator, size: int, k: int) -> Contenders:
    """Three channels of levels, each with weights of its own, summed to one map, as a CNN does.

    The others filter channel by channel and add; Pillow's results are clipped to levels, so it cannot.
    """
    picture = rng.integers(0, 256, (3, size, size)).astype(np.uint8)
    weight = rng.integers(-9, 10, (3, k, k)).astype(np.float32)
    pairs = list(zip(picture, weight, strict=True))

    def scipy() -> np.ndarray:
        maps = [ndimage.correlate(one, w, output=np.float32, mode="constant") for one, w in pairs]
        return maps[0] + maps[1] + maps[2]

    def opencv() -> np.ndarray:
        maps = [cv2.filter2D(one, cv2.CV_32F, w, borderType=cv2.BORDER_CONSTANT) for one, w in pairs]
        return cv2.add(cv2.add(maps[0], maps[1]), maps[2])

    return {
        "ours": lambda: engine.conv2d(picture, weight[None], padding=k // 2)[0],
        "SciPy": scipy,
        "OpenCV": opencv,
    }


CASES = {
    "grey, uint8": grey_bytes,
    "grey, float32": grey_floats,
    "RGB to one map": colour_to_one_map,
}


def check_equal(contenders: Contenders, k: int) -> None:
    """Insist that all compute the same, before any is timed; Pillow rounds to levels and copies the edge."""
    inside = slice(k // 2, -(k // 2))
    ours = contenders["ours"]()[inside, inside]
    for name in contenders.keys() - {"ours"}:
        theirs = contenders[name]()[inside, inside].astype(np.float64)
        allowed = 0.51 if name == "Pillow" else 1e-5 * np.abs(ours).max()
        furthest = np.abs(ours - theirs).max()
        if furthest > allowed:
            raise RuntimeError(f"{name} and the engine differ by {furthest:g}; {allowed:g} is allowed.")


def row(case: str, size: int, k: int) -> list[str]:
    """Measure one case; the ratio is ours / theirs."""
    contenders = CASES[case](np.random.default_rng(0), size, k)
    check_equal(contenders, k)
    taken = interleaved(contenders)
    cells = [f"{case}, {size}", f"{k}x{k}", f"{taken['ours']:.2f}"]
    for peer in PEERS:
        known = peer in taken
        cells += [
            f"{taken[peer]:.2f}" if known else "-",
            f"{taken['ours'] / taken[peer]:.2f}" if known else "-",
        ]
    return cells


def main() -> None:
    """Print one table."""
    cv2.setNumThreads(1)
    head = ["picture", "kernel", "ours ms"]
    for peer in PEERS:
        head += [f"{peer} ms", "ratio"]
    before = load()
    rows = [row(*drawn) for drawn in product(CASES, SIZES, KERNELS)]
    show(
        f"Filtering, same size out, one thread each ({before})",
        head,
        rows,
        "Medians of interleaved rounds, equal results. Ratio: ours / theirs, below 1 ours is quicker.",
    )
