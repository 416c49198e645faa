"""The command that sends booklets with a letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet.attach.order import ACTIVE_CHOICES, WAYS
from booklet.commands.options import (
    CONTENT,
    INK_NAMES,
    OUTPUT,
    SIZE_NAMES,
    Built,
    Content,
    Json,
    Quiet,
    booklet_argument,
    clinic_option,
    one_of,
    print_json,
    size_option,
)
from booklet.commands.say import say
from booklet.editions import AUDIENCES, COLOUR, ink_named, size_named

if TYPE_CHECKING:
    from booklet.attach.order import Attached, AttachOrder, GivenPdf

_READERS = one_of(AUDIENCES, "The reader; may be given twice. [default: patient]")
_SIZES = size_option("The size of print. [default: standard]")


def _road(name: str) -> str:
    """The name of a road that is known."""
    from booklet.attach.roads import roads

    known = [road.name for road in roads()]
    if name not in known:
        raise typer.BadParameter(f"there is no road `{name}`; write one of: {', '.join(known)}")
    return name


def _size(written: str) -> int:
    """A size as somebody writes it, in bytes."""
    from booklet.attach.limit import size_in_bytes

    try:
        return size_in_bytes(written)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def attach(
    letter: Annotated[Path, typer.Argument(metavar="LETTER.pdf", help="The letter.")],
    booklets: Annotated[
        list[str], booklet_argument("BOOKLET|FILE.pdf", "Names of booklets, or any PDFs.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT.pdf", help="The file to write.")],
    way: Annotated[
        str,
        one_of(WAYS, "One PDF; booklets as files in the letter; files side by side.", "--as"),
    ] = "append",
    audience: Annotated[list[str] | None, _READERS] = None,
    size: Annotated[str | None, _SIZES] = None,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language of the booklets, such as `cy`.")
    ] = "",
    clinic: Annotated[
        str | None, clinic_option("A profile below content/clinics that gives them out.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Drafts too, with a mark on every page.")
    ] = False,
    tag_letter: Annotated[
        bool,
        typer.Option("--tag-letter", help="Mark the text of an untagged letter as paragraphs."),
    ] = False,
    letter_title: Annotated[
        str, typer.Option(metavar="WORDS", help="What the letter is called in the whole.")
    ] = "",
    letter_language: Annotated[
        str, typer.Option(metavar="TAG", help="The language of a letter that says none.")
    ] = "",
    active: Annotated[
        str,
        one_of(ACTIVE_CHOICES, "What to do with scripts, programs and links to anywhere."),
    ] = "remove",
    allow_link: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Where links may lead too; may be given often."),
    ] = None,
    ink: Annotated[
        str, one_of(INK_NAMES, "The ink; black alone for a road that makes a fax of it.")
    ] = COLOUR.name,
    road: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="ROAD",
            parser=_road,
            help="The road it goes by, such as vision or e-rs, with its limits: see docs/roads.md.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(metavar="SIZE", parser=_size, help="The most for one file, such as 700kB."),
    ] = None,
    slip: Annotated[
        bool, typer.Option("--slip", help="Write beside it what was given, in words to paste.")
    ] = False,
    slip_page: Annotated[
        bool, typer.Option("--slip-page", help="Write the same as a tagged page.")
    ] = False,
    fhir: Annotated[
        bool, typer.Option("--fhir", help="Write beside it a FHIR DocumentReference as JSON.")
    ] = False,
    built: Built = OUTPUT,
    content: Content = CONTENT,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Send booklets with a letter: joined to it, enclosed in it, or beside it.

    The letter itself is only read. Of booklets that nobody approved, only drafts that say so are
    taken, with `--draft`.

    Example: `booklet attach letter.pdf aml-relapse --draft -o to-send.pdf`
    """
    from booklet.attach.attaching import attach
    from booklet.attach.order import AttachOrder, GivenPdf
    from booklet.attach.roads import limit_of, road_named

    taken = road_named(road) if road else None
    _must_be_new(out, letter, booklets)
    if tag_letter and way == "beside":
        message = "it changes the letter, and `--as beside` changes nothing; leave one away"
        raise typer.BadParameter(message, param_hint="--tag-letter")
    order = AttachOrder(
        letter=GivenPdf(letter, _read(letter)),
        booklets=_chosen(booklets, audience, size, language, clinic, draft, ink, built, content),
        on=date.today(),
        way=next(each for each in WAYS if each == way),
        active=next(each for each in ACTIVE_CHOICES if each == active),
        hosts=tuple(allow_link or ()),
        tag_letter=tag_letter,
        letter_title=letter_title,
        letter_language=letter_language,
        limit=limit_of(taken, limit),
    )
    made = attach(order)
    if taken:
        made = replace(made, notes=(*made.notes, *taken.advice))
    written = _write(made, order, out, slip=slip, slip_page=slip_page, fhir=fhir)
    if as_json:
        print_json(_values(made, written))
    elif not quiet:
        say("\n".join(_lines(made, written)))


def _read(letter: Path) -> bytes:
    from booklet.problems import WrongUsage

    try:
        return letter.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{letter} cannot be read: {error.strerror}") from error


def _must_be_new(out: Path, letter: Path, booklets: list[str]) -> None:
    """The letter is never written over, nor a booklet."""
    from booklet.problems import WrongUsage

    if out.suffix.lower() != ".pdf":
        raise WrongUsage(f"{out} is no name of a PDF; write one that ends in .pdf")
    if out.resolve() in {letter.resolve(), *(Path(each).resolve() for each in booklets)}:
        raise WrongUsage(f"{out} would be written over; choose another name with -o")


def _chosen(
    booklets: list[str],
    audiences: list[str] | None,
    size: str | None,
    language: str,
    clinic: str | None,
    draft: bool,
    ink: str,
    built: Path,
    content: Path,
) -> "tuple[GivenPdf, ...]":
    from booklet.signals import signals_held

    with signals_held():  # the longest import of all
        from booklet.attach.choosing import Choice, chosen

    choice = Choice(
        content=content,
        output=built,
        audiences=tuple(each for each in AUDIENCES if each in (audiences or AUDIENCES[:1])),
        sizes=(size_named(size or SIZE_NAMES[0]),),
        language=language,
        clinic=clinic,
        draft=draft,
        ink=ink_named(ink),
        today=date.today(),
    )
    return chosen(booklets, choice)


def _write(
    made: "Attached",
    order: "AttachOrder",
    out: Path,
    *,
    slip: bool,
    slip_page: bool,
    fhir: bool,
) -> dict[str, bytes]:
    """Write all of it, or nothing; what was written, by name."""
    from booklet.attach import given
    from booklet.files import json_file, write_whole

    files: dict[str, bytes] = {}
    for each in made.files:
        name = f"{out.stem}{each.ending}.pdf"
        files[name] = each.data
        if fhir and each.holds:
            document = given.document_reference(each, name, order.on)
            files[f"{out.stem}{each.ending}.json"] = json_file(document)
    if slip:
        files[f"{out.stem}_slip.txt"] = given.slip(made.given, order.on).encode()
    if slip_page:
        from booklet.print.plain_pages import page_of_words
        from booklet.typeface import font_files

        words = given.slip_paragraphs(made.given, order.on)
        files[f"{out.stem}_slip.pdf"] = page_of_words(given.HEADING, words, font_files())
    write_whole(out.parent, files)
    return {str(out.parent / name): data for name, data in files.items()}


def _lines(made: "Attached", written: dict[str, bytes]) -> Iterator[str]:
    """What was done, for people."""
    from booklet.messages import counted

    extents = {each.data: f", {counted(each.pages, 'page')}" for each in made.files}
    for name, data in written.items():
        yield f"{name}: {len(data) / 1000:,.1f} kB{extents.get(data, '')}"
    if made.claims:
        yield f"  It says that it meets {' and '.join(made.claims)}, as every part of it does."
    yield from (f"  taken out of {each}" for each in made.removed)
    yield from (f"  note: {each}" for each in made.notes)


def _values(made: "Attached", written: dict[str, bytes]) -> dict[str, object]:
    """What was done, for programs."""
    from dataclasses import asdict

    return {
        "files": [{"file": name, "bytes": len(data)} for name, data in written.items()],
        "claims": made.claims,
        "removed": made.removed,
        "notes": made.notes,
        "given": [asdict(each) for each in made.given],
    }
