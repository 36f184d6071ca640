"""The kind of parameter that is a list of sizes, as many as there are axes to name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from engine.declaration.kinds import span, whole_number
from engine.declaration.parameters import Json, Parameter
from engine.limits import Limits
from engine.texts import Text


@dataclass(frozen=True)
class Sizes(Parameter[tuple[int, ...]]):
    """One to ``most`` whole numbers from 1 to the limit called ``limit``; a number alone is a list of one."""

    code: ClassVar[str] = "sizes"
    most: int = 5
    limit: str = "cells"

    def parse(self, value: object, limits: Limits) -> tuple[int, ...]:
        """Return the numbers."""
        items = list(cast("Sequence[object]", value)) if isinstance(value, list | tuple) else [value]
        upper = limits.upper(self.limit)
        whole = [
            number for item in items if (number := whole_number(item)) is not None and 1 <= number <= upper
        ]
        if len(whole) != len(items) or not 1 <= len(whole) <= self.most:
            raise self.refuse(limits)
        return tuple(whole)

    def allowed(self, limits: Limits) -> Text:
        """Return how many, and their range."""
        words = Text("1 to {most} whole numbers, each {span}", "是 1 到 {most} 个整数，各为 {span}")
        return words.put(most=str(self.most), span=span(limits.upper(self.limit)))

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of one number or a list of them."""
        one: dict[str, Json] = {"type": "integer", "minimum": 1, "maximum": limits.upper(self.limit)}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": self.most}]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one number."""
        return {"kind": "sizes", "min": 1, "max": limits.upper(self.limit), "step": 1}
