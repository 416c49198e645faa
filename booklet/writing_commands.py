"""The commands for the people who write: the schema that their editors read."""

from pathlib import Path
from typing import Annotated

import typer

from booklet.files import write_whole
from booklet.problems import WrongUsage
from booklet.writing.schema import schemas

Content = Annotated[Path, typer.Option(help="The content folder.")]


def schema(content: Content = Path("content")) -> None:
    """Write what editors complete and check content files by, anew after each change of program."""
    if not content.is_dir():
        raise WrongUsage(f"there is no folder {content}; name the content folder with --content")
    files = schemas()
    write_whole(content, files)
    for name in files:
        typer.echo(f"wrote {content / name}")
