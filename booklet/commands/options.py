"""What several commands ask in the same way."""

from typing import Any

import typer


def one_of(names: tuple[str, ...], words: str) -> Any:
    """An option that takes one of these names; `words` is its help."""

    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"there is no `{value}`; write one of: {', '.join(names)}")
        return value

    return typer.Option(parser=known, metavar="|".join(names), help=words)
