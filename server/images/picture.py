"""A picture as the service keeps it: levels 0..255 and nothing else of its file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Levels: TypeAlias = "NDArray[np.uint8]"


class Frames(Protocol):
    """What can be seen: frames of one size, kept or drawn."""

    @property
    def height(self) -> int:
        """Number of rows."""
        ...

    @property
    def width(self) -> int:
        """Number of columns."""
        ...

    @property
    def channels(self) -> int:
        """1 for grey, 3 for red, green and blue."""
        ...

    @property
    def count(self) -> int:
        """Number of frames."""
        ...

    def frame(self, index: int) -> Levels:
        """Return a frame, from 0: uint8 (H, W) if grey, else (H, W, 3)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One frame, or several of an animation, each fully composed and upright.

    Args:
        frames: uint8 arrays of one shape, (H, W) for grey or (H, W, 3) for RGB; they
            become read-only.
    """

    frames: tuple[Levels, ...]

    def __post_init__(self) -> None:
        if not self.frames or any(frame.shape != self.frames[0].shape for frame in self.frames):
            raise ValueError("frames must be one or more arrays of one shape")
        for frame in self.frames:
            frame.setflags(write=False)

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.frames[0].shape[0]

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.frames[0].shape[1]

    @property
    def channels(self) -> int:
        """1 for grey, 3 for red, green and blue."""
        return 1 if self.frames[0].ndim == 2 else 3

    @property
    def count(self) -> int:
        """Number of frames."""
        return len(self.frames)

    def frame(self, index: int) -> Levels:
        """Return a frame, from 0."""
        return self.frames[index]

    @property
    def nbytes(self) -> int:
        """Bytes of all frames."""
        return sum(frame.nbytes for frame in self.frames)

    def digest(self) -> str:
        """Return 32 hexadecimal digits that stand for this content and no other."""
        shape = (len(self.frames), *self.frames[0].shape)
        state = hashlib.sha256(f"convscope picture {shape}".encode())
        for frame in self.frames:
            state.update(np.ascontiguousarray(frame).data)
        return state.hexdigest()[:32]
