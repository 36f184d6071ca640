"""What an answer of the stream is made of.

An answer is a generator of messages. Each step may take long; what is ready together goes
together, for each step costs a change of thread. What a generator returns goes with "done".
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeAlias

Message: TypeAlias = str | bytes
Answer: TypeAlias = Generator[Sequence[Message], None, Sequence[Message]]


def text(number: int, kind: str, members: str) -> str:
    """Return a message; ``members`` is a JSON object whose members it takes over."""
    return f'{{"id":{number},"type":"{kind}",{members[1:]}'
