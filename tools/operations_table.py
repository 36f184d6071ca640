"""Writing the table of docs/operations.md from the registry: python -m tools.operations_table.

Unlike the rest of tools/ this needs the engine, and so an environment with NumPy.
"""

from engine.declaration.operation import Operation
from engine.registry import all_operations

from .environment import ROOT

PAGE = ROOT / "docs/operations.md"
BEGIN = "<!-- operations: python -m tools.operations_table -->\n"
END = "<!-- end of operations -->"
HEAD = "| Family | Operation | Name | Inputs | Outputs |\n|---|---|---|---|---|\n"


def table() -> str:
    """Return the table in Markdown: a line for each operation, of whatever number of dimensions."""
    kinds: dict[type[Operation], list[Operation]] = {}
    for operation in all_operations():
        kinds.setdefault(type(operation), []).append(operation)
    return HEAD + "".join(_line(same) for same in kinds.values())


def written(page: str) -> str:
    """Return the text of the page with the table between its markers as it should be."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + table() + END + after


def _line(same: list[Operation]) -> str:
    first = same[0]
    title = first.title.en if len(same) == 1 else first.title.en.removeprefix("2-D ")
    names = ", ".join(f"`{name}`" for name in sorted(each.name for each in same))
    inputs = ", ".join(f"`{i.name}`" if i.required else f"(`{i.name}`)" for i in first.inputs)
    outputs = ", ".join(f"`{o.name}`" for o in first.outputs)
    return f"| {first.family.title.en} | {title[0].upper()}{title[1:]} | {names} | {inputs} | {outputs} |\n"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
