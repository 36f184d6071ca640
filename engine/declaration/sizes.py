"""The kind of parameter that is a list of sizes, as many as there are axes to name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from engine.declaration.kinds import whole_number
from engine.declaration.parameters import Json, Parameter
from engine.limits import NO_LIMIT, Limits


@dataclass(frozen=True)
class Sizes(Parameter[tuple[int, ...]]):
    """One to ``most`` whole numbers from 1 to the limit called ``limit``; a number alone is a list of one."""

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
            span = f"from 1 to {upper}" if upper < NO_LIMIT else "of at least 1"
            raise self.refuse(
                "sizes", f"1 to {self.most} whole numbers, each {span}", min=1, max=upper, most=self.most
            )
        return tuple(whole)

    def schema(self, limits: Limits) -> dict[str, Json]:
        """Return the schema of one number or a list of them."""
        one: dict[str, Json] = {"type": "integer", "minimum": 1, "maximum": limits.upper(self.limit)}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": self.most}]}

    def domain(self, limits: Limits) -> dict[str, Json]:
        """Return the range of one number."""
        return {"kind": "sizes", "min": 1, "max": limits.upper(self.limit), "step": 1}
