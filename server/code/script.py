"""A whole Python script: what it imports and how it fetches, around the lines that matter."""

from __future__ import annotations

import re
import textwrap
from typing import TypedDict

_BY_POST = r"\bfetch\([^\n]*,\n"
_IMPORTS = (
    (r"\bfetch\(", "import io"),
    (rf"{_BY_POST}|\bjson\.", "import json"),
    (r"\bmath\.", "import math"),
    (r"\bfetch\(|\burllib\.request\.", "import urllib.request"),
    (r"\bengine\.", "import engine"),
    (r"\bnp\.|\bfetch\(", "import numpy as np"),
    (r"\btorch\.", "import torch"),
    (r"\bF\.", "import torch.nn.functional as F"),
    (r"\bactivated\(", "from engine.analysis.activated import activated"),
    (r"\bcurve\(", "from engine.analysis.curve import curve"),
    (r"\bsliding_window_view\(", "from numpy.lib.stride_tricks import sliding_window_view"),
    (r"\bImage\.", "from PIL import Image"),
)
_OF_NETWORKS = ("Activations", "activations", "explain", "forward", "load")
"""What scripts take from engine.network, if they load one."""
_STANDARD = ("import io", "import json", "import math", "import urllib.request")
_GET = '''
def fetch(path):
    """Return an array that the service gives as .npy."""
    with urllib.request.urlopen(SERVER + path) as reply:
        return np.load(io.BytesIO(reply.read()))
'''
_GET_OR_POST = '''
def fetch(path, body=None):
    """Return an array that the service gives as .npy."""
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(SERVER + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return np.load(io.BytesIO(reply.read()))
'''


class Scripts(TypedDict):
    """One text for each language."""

    curl: str
    python: str
    numpy: str
    torch: str


def script(body: str, server: str) -> str:
    """Return ``body`` with the imports and the helper that it needs; ``server`` is the service's address."""
    needed = [line for pattern, line in _IMPORTS if re.search(pattern, body)]
    used = [name for name in _OF_NETWORKS if re.search(rf"(?<!\.)\b{name}\(", body)]
    if "load" in used:
        needed.append(f"from engine.network import {', '.join(used)}")
    standard = [line for line in needed if line in _STANDARD]
    others = [line for line in needed if line not in _STANDARD]
    parts = ["\n".join(group) for group in (standard, others) if group]
    if "import io" in needed:
        helper = _GET_OR_POST if re.search(_BY_POST, body) else _GET
        parts.append(f"SERVER = {server.rstrip('/')!r}".replace("'", '"') + f"\n\n{helper}")
    return "\n\n".join([*parts, body.strip("\n")]) + "\n"


def function(name: str, lines: str, arguments: str = "") -> str:
    """Return the lines as the body of a function."""
    return f"def {name}({arguments}):\n{textwrap.indent(lines, '    ')}\n"
