"""What several commands ask in the same way."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from booklet.editions import INKS, SIZES

CONTENT = Path("content")
"""Where content is looked for when nothing else is said: below the folder one stands in."""
OUTPUT = Path("output")
"""Where files go, and are looked for, when nothing else is said."""

SIZE_NAMES = tuple(size.name for size in SIZES)
INK_NAMES = tuple(ink.name for ink in INKS)

# Read before the others: the names of booklets are looked up in it.
Content = Annotated[Path, typer.Option("--content", is_eager=True, help="The content folder.")]


def _as_booklets(context: typer.Context, typed: Any) -> Any:
    """What was typed, one or several; the folder of a booklet becomes the booklet's name."""
    if isinstance(typed, list | tuple):
        return [_as_booklets(context, each) for each in typed]
    if not typed:
        return typed
    path, content = Path(typed), Path(context.params["content"])
    is_booklets = path.is_dir() and path.resolve().parent == content.resolve()
    return type(typed)(path.name if is_booklets else path)


def booklet_argument(metavar: str | None, words: str) -> Any:
    """An argument that takes names of booklets, also as Tab completes them.

    `aml-relapse/`, `content/aml-relapse` and `content/aml-relapse/` are all `aml-relapse`.
    """
    return typer.Argument(metavar=metavar, callback=_as_booklets, help=words)


Json = Annotated[bool, typer.Option("--json", help="Print it as JSON, for programs.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say all there is to say.")]


def print_json(values: object) -> None:
    """Values for programs, as every command with `--json` prints them."""
    typer.echo(json.dumps(values, ensure_ascii=False, indent=2))


def one_of(names: tuple[str, ...], words: str, *flags: str) -> Any:
    """An option that takes one of these names; `words` is its help, `flags` what it is called."""

    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"there is no `{value}`; write one of: {', '.join(names)}")
        return value

    return typer.Option(*flags, parser=known, metavar="|".join(names), help=words)
