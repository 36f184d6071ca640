"""The same with PyTorch, in float64."""

from __future__ import annotations

from engine.declaration.recipe import lines
from server.code.script import function
from server.code.subject import Subject
from server.code.wanted import cut, map_of, output_of, picked, shown
from server.code.with_numpy import (
    PLACES,
    Bins,
    activation,
    before,
    counted,
    further_of,
    inputs,
    told,
    variable_of,
)
from server.wire.wishes import CurveWish, MapsWish, TraceWish


def tensors(subject: Subject, indent: int = 0) -> str:
    """Return the lines that make the inputs as tensors of float64; what counts, as int64."""
    counting = {declared.name for declared in subject.plain.operation.inputs if declared.kind == "places"}
    turned = [
        f"{variable} = torch.from_numpy({variable}){'.long()' if name in counting else '.double()'}"
        for name, variable in subject.names().items()
    ]
    return lines(inputs(subject, indent), *turned)


def computed(subject: Subject, name: str = "output") -> str:
    """Return the lines that give an output, from the tensors on."""
    recipe = subject.recipe
    return lines(recipe.torch, *activation(subject, 1), further_of(subject, recipe, name, 1))


def run(subject: Subject, wish: MapsWish) -> str:
    """Return the lines that compute an output."""
    name = output_of(subject, wish)
    variable = variable_of(subject, name)
    return (
        f"{tensors(subject)}\n\n{computed(subject, name)}\n\n"
        f"{lines(picked(subject, wish, variable), shown(subject, wish, variable, f'{variable}.numpy()'))}"
    )


def trace(subject: Subject, wish: TraceWish) -> str:
    """Return the lines that give the value of a cell."""
    return (
        f"{tensors(subject)}\n\n{computed(subject)}\n\n"
        f"# PyTorch keeps no terms; what they add up to, the lines with NumPy say.\n"
        f'print("value", output[{tuple(wish.cell)}].item())'
    )


def shape(subject: Subject) -> str:
    """Return the lines that see what comes out of tensors without numbers."""
    counting = {declared.name for declared in subject.plain.operation.inputs if declared.kind == "places"}
    made = [
        f"{variable} = torch.empty({tuple(subject.plain.inputs[name].shape)}, "
        f'dtype={"torch.int64" if name in counting else "torch.float64"}, device="meta")'
        for name, variable in subject.names().items()
    ]
    return f"{lines(*made)}\n\n{computed(subject)}\n\n{counted(subject.plain.layout, 'tuple(output.shape)')}"


def parts(subject: Subject, wish: MapsWish) -> str:
    """Return the lines that compute what each input channel gives: the map of it alone, less the bias."""
    layout, names = subject.plain.layout, ", ".join(subject.names().values())
    channels, dims = subject.plain.inputs["input"].shape[0], subject.plain.operation.dims or 2
    chosen = subject.plain.parts(wish.parts or 0).channels
    body = f"{subject.recipe.torch}\nreturn output.reshape{layout.maps}[{wish.parts}]"
    others = "".join(f", {name}" for name in list(subject.names().values())[1:])
    return lines(
        f"{tensors(subject)}\n\n\n{function('summed', body, names)}\n",
        f"alone = torch.eye({channels}, dtype=x.dtype).reshape{(channels, channels, *[1] * dims)}",
        f"nothing = summed(x * 0{others})  # the bias",
        f"part = torch.stack([summed(x * alone[c]{others}) - nothing "
        f"for c in range({chosen.start}, {chosen.stop})])",
        cut(wish, "part"),
        "print(tuple(part.shape))",
        'np.save("parts.npy", part.numpy())',
    )


def curve(subject: Subject, wish: CurveWish, bins: Bins) -> str:
    """Return the lines that compute an activation's curve; its slope is found by going back."""
    function_, params = subject.function
    return (
        f"{tensors(subject)}\n\n{before(subject, wish.channel, 1)}\n\n\n"
        f"{function('f', f'return {function_.written(params).torch}', 'x')}\n"
        f"before, after = before.numpy(), f(before).numpy()\n{PLACES}\n"
        "x = torch.from_numpy(x).requires_grad_()\ny = f(x)\n"
        "(slope,) = torch.autograd.grad(y.sum(), x)\n\n"
        f"{told(bins)}\n"
        "print(torch.stack([x, y, slope], 1).detach().numpy())"
    )


def side(subject: Subject, channel: int) -> str:
    """Return the lines of a function that gives one map of a call."""
    return f"{tensors(subject)}\n{computed(subject)}\nreturn output{map_of(subject, channel)}"
