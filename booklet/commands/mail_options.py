"""What the commands of Mail ask, grouped as their help shows it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from booklet.commands import completion
from booklet.commands.options import INK_NAMES, clinic_option, one_of, size_option
from booklet.editions import AUDIENCES

WAY_NAMES = ("stream", "files", "letters")
CARRIER = "desk-c5"
"""Who carries letters when nothing else is said: a post room, with the envelope most have."""
_WHAT, _SENT, _TRY = "Who gets what", "How it is sent", "To try it, or to do it again"


def _in(panel: str, option: Any) -> Any:
    """An option in a group of the help."""
    option.rich_help_panel = panel
    return option


def _name(words: str, panel: str) -> Any:
    return _in(panel, typer.Option(metavar="NAME", help=words))


def _file(words: str, panel: str) -> Any:
    return _in(panel, typer.Option(metavar="FILE", help=words))


def _switch(name: str, words: str, panel: str) -> Any:
    return _in(panel, typer.Option(name, help=words))


People = Annotated[Path, typer.Argument(metavar="LIST", help="The people, as CSV or a workbook.")]

LetterName = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        autocompletion=completion.letters,
        help="A letter below content/letters. [required]",
        rich_help_panel=_WHAT,
    ),
]
WRITES = "The profile of the clinic that writes."
"""What the help of all commands of Mail says of `--clinic`."""
Sender = Annotated[str | None, _in(_WHAT, clinic_option(f"{WRITES} [required]"))]
Booklet = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        autocompletion=completion.booklets,
        help="The booklet for rows that name none.",
        rich_help_panel=_WHAT,
    ),
]
LetterAlone = Annotated[bool, _switch("--letter-alone", "No booklet goes with the letter.", _WHAT)]
Reader = Annotated[str, _in(_WHAT, one_of(AUDIENCES, "The reader for rows that name none."))]
Size = Annotated[
    str | None, _in(_WHAT, size_option("The size for rows that need none. [default: standard]"))
]
Language = Annotated[
    str, _in(_WHAT, typer.Option(metavar="TAG", help="The language for rows that name none."))
]
Columns = Annotated[
    Path | None, _file("What your columns are called. [default: that of the clinic]", _WHAT)
]
Sheet = Annotated[str | None, _name("The sheet of a workbook that has several.", _WHAT)]
Draft = Annotated[bool, _switch("--draft", "Drafts of booklets too, marked on every page.", _WHAT)]
International = Annotated[bool, _switch("--international", "Addresses abroad too.", _WHAT)]

CarrierName = Annotated[str, _name("Who carries it: see docs/carriers.md.", _SENT)]
Way = Annotated[
    str, _in(_SENT, one_of(WAY_NAMES, "A print stream, a file a person, or letters alone.", "--as"))
]
InkName = Annotated[
    str | None,
    _in(
        _SENT,
        one_of(
            INK_NAMES,
            "The ink of booklets. [default: black where printed with letters, else colour]",
        ),
    ),
]
SheetMarks = Annotated[
    bool, _switch("--sheet-marks", "Marks that say which envelope a sheet is for.", _SENT)
]
OneSided = Annotated[bool, _switch("--one-sided", "For a printer that prints one side.", _SENT)]
ForTheBlind = Annotated[
    bool, _switch("--articles-for-the-blind", "Booklets of 16 point and up go free.", _SENT)
]

DryRun = Annotated[bool, _switch("--dry-run", "Make and check all of it, and write nothing.", _TRY)]
Sample = Annotated[
    int | None,
    _in(_TRY, typer.Option(min=1, metavar="NUMBER", help="So many letters, to be looked at.")),
]
SkipBad = Annotated[
    Path | None, _file("Leave rows with faults out, and write them to this new file.", _TRY)
]
Resume = Annotated[bool, _switch("--resume", "Go on with a run that was stopped.", _TRY)]
Again = Annotated[bool, _switch("--again", "Write once more to people who got this letter.", _TRY)]
Anyway = Annotated[
    bool, typer.Option("--anyway", help="Write although the words are not withdrawn.")
]

Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="NUMBER", help="How many processes. [default: one a processor]"),
]
Output = Annotated[Path, typer.Option(help="The folder of finished files.")]
