"""The refusals that several places share, each said once."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import ParameterError, ShapeError, UnknownName
from engine.texts import Text

_CUT = 40
UNKNOWN = Text(
    "There is no {kind} called '{name}'; there are {names}.", "没有名为 {name} 的{kind}；现有：{names}。"
)
_UNKNOWN_OF_MANY = Text(
    "There is no {kind} called '{name}'; there are {names} and {more} more.",
    "没有名为 {name} 的{kind}；现有：{names} 等，另有 {more} 个。",
)
_ANY_AXIS = Text(
    "{name} is {asked}; an input of the shape {shape} has the axes {min} to {max}.",
    "{name} 是 {asked}；形状为 {shape} 的输入的轴是 {min} 到 {max}。",
)
_NO_AXES = Text(
    "{name} is {asked}; an input without axes has none to choose.",
    "{name} 是 {asked}；没有轴的输入无轴可选。",
)

_OUTPUT = Text("output", "输出")
_HAVE = Text("have", "权重的")


def unknown(
    code: str, kind: Text, name: str, names: Sequence[str], field: str, shown: int | None = None
) -> UnknownName:
    """Return the error that no such thing is called ``name``, and what there is; ``shown`` of it."""
    listed, more = list(names[:shown]), len(names[shown:]) if shown else 0
    return UnknownName(
        code,
        (_UNKNOWN_OF_MANY if more else UNKNOWN).put(kind=kind),
        field=field,
        values={"name": name[:_CUT], "names": listed} | ({"more": more} if more else {}),
    )


def missing_input(operation: str, name: str, unless: Text | None = None) -> ParameterError:
    """Return the error that an operation needs an input, but for what ``unless`` says."""
    return ParameterError(
        "missing_input",
        Text("{operation} needs {name}{unless}.", "{operation} 缺少必需的输入 {name}{unless}。").put(
            operation=operation, unless=unless or ""
        ),
        field=name,
        values={"name": name},
    )


def unknown_input(
    operation: str, names: Sequence[str], field: str = "inputs", leave: Text | None = None
) -> ParameterError:
    """Return the error that an operation takes other inputs than were given."""
    return ParameterError(
        "unknown_input",
        Text(
            "{operation} takes {names} and nothing else{leave}.",
            "{operation} 接受的输入：{names}，别无其他{leave}。",
        ).put(operation=operation, leave=leave or ""),
        field=field,
        values={"names": list(names)},
    )


def one_picture(shape: Sequence[int]) -> ShapeError:
    """Return the error that a batch of the shape ``shape`` stands where one picture is needed."""
    return ShapeError(
        "batch",
        Text(
            "input must be one picture, without a batch; it is a batch of {count}.",
            "一次只能处理一张图；这里是 {count} 张的批量。",
        ),
        field="input",
        values={"shape": list(shape), "count": shape[0]},
    )


def no_map(asked: int, count: int, field: str) -> ShapeError:
    """Return the error that there is no map numbered ``asked`` of ``count``."""
    return ShapeError(
        "channels",
        Text(
            "{name} names map {asked}; there are maps {min} to {max}.",
            "没有特征图 {asked}（{name}）：编号可取 {min} 到 {max}。",
        ).put(name=field),
        field=field,
        values={"asked": asked, "min": 0, "max": count - 1},
    )


def no_cell(asked: Sequence[int], names: Sequence[str], shape: Sequence[int], what: Text) -> ShapeError:
    """Return the error that a cell has not one number for each axis of ``shape``, which ``what`` explains."""
    return ShapeError(
        "cell_rank",
        Text(
            "cell must be [{names}], for {what}; it is {cell}.",
            "{what}，其中的一格须写作 [{names}]；这里是 {cell}。",
        ).put(what=what),
        field="cell",
        values={
            "asked": len(asked),
            "expected": len(shape),
            "names": list(names),
            "shape": list(shape),
            "cell": list(asked),
        },
    )


def no_axis(
    code: str, name: str, asked: int, shape: Sequence[int], least: int, field: str | None = None
) -> ShapeError:
    """Return the error that an input of the shape ``shape`` has no axis numbered ``asked``."""
    return ShapeError(
        code,
        _ANY_AXIS if shape else _NO_AXES,
        field=field or name,
        values={"name": name, "asked": asked, "shape": list(shape), "min": least, "max": len(shape) - 1},
        advice=Text("An input with more axes has more to choose from.", "轴更多的输入才有更多可选。"),
    )


def other_gradient(shape: Sequence[int], expected: Sequence[int], what: Text = _OUTPUT) -> ShapeError:
    """Return the error that a gradient has not the shape of ``what`` it is the gradient by."""
    return ShapeError(
        "gradient_shape",
        Text(
            "gradient must have the {what}'s shape, {expected}; it has {shape}.",
            "梯度的形状必须与{what}相同：{expected}；这里是 {shape}。",
        ).put(what=what),
        field="gradient",
        values={"shape": list(shape), "expected": list(expected)},
    )


def other_weights(shape: Sequence[int], expected: str, be: Text = _HAVE) -> ShapeError:
    """Return the error that weights have, or ``be``, none of the shapes ``expected``, as "(O, I)"."""
    return ShapeError(
        "weight_rank",
        Text(
            "weight must {be} the shape {expected}, none of them 0; it has {shape}.",
            "{be}形状须为 {expected}，且都不为 0；这里是 {shape}。",
        ).put(be=be),
        field="weight",
        values={"shape": list(shape), "expected": expected},
    )


def contradiction(name: str, given: object, said: object, what: Text) -> ParameterError:
    """Return the error that the parameter ``name`` is ``given`` where ``what`` says ``said``."""
    return ParameterError(
        "contradiction",
        Text(
            "{name} is {given}, but {what} {said}; leave it out.",
            "{name}为 {given}，但{what} {said}；请留空。",
        ).put(what=what),
        field=name,
        values={"name": name, "given": str(given), "said": str(said)},
        advice=Text(
            "It follows from the weights: add or remove kernels to change it.",
            "它由权重决定：增加或去掉核即可改变。",
        ),
    )


def empty_axis(axis: str, size: int) -> ShapeError:
    """Return the error that the input has no cell along an axis."""
    return ShapeError(
        "empty_axis",
        Text(
            "The input's {axis} is {size}; it must be at least {min} cell.",
            "输入的{axis}为 {size}；至少需要 {min} 格。",
        ),
        field="input",
        values={"axis": axis, "size": size, "min": 1},
    )
