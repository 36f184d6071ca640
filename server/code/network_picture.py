"""How a script makes a network's input of a picture, as the service does."""

from __future__ import annotations

from urllib.parse import urlencode

from engine.declaration.recipe import lines
from server.images.choice import MAX_SIZE
from server.images.patterns import patterns
from server.networks.runs import Run
from server.networks.wishes import PictureWish

_PLACE = {"red": 0, "green": 1, "blue": 2}
_AS_FED = ["red", "green", "blue"]


def picture(run: Run, wish: PictureWish) -> str:
    """Return the lines that make ``x``, float32 (C, H, W), of the picture wished for."""
    law = run.shipped.about.preparation
    grey = law.channels == ["grey"]
    order = [_PLACE[channel] for channel in law.channels if channel in _PLACE]
    swapped = f"[{order}]  # {', '.join(law.channels)}" if not grey and law.channels != _AS_FED else ""
    planes = "np.asarray(photo)[None]" if grey else "np.asarray(photo).transpose(2, 0, 1)"
    return lines(
        "# The picture as the network is given it: the square in its middle, reduced.",
        f'pixels = fetch("{_address(run, wish, grey=grey)}")',
        f"photo = Image.fromarray(pixels{'[0]' if grey else '.transpose(1, 2, 0)'})",
        f"photo = photo.resize(({law.width}, {law.height}), Image.Resampling.BILINEAR)",
        f"levels = {planes}{swapped}",
        "levels = 255 - levels" if wish.invert else None,
        f"x = {_scaled(law.subtract, law.divide)}",
    )


def _address(run: Run, wish: PictureWish, *, grey: bool) -> str:
    """Return where the square lies that the network sees, as many pixels as it has."""
    law, steps = run.shipped.about.preparation, run.prepared.steps
    square, (height, width, _) = steps["square"], steps["picture"]
    # A synthetic picture is drawn as large as it is asked for.
    drawn = wish.image in patterns()
    query: dict[str, object] = {
        "size": max(law.height, law.width) if drawn else min(square[2], MAX_SIZE),
        **({"color": "grey"} if grey else {}),
        **({"frame": wish.frame} if wish.frame else {}),
        **({"crop": ",".join(map(str, square))} if square != [0, 0, height, width] else {}),
        "format": "npy",
    }
    return f"/api/images/{wish.image}/pixels?{urlencode(query, safe=',')}"


def _scaled(subtract: list[float], divide: list[float]) -> str:
    less = f"levels - {_numbers(subtract)}" if any(subtract) else "levels.astype(np.float32)"
    if set(divide) == {1}:
        return less
    return f"{f'({less})' if any(subtract) else less} / {_numbers(divide)}"


def _numbers(each: list[float]) -> str:
    """Return one number per channel, or one for all of them."""
    if len(set(each)) == 1:
        return f"np.float32({each[0]!r})"
    return f"np.float32([{', '.join(map(repr, each))}])[:, None, None]"
