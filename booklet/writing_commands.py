"""The commands for the people who write: a booklet to begin with, the schema editors read."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from booklet.files import write_whole
from booklet.problems import WrongUsage
from booklet.writing.schema import FOLDER, schemas
from booklet.writing.starter import new_booklet

Content = Annotated[Path, typer.Option(help="The content folder.")]


def new(
    name: Annotated[str, typer.Argument(help="Its folder: small letters, digits and hyphens.")],
    title: Annotated[
        str | None, typer.Option(help="The title on the cover. [default: made from the name]")
    ] = None,
    content: Content = Path("content"),
) -> None:
    """Start a booklet that builds at once: files with notes that say what to write."""
    files = new_booklet(content, name, title, date.today())
    write_whole(content, files)
    for file in files:
        if not file.startswith(f"{FOLDER}/"):
            typer.echo(f"wrote {content / file}")
    typer.echo(f"Next: `build {name}` makes its PDFs; `check {name}` says what is left to write.")


def schema(content: Content = Path("content")) -> None:
    """Write what editors complete and check content files by, anew after each change of program."""
    if not content.is_dir():
        raise WrongUsage(f"there is no folder {content}; name the content folder with --content")
    files = schemas()
    write_whole(content, files)
    for name in files:
        typer.echo(f"wrote {content / name}")
