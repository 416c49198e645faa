"""What the commands that make booklets say of what they did: in lines, a table, or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from booklet.commands.options import open_files, print_json
from booklet.commands.say import Say, cell, say
from booklet.commands.usual import told_options, told_usual
from booklet.messages import counted
from booklet.unchanged import CarriedOut, Known

if TYPE_CHECKING:
    from rich.console import Console

    from booklet.build import BuiltFile


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is told of what is made."""

    quiet: bool  # Nothing but faults
    verbose: bool  # The options it goes by, too
    as_json: bool  # Values for programs and nothing else
    opened: bool  # Whether the PDFs are opened when they are made


def tell_kept(
    context: typer.Context, telling: Telling, done: CarriedOut, output: Path, seconds: float
) -> None:
    """Show files of which nothing has changed, without what making them would import."""
    usual = told_usual(context)
    if telling.as_json:
        files = [_as_values(each, output, made=False) for each in done.files]
        print_json({"files": files, "remarks": done.remarks, "usual": usual or None})
    elif not telling.quiet:
        options = told_options(context) if telling.verbose else filter(None, [usual])
        rows = (
            f"{output / each.name}  {_extent(each)}  {each.size / 1000:.0f} kB"
            for each in done.files
        )
        say("\n".join((*options, *done.remarks, *rows, *_advice(done.files), *done.notes)))
        number = counted(len(done.files), "file")
        say(f"{number} kept, since nothing has changed, in {seconds:.2f} s")
    if telling.opened:
        open_files([output / each.name for each in done.files if is_to_read(each)], output)


def tell_programs(
    made: "tuple[BuiltFile, ...]", remarks: list[str], usual: str, output: Path
) -> None:
    """What was made, as values for programs."""
    files = [_as_values(each, output, made=not each.kept) for each in made]
    print_json({"files": files, "remarks": remarks, "usual": usual or None})


def _as_values(file: "BuiltFile | Known", output: Path, *, made: bool) -> dict[str, Any]:
    return {
        "file": (output / file.name).as_posix(),
        "made": made,
        "pages": file.pages,
        "bytes": file.size,
        "is_sheets": file.is_sheets,
        "advice": file.advice,
    }


def is_to_read(made: "BuiltFile | Known") -> bool:
    """Whether it is a PDF that people open, and not print sheets."""
    return made.name.endswith(".pdf") and not made.is_sheets


def duration(seconds: float) -> str:
    """A time that somebody waited.

    >>> duration(41.6), duration(125)
    ('42 s', '2 min 5 s')
    """
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left} s" if minutes else f"{left} s"


def as_finished(made: "BuiltFile") -> str:
    """A file in the moment it is finished, in a line."""
    return f"{'kept' if made.kept else 'set'} {made.name}"


def show(made: "tuple[BuiltFile, ...]", output: Path, console: "Console", tell: Say) -> None:
    """What was made: a table on a terminal, a line a file elsewhere; then what to know of it."""
    rows = [(str(output / each.name), _extent(each), f"{each.size / 1000:.0f}") for each in made]
    if console.is_terminal:
        from rich.table import Table

        table = Table(title="Booklets", title_justify="left")
        table.add_column("File", overflow="fold")  # a name that is cut cannot be looked for
        table.add_column("Extent", no_wrap=True)
        table.add_column("kB", justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*map(cell, row))
        console.print(table)
    else:
        for file, extent, size in rows:
            tell(f"{file}  {extent}  {size} kB")
    for line in (*_advice(made), *notes_of(made, output)):
        tell(line)


def _advice(files: "Sequence[BuiltFile | Known]") -> Iterator[str]:
    """What to know before printing them, line by line."""
    for advice in dict.fromkeys(each.advice for each in files if each.advice):
        yield f"To print {', '.join(each.name for each in files if each.advice == advice)}:"
        yield from (f"  {words}" for words in advice)


def notes_of(made: "tuple[BuiltFile, ...]", output: Path) -> Iterator[str]:
    """What is to be said of other files that lie beside those that were made."""
    from booklet.origins import Origins
    from booklet.provenance.manifest import earlier_files

    for old in Origins.of(output).older_sheets({each.name for each in made}):
        yield f"Older than its booklet: {old}; build with --sheets to renew it"
    others = earlier_files(made, output)
    told = ", ".join(f"{version} ({counted(many, 'file')})" for version, many in others.items())
    if told:
        yield f"In {output} lie other versions too: {told}; delete them when nobody needs them"


def _extent(made: "BuiltFile | Known") -> str:
    """How much of it there is: pages to read, sides to print, or what it is instead."""
    if made.pages is None:
        return "web page" if made.name.endswith(".html") else "manifest"
    return f"{made.pages} {'sides' if made.is_sheets else 'pages'}"
