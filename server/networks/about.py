"""What about.json says of a network beside its graph: who made it, what it is fed, what its classes are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field, model_validator
from typing_extensions import TypedDict

Channel = Literal["red", "green", "blue", "grey"]
_MOST_BYTES = 4_000_000


class Texts(TypedDict):
    """A text in both languages."""

    en: str
    zh: str


class ClassName(TypedDict):
    """What a class is called; in Chinese where somebody has said so."""

    en: str
    zh: NotRequired[str]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Preparation(_Said):
    """How levels 0..255 become a network's input: see ``preparation.py``; one number per channel."""

    height: Annotated[int, Field(ge=1, le=4096)]
    width: Annotated[int, Field(ge=1, le=4096)]
    channels: list[Channel]
    subtract: list[Annotated[float, Field(ge=-1e6, le=1e6)]]
    divide: list[Annotated[float, Field(ge=1e-6, le=1e6)]]

    @model_validator(mode="after")
    def _alike(self) -> Preparation:
        grey = self.channels == ["grey"]
        if not grey and sorted(self.channels) != ["blue", "green", "red"]:
            raise ValueError("channels must be grey, or red, green and blue in any order")
        if not len(self.subtract) == len(self.divide) == len(self.channels):
            raise ValueError("subtract and divide must have one number per channel")
        return self


class About(_Said):
    """The whole of about.json; ``logits`` and ``probabilities`` name layers."""

    title: Texts
    summary: Texts
    credit: str
    preparation: Preparation
    logits: str
    probabilities: str
    classes: Annotated[list[ClassName], Field(min_length=1)]


def read_about(path: Path) -> About:
    """Return what the file at ``path`` says.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not what it should be.
    """
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError(f"it is larger than {_MOST_BYTES:,} bytes")
    return About.model_validate_json(content)
