"""A network in the words of NumPy or of PyTorch: a function for each way to compute, a line per layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.declaration.call import Call
from engine.declaration.recipe import Recipe, lines
from engine.network.layer import Node
from engine.texts import Text
from server.code.literals import text_literal
from server.code.script import function
from server.errors import ApiError

NUMPY, TORCH = 0, 1


class _Way(NamedTuple):
    """A function's operation, arguments and body."""

    operation: str
    arguments: str
    body: str


@dataclass(frozen=True)
class Layers:
    """The layers ``nodes`` as functions: ``calls`` are those of a run, whose recipes say what they do."""

    nodes: Sequence[Node]
    calls: Mapping[str, Call]
    language: int

    def weights(self, name: str) -> str:
        """Return the lines that fetch the weights of the network called ``name``, as ``w``."""
        wide = "array.astype(np.float64)"
        turned = f"torch.from_numpy({wide})" if self.language == TORCH else wide
        return (
            "w = {}  # by layer and input name\n"
            f'for name, array in fetch("/api/networks/{name}/network.npz").items():\n'
            '    layer, at = name.rsplit("/", 1)\n'
            f"    w.setdefault(layer, {{}})[at] = {turned}"
        )

    def text(self) -> str:
        """Return the functions, and ``run``, which gives every layer's activation by its name."""
        named = self._names()
        bodies = [
            function(name, f"{_told(nodes)}{way.body}\nreturn output", way.arguments)
            for way, (name, nodes) in named.items()
        ]
        body = lines(
            '"""Return what every layer makes of x, by its name."""',
            'a = {"input": x}',
            *(self._line(node, named[self._way(node)][0]) for node in self.nodes),
            "return a",
        )
        return "\n\n".join([*bodies, function("run", body, "x")])

    def inputs(self, node: Node) -> list[str]:
        """Return the lines that give a layer's inputs the names that its recipe has for them."""
        name = node.layer.name
        fed = [f"{'x' if at == 'input' else at} = {_of(node, at)}" for at in node.sources]
        return [*fed, *(f"{at} = w[{text_literal(name)}][{text_literal(at)}]" for at in node.weights)]

    def recipe(self, node: Node) -> Recipe:
        """Return how a layer is computed without the engine.

        Raises:
            ApiError: 422 ``no_code``: nobody has said.
        """
        found = node.operation.recipe(self.calls[node.layer.name])
        if found is None or any(source.output is not None for source in node.sources.values()):
            raise ApiError(
                422,
                "no_code",
                Text(
                    "There is no code for the layer {layer} ({name}) without the engine yet.",
                    "层 {layer}（{name}）还没有不用引擎的代码。",
                ),
                "layer",
                {"layer": node.layer.name, "name": node.operation.name},
            )
        return found

    def _way(self, node: Node) -> _Way:
        """Return how a layer is computed; layers that share that share the function."""
        recipe = self.recipe(node)
        first, *others = (*node.sources, *node.weights)
        arguments = ["x" if name == "input" else name for name in (first, *others)]
        body = (recipe.numpy, recipe.torch)[self.language]
        return _Way(node.operation.name, ", ".join(arguments), body)

    def _names(self) -> dict[_Way, tuple[str, list[Node]]]:
        """Return each function's name, after its operation numbered if there are several, and its layers."""
        sharing: dict[_Way, list[Node]] = {}
        for node in self.nodes:
            sharing.setdefault(self._way(node), []).append(node)
        counts = Counter(way.operation for way in sharing)
        numbers: Counter[str] = Counter()
        found: dict[_Way, tuple[str, list[Node]]] = {}
        for way, nodes in sharing.items():
            numbers[way.operation] += 1
            several = counts[way.operation] > 1
            name = f"{way.operation}_{numbers[way.operation]}" if several else way.operation
            found[way] = name, nodes
        return found

    def _line(self, node: Node, name: str) -> str:
        first, *others = node.sources
        arguments = [_of(node, first), *(f"{at}={_of(node, at)}" for at in others)]
        if node.weights:
            arguments.append(f"**w[{text_literal(node.layer.name)}]")
        return f"a[{text_literal(node.layer.name)}] = {name}({', '.join(arguments)})"


def _of(node: Node, at: str) -> str:
    return f"a[{text_literal(node.sources[at].layer)}]"


def _told(nodes: Sequence[Node]) -> str:
    """Return a function's text: the parameters that its layers share, but those that weights say."""
    first = nodes[0]
    follow = {parameter.name for parameter in first.operation.parameters if parameter.follows}
    shared = {
        name: value
        for name, value in first.layer.params.items()
        if name not in follow and all(node.layer.params.get(name) == value for node in nodes)
    }
    told = ", ".join(f"{name} {value}" for name, value in shared.items())
    return f'"""{first.operation.name} with {told}."""\n' if told else ""
