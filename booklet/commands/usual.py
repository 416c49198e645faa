"""The usual options of a clinic, which stand in `usual.yaml`: what is typed comes before them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from booklet.content.names import USUAL_FILE

_OPTIONS = ("clinic", "size", "audience", "sheets", "output", "built")
"""The options that may be usual, by the names of their parameters; commands take some of them."""


def with_usual(context: typer.Context, content: Path) -> Path:
    """The content folder; what `usual.yaml` in it says becomes what a command goes by.

    `FaultsFound` where the file is wrong, whichever options are typed.
    """
    taken = [param for param in context.command.params if param.name in _OPTIONS]
    if taken and (content / USUAL_FILE).is_file():
        from booklet.content.usual import folder_of, usual_of

        usual = usual_of(content)
        folder = folder_of(usual, content)
        values = dict(usual) | {"output": folder, "built": folder}
        context.default_map = {
            str(param.name): value
            for param in taken
            if (value := _as_typed(values[str(param.name)], param)) is not None
        }
    return content


def _as_typed(value: Any, param: Any) -> Any:
    """A value as this option takes it; `None` where the file says nothing of it."""
    if not value:
        return None
    if isinstance(value, tuple):
        return [*value] if param.multiple else value[0]
    return value


def told_usual(context: typer.Context) -> str:
    """Which options of this run come from `usual.yaml`; empty where none does."""
    found = [param for param in context.command.params if is_usual(context, str(param.name))]
    said = ", ".join(
        f"{param.opts[0]} {_in_words(context.params[str(param.name)])}" for param in found
    )
    return f"From {Path(context.params['content']) / USUAL_FILE}: {said}" if said else ""


def told_options(context: typer.Context) -> Iterator[str]:
    """Every option that may be usual, and the content folder, each with where its value is from."""
    file = Path(context.params["content"]) / USUAL_FILE
    for param in context.command.params:
        name = str(param.name)
        if name in (*_OPTIONS, "content"):
            whence = f"from {file}" if is_usual(context, name) else "by default"
            whence = "as typed" if is_typed(context, name) else whence
            yield f"{param.opts[0]} {_in_words(context.params[name])}: {whence}"


def is_usual(context: typer.Context, name: str) -> bool:
    """Whether the value of an option comes from `usual.yaml`."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "DEFAULT_MAP"


def is_typed(context: typer.Context, name: str) -> bool:
    """Whether somebody typed this option."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _in_words(value: object) -> str:
    """A value as it is told.

    >>> _in_words(["patient", "family"]), _in_words(True), _in_words([])
    ('patient family', 'yes', 'not said')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    return words or "not said"
