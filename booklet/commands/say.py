"""All that commands print: text of files may be in it, which a terminal must not obey."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from booklet.problems import shown

if TYPE_CHECKING:
    from rich.console import Console

Say = Callable[[str], None]
"""Prints a line as it is."""


def say(words: object, *, err: bool = False, nl: bool = True) -> None:
    """Print words, with what a terminal would obey escaped; `err` is for what went wrong."""
    typer.echo(shown(words), err=err, nl=nl)


def say_on(console: "Console") -> Say:
    """The same on a console of Rich, whose bar it moves: nothing is markup, numbers stay plain."""

    def line(words: str) -> None:
        console.print(shown(words), soft_wrap=True, markup=False, highlight=False)

    return line


def cell(text: object) -> str:
    r"""Text for a table or a bar of Rich, in which it would read markup.

    >>> cell("[red]a.pdf\x1b[31m")
    '\\[red]a.pdf\\u001b[31m'
    """
    from rich.markup import escape

    return escape(shown(text))


@contextmanager
def typed_words_escaped(more: Callable[[], str]) -> Iterator[None]:
    """What was typed is quoted where it is wrong, and may be the name of a file.

    `more` gives what else is to be said then.
    """
    try:
        yield
    except typer.TyperException as error:
        if hasattr(error, "message"):
            error.message = shown(error.message + more())
        raise
