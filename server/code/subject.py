"""The one call that a script is about: its wish, and what the engine made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from engine.analysis.activated import Activated
from engine.arrays import Array
from engine.declaration.call import Call
from engine.declaration.parameters import Params
from engine.declaration.recipe import Recipe
from engine.families.elementwise import Elementwise
from engine.texts import Text
from server.calls.results import Result
from server.code.literals import array_literal, python_literal
from server.errors import ApiError
from server.wire.wishes import CallWish, Source

_INLINE = 100
"""Drawn numbers that stand in the script itself; more are fetched."""
_LONGEST = 2000
"""Characters of an address; a picture with a longer one is asked for by POST."""


@dataclass(frozen=True)
class Subject:
    """A call to be written down, and the wish that it came from.

    ``zeros`` names the inputs of which only the shape is known.
    """

    call: Call
    params: Mapping[str, object]
    wish: CallWish | None = None
    drawn: frozenset[str] = frozenset()
    zeros: frozenset[str] = frozenset()

    @classmethod
    def of(cls, wish: CallWish, result: Result) -> Subject:
        """Return the subject of a wish."""
        return cls(result.call, wish.params, wish, result.drawn)

    @property
    def plain(self) -> Call:
        """The call without its activation."""
        return self.call.before if isinstance(self.call, Activated) else self.call

    @property
    def activation(self) -> Call | None:
        """The activation's own call, if there is one."""
        if not isinstance(self.call, Activated):
            return None
        return self.call.activation.call([0.0])

    @property
    def function(self) -> tuple[Elementwise, Params]:
        """The elementwise function whose curve is shown: the activation, or the operation itself."""
        call = self.activation or self.plain
        assert isinstance(call.operation, Elementwise)
        return call.operation, call.params

    @property
    def recipe(self) -> Recipe:
        """How it is done without the engine.

        Raises:
            ApiError: nobody has said.
        """
        found = self.plain.operation.recipe(self.plain)
        if found is None:
            raise ApiError(
                422,
                "no_code",
                Text("There is no code for {name} without the engine yet.", "{name} 还没有不用引擎的代码。"),
                "operation",
                {"name": self.plain.operation.name},
            )
        return found

    def names(self) -> dict[str, str]:
        """Return what the inputs are called in a script."""
        return {name: "x" if name == "input" else name for name in self.plain.inputs}

    def given(self, name: str, indent: int, dtype: str | None = None) -> str:
        """Return the expression that gives an input, for a line that begins at ``indent``.

        Numbers in the script itself are of ``dtype`` unless they are whole.
        """
        array = self.plain.inputs[name]
        if name in self.zeros:
            return f"np.zeros({array.shape}, int)" if array.dtype.kind in "iu" else f"np.zeros({array.shape})"
        source = self._source(name)
        if source is not None and source.image is not None:
            return self._picture(name, source, array, indent)
        if name in self.drawn and array.size > _INLINE:
            return self._asked(name, indent)
        return array_literal(array, indent, dtype)

    def _source(self, name: str) -> Source | None:
        if self.wish is None:
            return None
        return self.wish.input if name == "input" and self.wish.input else self.wish.inputs.get(name)

    def _picture(self, name: str, source: Source, array: Array, indent: int) -> str:
        """Return how a picture is fetched, and cut down to a signal or raised to a volume."""
        said = source.model_dump(include={"size", "color", "frame"}, exclude_unset=True, exclude_none=True)
        query: dict[str, object] = dict(said)
        if source.crop:
            query["crop"] = ",".join(map(str, source.crop))
        if source.edits:
            query["edits"] = ";".join(".".join(map(str, edit)) for edit in source.edits)
        address = f"/api/images/{source.image}/pixels?{urlencode(query | {'format': 'npy'}, safe=',;')}"
        if len(address) > _LONGEST:
            return self._asked(name, indent)
        return f'fetch("{address}")' + ("[None]" if self.plain.operation.dims == 3 else "")

    def row(self, name: str) -> str | None:
        """Return the line that takes a row of a picture for a signal, if that is what the input is."""
        source = self._source(name)
        if source is None or source.image is None or self.plain.operation.dims != 1:
            return None
        variable = self.names()[name]
        row = f"{variable}.shape[1] // 2" if source.row is None else source.row
        return f"{variable} = {variable}[:, {row}]"

    def _asked(self, name: str, indent: int) -> str:
        assert self.wish is not None
        fields = set(CallWish.model_fields) - {"activation"}
        body: Mapping[str, object] = self.wish.model_dump(include=fields, exclude_unset=True)
        inner = indent + len("fetch(")
        literal = python_literal({"name": name, **body}, inner)
        return f'fetch("/api/inputs",\n{" " * inner}{literal})'
