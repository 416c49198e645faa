"""The commands by which people answer for words: `review`, `approve`, `history` and so on."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet.commands.options import (
    CONTENT,
    OUTPUT,
    Built,
    Content,
    Json,
    booklet_argument,
    day_option,
    print_json,
)
from booklet.commands.say import say
from booklet.messages import counted
from booklet.problems import ExitCode

if TYPE_CHECKING:
    from booklet.approval import Recorded


BookletName = Annotated[str, booklet_argument("BOOKLET", "A folder of content.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="The person's full name.")]
Role = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="What makes them the one to say so.")
]
On = Annotated[date | None, day_option("--on", "The day it was done. [default: today]")]


def review(
    booklet: BookletName, by: By, on: On = None, as_json: Json = False, content: Content = CONTENT
) -> None:
    """Note that a booklet's words, as they are now, were sent to review.

    Example: `booklet review aml-relapse --by "A. Name"`
    """
    from booklet.approval import SignOff, send_to_review

    sign_off = SignOff(by, on or date.today(), date.today())
    _show("Sent to review", send_to_review(content, booklet, sign_off), as_json)


def approve(
    booklet: BookletName,
    by: By,
    role: Role,
    on: On = None,
    review_due: Annotated[
        date | None,
        day_option("--review-due", "The day it ends, 3 years on at most. [default: 3 years on]"),
    ] = None,
    summary: Annotated[
        str, typer.Option("--summary", metavar="WORDS", help="What is new, in a sentence.")
    ] = "",
    key: Annotated[
        Path | None,
        typer.Option("--sign", metavar="KEY", help="Sign it with your SSH key (docs/approval.md)."),
    ] = None,
    as_json: Json = False,
    content: Content = CONTENT,
) -> None:
    """Approve exactly the words a booklet has now, and keep a copy of them.

    Change a word afterwards and the booklet is a draft again until it is approved anew.

    Example: `booklet approve aml-relapse --by "A. Name" --role "Consultant"`
    """
    from booklet.approval import SignOff, approve

    sign_off = SignOff(by, on or date.today(), date.today(), role, key and key.expanduser())
    _show("Approved", approve(content, booklet, sign_off, review_due, summary), as_json)


def withdraw(
    booklet: BookletName,
    by: By,
    role: Role,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason.")],
    version: Annotated[
        str, typer.Option("--version", metavar="X.Y", help="The version. [default: the words now]")
    ] = "",
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="The code printed on the copies.")
    ] = "",
    on: On = None,
    built: Built = OUTPUT,
    as_json: Json = False,
    content: Content = CONTENT,
) -> None:
    """Withdraw a version that was given out, whatever the words are now.

    Without a version or a code, it is that of the words as they are. Where it is the last that was
    approved, the booklet does not build until it goes to review or is approved anew.

    Example: `booklet withdraw aml-relapse --version 0.1 --by "A. Name"
    --role "Consultant" --why "A number in it is wrong"`
    """
    from booklet.approval import SignOff, withdraw
    from booklet.files import write_whole
    from booklet.provenance.manifest import withdrawn_manifests
    from booklet.provenance.withdrawn import files_of
    from booklet.review.booklet import record_alone
    from booklet.review.status import withdrawals

    sign_off = SignOff(by, on or date.today(), date.today(), role)
    done = withdraw(content, booklet, sign_off, why, version, code)
    gone = withdrawals(record_alone(content, booklet, date.today())[0].record)
    manifests = withdrawn_manifests(built, booklet, gone)
    files = files_of(built, booklet, gone)
    # Told before the manifests are written: the withdrawal stands, whether they can be or not.
    _show("Withdrawn", done, as_json, tuple(built / name for name in manifests), files)
    if manifests:
        write_whole(built, manifests)
    if not as_json:
        for name in manifests:
            say(f"  wrote {built / name}")
        for file in files:
            say(f"  delete {file}")
        say("Take the copies that are out back; `identify` tells which files were made of it.")


def history(
    booklet: BookletName,
    words: Annotated[bool, typer.Option("--words", help="Show the sentences.")] = False,
    as_json: Json = False,
    content: Content = CONTENT,
) -> None:
    """Tell who sent, approved or withdrew a booklet's words and when, and what changed."""
    from booklet.review.history import as_values, history, lines

    found = history(content, booklet, date.today())
    _tell(as_values(found) if as_json else lines(found, words))
    if found.problems and not as_json:
        say("\n".join(map(str, found.problems)), err=True)
    if found.problems:
        raise typer.Exit(ExitCode.FAULTS)


def booklets(
    as_json: Json = False,
    built: Built = OUTPUT,
    content: Content = CONTENT,
) -> None:
    """List the booklets: version, who answers for them, when review is due, what is built."""
    from booklet.provenance.overview import overview

    rows = overview(content, built, date.today())
    if as_json:
        print_json({"booklets": [row.as_values() for row in rows]})
    else:
        say("\n".join(line for row in rows for line in row.lines()))


def identify(
    asked: Annotated[
        str, typer.Argument(metavar="CODE|FILE", help="A printed code, or a PDF or web page.")
    ],
    as_json: Json = False,
    built: Built = OUTPUT,
    content: Content = CONTENT,
) -> None:
    """Trace a paper copy or a file to its words: who approved them, and what they are now.

    Of a letter with booklets, it names each of them.

    Examples: `booklet identify 7K2M-9QXA`;
    `booklet identify output/aml-relapse_patient_en_standard_v0-1.pdf`
    """
    from booklet.pdf.guarded import STRANGERS, in_child
    from booklet.provenance.code_lookup import code_index
    from booklet.provenance.identify import NotKnown, as_values, identify_each, lines
    from booklet.provenance.manifest import is_built_here

    index, file = code_index(content, built, date.today()), Path(asked)
    if file.is_file() and not is_built_here(file):
        found = in_child(identify_each, index, asked, limits=STRANGERS)
    else:
        found = identify_each(index, asked)
    known = [each for each in found if not isinstance(each, NotKnown)]
    missed = [str(each) for each in found if isinstance(each, NotKnown)]
    if not known:
        raise NotKnown("; ".join(missed))
    if len(found) == 1:
        _tell(as_values(known[0]) if as_json else lines(known[0]))
    elif as_json:
        print_json({"booklets": [as_values(each) for each in known], "not_known": missed})
    else:
        _tell(line for each in known for line in lines(each))
    if missed:
        raise NotKnown("; ".join(missed))


def _tell(found: Iterable[str] | dict[str, object]) -> None:
    """What was found: values for programs, lines for people."""
    if isinstance(found, dict):
        print_json(found)
    else:
        say("\n".join(found))


def _show(
    what: str,
    done: "Recorded",
    as_json: bool,
    manifests: tuple[Path, ...] = (),
    files: tuple[Path, ...] | None = None,
) -> None:
    """What was recorded, the files that say so, and which of withdrawn words are to be deleted."""
    from booklet.content.language import ENGLISH

    status = done.status
    if as_json:
        print_json(
            {
                "what": what.lower(),
                "booklet": status.name,
                "version": done.version,
                "code": done.code,
                "fingerprint": done.fingerprint,
                "review_due": done.review_due and done.review_due.isoformat(),
                "written": [file.as_posix() for file in (*done.written, *manifests)],
            }
            | ({} if files is None else {"to_delete": [file.as_posix() for file in files]})
        )
        return
    say(f"{what}: {status.name}, version {done.version}, code {done.code}")
    if done.fingerprint == status.fingerprint:
        extent = ", ".join(
            f"{counted(number, 'word')} for {each}" for each, number in done.words.items()
        )
        say(f"  {counted(done.sections, 'section')}; {extent}")
    if done.review_due:
        say(f"  The next review is due on {ENGLISH.day(done.review_due)}.")
    for file in done.written:
        say(f"  wrote {file}")
