"""The inputs of a call, gathered from where a wish says they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.arrays import Array
from engine.declaration.operation import Operation
from engine.refusals import unknown_input
from engine.texts import Text
from server.calls.written_weights import kernel_inputs
from server.errors import ApiError
from server.images.choice import DEFAULT_SIZE, Choice, Crop, Edit, out_of_range
from server.images.library import Library
from server.images.picture import Levels
from server.wire.numbers import numbers
from server.wire.wishes import CallWish, Source

SHORTHANDS = {"input": "input", "weight": "weights", "divisor": "weights.divisor", "bias": "bias"}
"""What inputs are called where they are given by themselves."""


@dataclass(frozen=True)
class Gathered:
    """Inputs by name, and the seeds of those that are still to be drawn."""

    given: dict[str, object]
    seeds: dict[str, int]


def gather(wish: CallWish, operation: Operation, library: Library) -> Gathered:
    """Return what ``wish`` gives ``operation`` to work on.

    Raises:
        ApiError, ConvscopeError: naming the field as the caller wrote it.
    """
    found = Gathered({}, {})
    for name, source in wish.inputs.items():
        _take(found, name, source, f"inputs.{name}", operation, library)
    shorthands = Gathered({}, {})
    if wish.input is not None:
        _take(shorthands, "input", wish.input, "input", operation, library)
    if wish.weights is not None:
        shorthands.given.update(kernel_inputs(wish.weights, _names_refused(operation)))
    if wish.bias is not None:
        shorthands.given["bias"] = numbers(wish.bias, "bias")
    names = [declared.name for declared in operation.inputs]
    for name in (*shorthands.given, *shorthands.seeds):
        field = SHORTHANDS[name]
        if name not in names:
            raise unknown_input(
                operation.name, names, field, Text("; leave out {field}", "；请去掉 {field}").put(field=field)
            )
        if name in wish.inputs:
            raise ApiError(
                422,
                "given_twice",
                Text(
                    "{name} is given twice: by itself and in inputs.",
                    "{name} 给了两次：单独一次，inputs 中一次。",
                ),
                field,
                {"name": field},
            )
    found.given.update(shorthands.given)
    found.seeds.update(shorthands.seeds)
    return found


def _take(
    found: Gathered, name: str, source: Source, field: str, operation: Operation, library: Library
) -> None:
    said = [one for one in (source.image, source.values, source.seed) if one is not None]
    if len(said) != 1:
        raise ApiError(
            422,
            "source",
            Text(
                "{name} must have either image or values, or a seed.",
                "{name} 需要图片（image）、数值（values）或种子（seed）三者之一。",
            ),
            field,
            {"name": field},
        )
    if source.image is not None:
        levels = library.pixels(source.image, choice_of(source), prefix=f"{field}.")
        found.given[name] = _fitted(levels, operation.dims, source.row, field)
        return
    for ours, said in (("crop", source.crop), ("edits", source.edits)):
        if said:
            raise ApiError(
                422,
                "picture_only",
                Text(
                    "{input}.{name} is for pictures; leave it out beside values or a seed.",
                    "{input}.{name} 只用于图片；与数值或种子同用时请去掉。",
                ),
                f"{field}.{ours}",
                {"input": field, "name": ours},
            )
    if source.seed is not None:
        found.seeds[name] = source.seed
    else:
        found.given[name] = numbers(source.values, f"{field}.values")


def choice_of(source: Source) -> Choice:
    """Return what ``source`` wants of its picture."""
    return Choice(
        DEFAULT_SIZE if source.size is None else source.size,
        source.color,
        source.frame,
        None if source.crop is None else Crop(*source.crop),
        tuple(Edit(*edit) for edit in source.edits or ()),
    )


def _fitted(levels: Levels, dims: int | None, row: int | None, field: str) -> Array:
    """Return a picture (C, H, W) as an operation of ``dims`` takes it: a row of it, or as one volume."""
    if dims == 1:
        rows = levels.shape[1]
        at = rows // 2 if row is None else row
        if at >= rows:
            raise out_of_range(f"{field}.row", at, 0, rows - 1)
        return levels[:, at]
    if row is not None:
        raise ApiError(
            422,
            "row",
            Text(
                "{name} is for operations on signals, which have one axis; leave it out here.",
                "{name} 只用于一维信号的运算；请在此处去掉。",
            ),
            f"{field}.row",
            {"name": f"{field}.row"},
        )
    return levels[None] if dims == 3 else levels


def _names_refused(operation: Operation) -> Text | None:
    """Return why kernels cannot be given by name, or None where they can."""
    declared: Mapping[str, str] = {each.name: each.kind for each in operation.inputs}
    if "weight" not in declared or (declared["weight"] == "kernel" and operation.dims == 2):
        return None
    return Text(
        "named kernels have two dimensions; {operation} takes nested lists of numbers",
        "有名称的卷积核是二维的；{operation} 接受嵌套的数字列表",
    ).put(operation=operation.name)
