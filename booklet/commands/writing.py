"""The commands for the people who write: a booklet to begin with, the schema editors read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet.commands.completion import languages
from booklet.commands.options import CONTENT, Content, Json, booklet_argument, print_json
from booklet.commands.say import say
from booklet.problems import ExitCode, WrongUsage

if TYPE_CHECKING:
    from booklet.content.translation import Comparison


def new(
    name: Annotated[str, typer.Argument(help="Its folder: small letters, digits and hyphens.")],
    title: Annotated[
        str | None, typer.Option(help="The title on the cover. [default: made from the name]")
    ] = None,
    content: Content = CONTENT,
) -> None:
    """Start a booklet that builds at once: files with notes that say what to write."""
    from booklet.files import write_whole
    from booklet.writing.schema import FOLDER
    from booklet.writing.starter import must_be_content_folder, new_booklet

    must_be_content_folder(content)
    files = new_booklet(content, name, title, date.today())
    write_whole(content, files)
    for file in files:
        if not file.startswith(f"{FOLDER}/"):
            say(f"wrote {content / file}")
    say(
        f"Next: `booklet build {name}` makes its PDFs; `booklet check {name}` says what is left "
        "to write."
    )


def schema(content: Content = CONTENT) -> None:
    """Write what editors complete and check content files by, anew after each change of program."""
    from booklet.files import write_whole
    from booklet.writing.schema import schemas

    if not content.is_dir():
        raise WrongUsage(f"there is no folder {content}; name the content folder with --content")
    files = schemas()
    write_whole(content, files)
    for name in files:
        say(f"wrote {content / name}")


def translations(
    booklet: Annotated[str, booklet_argument("BOOKLET", "The original's folder.")],
    language: Annotated[
        str | None,
        typer.Argument(
            metavar="LANGUAGE",
            autocompletion=languages,
            help="One of its languages. [default: all]",
        ),
    ] = None,
    mark: Annotated[
        list[str] | None,
        typer.Option("--mark", metavar="FILE", help="Note that a file is up to date, or `all`."),
    ] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(
            "--same", metavar="FILE", help="As --mark, and what is as in the original is meant so."
        ),
    ] = None,
    as_json: Json = False,
    content: Content = CONTENT,
) -> None:
    """List the passages of translations that are missing, or older than the original."""
    from booklet.content import translation

    names = translation.translations(content, booklet, language)
    if mark or same:
        if len(names) > 1 and language is None:
            raise WrongUsage("name the language whose file is up to date")
        _mark(content, names[0], mark or [], same or [])
        return
    found = [translation.compared(content, name) for name in names]
    if as_json:
        print_json({"translations": [_as_values(each) for each in found]})
    else:
        for each in found:
            say("\n".join(map(str, (*(one.problem for one in each.behind), each.summary))))
    if any(each.behind for each in found):
        raise typer.Exit(ExitCode.FAULTS)


def _mark(content: Path, name: str, mark: list[str], same: list[str]) -> None:
    """Note which files of a translation are up to date, and which are meant to be the same."""
    from booklet.content import translation
    from booklet.content.folder import TRANSLATION_FILE
    from booklet.files import locked, write_whole

    files = translation.files_of(content, name) if mark == ["all"] else tuple(mark)
    with locked(content / name):
        record = translation.marked(content, name, files, same)
        write_whole(content / name, {TRANSLATION_FILE: record})
    say(f"marked {', '.join(dict.fromkeys((*files, *same)))} of {name}")
    for file in same:
        for words in translation.meant_to_be_the_same(content, name, file):
            say(f"  {file}: meant to be the same: “{words}”")


def _as_values(found: "Comparison") -> dict[str, object]:
    """How far a translation is, for programs."""
    return {
        "booklet": found.name,
        "passages": found.passages,
        "counts": found.counts,
        "behind": [
            {
                "state": each.state,
                "place": each.problem.place,
                "message": each.problem.message,
                "passages": each.passages,
            }
            for each in found.behind
        ],
    }
