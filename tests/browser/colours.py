"""What a map must look like: from the engine's numbers, the rule of levels, the page's table of colours."""

from __future__ import annotations

import numpy as np

from tests.browser.lab import Lab, Scale

ZERO = 128


def assert_shows(lab: Lab, wanted: np.ndarray) -> None:
    """Assert that the output on the stage is the map ``wanted`` (H, W), cell by cell.

    Level q stands for min + q (max - min) / 255. A value within rounding of the border
    between two levels may have come out as either.
    """
    seen = lab.bitmap("output")
    assert seen.shape[:2] == wanted.shape
    assert_colours(seen, wanted, lab.scale())


def assert_colours(
    seen: np.ndarray, wanted: np.ndarray, scale: Scale, ends: tuple[float, float] | None = None
) -> None:
    """Assert that the pixels ``seen`` (H, W, 4) are the colours of the values ``wanted`` (H, W).

    ``ends`` are the least and the greatest value of the whole map where ``wanted`` is a part.
    """
    values = wanted.astype(np.float64)
    low, high = ends or (float(values.min()), float(values.max()))
    exact = (values - low) * 255 / (high - low) if high > low else np.zeros_like(values)
    fits = np.zeros(values.shape, bool)
    for slip in (-1e-3, 0, 1e-3):
        level = np.clip(np.floor(exact + 0.5 + slip), 0, 255)
        fits |= (colours(low + level * ((high - low) / 255), scale) == seen).all(axis=2)
    wrong = np.argwhere(~fits)
    assert len(wrong) == 0, f"{len(wrong)} of {fits.size} cells differ, the first at {wrong[0]}"


def colours(values: np.ndarray, scale: Scale) -> np.ndarray:
    """Return the colours (H, W, 4) of values on a scale."""
    if scale.colormap == "diverging":
        reach = max(abs(scale.lo), abs(scale.hi))
        away = np.floor(127 * np.minimum(np.abs(values) / reach, 1) + 0.5)
        entry = ZERO + np.sign(values) * away
    else:
        entry = np.floor(255 * np.clip((values - scale.lo) / (scale.hi - scale.lo), 0, 1) + 0.5)
    return scale.lut[entry.astype(int)]
