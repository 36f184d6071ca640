"""Which axis holds the channels, where an operation takes any number of axes."""

from __future__ import annotations

from engine.arrays import Shape
from engine.declaration.kinds import Integer
from engine.declaration.parameters import Parameter, Params
from engine.refusals import no_axis
from engine.texts import Text
from engine.windows.axis import AXIS_NAMES
from engine.windows.window import WindowAxis, window_axis

CHANNEL_AXIS = Integer(
    "channel_axis",
    None,
    Text("Channel axis", "通道轴"),
    Text(
        "Which axis holds the channels; left out, the first of (C) and (C, H, W), "
        "the second of (N, C), (N, C, H, W) and (N, C, D, H, W).",
        "哪个轴是通道；省略时，(C) 与 (C, H, W) 为第一个，(N, C)、(N, C, H, W) 与 (N, C, D, H, W) 为第二个。",
    ),
    keyword_only=True,
    least=0,
    limit="axes",
)


def channel_axis(shape: Shape, params: Params, parameter: Parameter[int] = CHANNEL_AXIS) -> int:
    """Return which axis holds the channels: as asked by ``parameter``, or the usual one.

    Raises:
        ShapeError: if the input has no such axis.
    """
    asked = params.given(parameter)
    axis = (0 if len(shape) in (1, 3) else 1) if asked is None else asked
    if axis >= len(shape):
        raise no_axis("channel_axis", parameter.name, axis, shape, 0, None if asked is not None else "input")
    return axis


def identity_axes(shape: Shape) -> tuple[WindowAxis, ...]:
    """Return the axes along which each output cell reads the input cell it stands on.

    A picture (C, H, W) or a batch of them has two; other inputs have none, and so do empty ones.
    """
    if len(shape) not in (3, 4) or 0 in shape[-2:]:
        return ()
    return tuple(window_axis(name, size) for name, size in zip(AXIS_NAMES[2], shape[-2:], strict=True))
