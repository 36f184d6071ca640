"""One input of a call, as it is computed with: what a script cannot make by itself."""

from __future__ import annotations

from engine.arrays import Array
from engine.texts import Text
from server.calls.calls import Calls
from server.errors import ApiError
from server.wire.wishes import InputWish


def input_of(calls: Calls, wish: InputWish) -> Array:
    """Return the input that is wished for.

    Raises:
        ApiError: the call has no input of this name; otherwise as a run does.
    """
    inputs = calls.result(wish).call.inputs
    if wish.name in inputs:
        return inputs[wish.name]
    names = list(inputs)
    raise ApiError(
        422,
        "unknown_input",
        Text(
            "There is no input called '{name}' here; there are {names}.",
            "这里没有名为 {name} 的输入；有：{names}。",
        ),
        "name",
        {"name": wish.name[:40], "names": names},
    )
