"""What several commands ask in the same way."""

from pathlib import Path
from typing import Annotated, Any

import typer

from booklet.editions import SIZES

CONTENT = Path("content")
"""Where content is looked for when nothing else is said: below the folder one stands in."""
OUTPUT = Path("output")
"""Where files go, and are looked for, when nothing else is said."""

SIZE_NAMES = tuple(size.name for size in SIZES)

Content = Annotated[Path, typer.Option("--content", help="The content folder.")]


def one_of(names: tuple[str, ...], words: str) -> Any:
    """An option that takes one of these names; `words` is its help."""

    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"there is no `{value}`; write one of: {', '.join(names)}")
        return value

    return typer.Option(parser=known, metavar="|".join(names), help=words)
