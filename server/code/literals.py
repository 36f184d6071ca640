"""Arrays and JSON as they are written in Python."""

from __future__ import annotations

import json
import pprint
import re
import sys
from collections.abc import Iterable, Mapping

import numpy as np

from engine.arrays import Array
from server.wire.json_text import array_pieces

WIDTH = 96
"""Columns of a script, or so."""
_LAID_OUT = 2000
"""Numbers that are laid out in rows and columns; more stand in one line."""


def array_literal(array: Array, indent: int, dtype: str | None = None) -> str:
    """Return ``np.array(...)`` for finite numbers, laid out for a line that begins at ``indent``."""
    if array.size == 0:
        return f"np.zeros({array.shape})"
    more = f", {dtype}" if dtype and array.dtype.kind == "f" else ""
    if array.size > _LAID_OUT:
        text = b"".join(array_pieces(array)).decode()
    elif array.ndim == 0:
        text = str(array[()])
    else:
        text = np.array2string(
            array,
            separator=", ",
            threshold=sys.maxsize,
            floatmode="unique",
            max_line_width=WIDTH,
            prefix=" " * (indent + len("np.array(")),
        )
    return f"np.array({text}{more})"


def python_literal(data: Mapping[str, object], indent: int) -> str:
    """Return JSON-ready data as Python writes it, laid out for a line that begins at ``indent``."""
    text = pprint.pformat(dict(data), width=WIDTH - indent, sort_dicts=False, compact=True)
    if '"' not in text and "\\" not in text:
        text = text.replace("'", '"')
    return text.replace("\n", "\n" + " " * indent)


def text_literal(text: str) -> str:
    """Return printable text as Python writes it; JSON's own escapes would take some letters apart."""
    return json.dumps(text, ensure_ascii=False)


def names_literal(names: Iterable[str]) -> str:
    """Return a list of printable texts as Python writes it."""
    return f"[{', '.join(map(text_literal, names))}]"


def file_name(layer: str) -> str:
    """Return the name of a file for a layer's numbers, which no shell reads as anything else."""
    plain = re.sub(r"[^A-Za-z0-9._]+", "-", layer).strip("-.")
    return f"{plain or 'layer'}.npy"


def json_literal(data: Mapping[str, object]) -> str:
    """Return data as JSON, an entry a line."""
    entries = (f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in data.items())
    return "{\n" + ",\n".join(entries) + "\n}"
