"""The same with this project's engine, in Python."""

from __future__ import annotations

from server.code.subject import Subject
from server.code.wanted import cut, map_of, output_of, picked, shown
from server.wire.wishes import CurveWish, MapsWish, ShapeWish, TraceWish

_CELL = "np.float32"


def run(subject: Subject, wish: MapsWish) -> str:
    """Return the lines that compute an output."""
    name = output_of(subject, wish)
    first = name == subject.call.operation.outputs[0].name
    value = "call.run()" if first else f'call.outputs()["{name}"]'
    shows = shown(subject, wish, name, name)
    return _together(bound(subject), f"{name} = {value}", picked(subject, wish, name), shows)


def trace(subject: Subject, wish: TraceWish) -> str:
    """Return the lines that tell how a cell came to be."""
    return _together(
        bound(subject),
        f"trace = call.trace({tuple(wish.cell)})",
        'print("sum", trace.sum)',
        'print("value", trace.value)',
    )


def parts(subject: Subject, wish: MapsWish) -> str:
    """Return the lines that compute what each input channel gives to a map."""
    return _together(
        bound(subject, activation=False),
        f"parts = call.parts({wish.parts})",
        "part = np.concatenate([maps for _, maps in parts.maps()])",
        cut(wish, "part"),
        'print(part.shape, "bias", parts.bias)',
        'np.save("parts.npy", part)',
    )


def curve_of(subject: Subject, wish: CurveWish) -> str:
    """Return the lines that compute an activation's curve, and count the numbers before and after it."""
    return _together(
        bound(subject),
        f"found = curve(call, {wish.channel})",
        "x, y, slope = found.x, found.y, found.slope",
        'for name, held in (("before", found.before), ("after", found.after)):',
        "    print(name, held.least, held.greatest, held.mean, held.zeros, held.counts)",
        "print(np.column_stack([x, y, slope]))",
    )


def side(subject: Subject, channel: int) -> str:
    """Return the lines of a function that gives one map of a call."""
    return _together(bound(subject), f"return call.run(){map_of(subject, channel)}")


def shape(wish: ShapeWish) -> str:
    """Return the lines that tell sizes, without a number of the input."""
    params = {name: value for name, value in wish.params.items() if value is not None}
    shapes = {"input": wish.input_shape, **wish.input_shapes}
    known = {name: tuple(sizes) for name, sizes in shapes.items()}
    return _together(
        f"shapes = {known}",
        f"_, _, layout = engine.{wish.operation}.plan(shapes, {params})",
        'print("output", layout.output)',
        'print("parameters", layout.parameters)',
        'print("macs", layout.macs)',
    )


def _together(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def bound(subject: Subject, *, activation: bool = True) -> str:
    """Return the lines that make the inputs and bind the call, with its activation or without."""
    made: list[str] = []
    for name, variable in subject.names().items():
        head = f"{variable} = "
        made.append(head + subject.given(name, len(head), _CELL))
        made += [row] if (row := subject.row(name)) else []
    made.append(f"call = engine.{subject.plain.operation.name}.call({_arguments(subject)})")
    if subject.activation is not None and activation:
        made.append(f'call = activated(call, "{subject.activation.operation.name}")')
    return "\n".join(made)


def _arguments(subject: Subject) -> str:
    first, *others = subject.names().items()
    following = {p.name for p in subject.plain.operation.parameters if p.follows}
    given = subject.params.items()
    return ", ".join(
        [
            first[1],
            *(f"{name}={variable}" for name, variable in others),
            *(f"{name}={value!r}" for name, value in given if name not in following and value is not None),
        ]
    )
