"""about.json: what it must say of a network, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.networks.about import read_about
from tests.server.networks.small import ABOUT


def written(folder: Path, text: str) -> Path:
    path = folder / "about.json"
    path.write_text(text, "utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path):
    about = read_about(written(tmp_path, json.dumps(ABOUT)))
    assert json.loads(about.model_dump_json()) == ABOUT
    assert about.classes[0] == {"en": "cat", "zh": "猫"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"surplus": 1}, "surplus"),
        ({"classes": []}, "classes"),
        ({"classes": [{"zh": "猫"}]}, "en"),
        ({"logits": None}, "logits"),
        ({"title": "Small"}, "title"),
        ({"preparation": {"channels": ["red", "green"]}}, "grey, or red, green and blue in any order"),
        ({"preparation": {"channels": ["grey"]}}, "one number per channel"),
        ({"preparation": {"divide": [1.0, 2.0]}}, "one number per channel"),
        ({"preparation": {"divide": [1.0, 2.0, 0.0]}}, "divide"),
        ({"preparation": {"height": 0}}, "height"),
        ({"preparation": {"width": 4097}}, "width"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, change: dict[str, Any], said: str):
    if "preparation" in change:
        change = {"preparation": ABOUT["preparation"] | change["preparation"]}
    with pytest.raises(ValueError, match=said):
        read_about(written(tmp_path, json.dumps(ABOUT | change)))


def test_a_file_of_any_size_is_not_read_to_its_end(tmp_path: Path):
    with pytest.raises(ValueError, match="larger than 4,000,000 bytes"):
        read_about(written(tmp_path, json.dumps(ABOUT) + " " * 4_000_000))
    with pytest.raises(OSError, match="nowhere"):
        read_about(tmp_path / "nowhere")
