"""The booklets that go with a letter: chosen by name as for a build, or any PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from booklet.attach.known_files import given_file
from booklet.attach.order import GivenPdf
from booklet.content.names import booklet_names
from booklet.editions import COLOUR, RELEASED, SIZES, Audience, Ink, Screen, Size
from booklet.making import make
from booklet.order import Order, Target, plan
from booklet.origins import Origins, digest_of
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.provenance.code_lookup import CodeIndex, code_index
from booklet.scratch import scratch_folder
from booklet.signals import signals_held
from booklet.tagging.typeset import typesetter
from booklet.unchanged import must_stay


@dataclass(frozen=True, slots=True)
class Choice:
    """Which edition of a booklet is meant, and where it comes from."""

    content: Path  # the content folder
    output: Path  # where finished files are taken from, unless something has changed
    audiences: tuple[Audience, ...]  # the readers
    sizes: tuple[Size, ...]  # the sizes of print
    language: str = ""  # the language as a tag; empty: that of the booklet named
    clinic: str | None = None  # the profile of the clinic that gives it out
    draft: bool = False  # whether a draft may be given, with a mark on every page
    ink: Ink = COLOUR  # what they are printed in
    today: date = date.min  # the day, on which approvals hold or have ended


def chosen(asked: Sequence[str], choice: Choice) -> tuple[GivenPdf, ...]:
    """The PDFs that were asked for, in order: names of booklets, and files.

    A booklet is taken as it was released, or as a draft that says so on every page; one that was
    finished before is not built again. `FaultsFound` where that may not be: nobody approved the
    words, or they are withdrawn, also those of a file that is known here. `WrongUsage` where there
    is no such booklet and no such file.
    """
    names = [each for each in asked if not _is_file(each)]
    files = [each for each in asked if _is_file(each)]
    faults: list[Problem] = []
    found: dict[str, tuple[GivenPdf, ...]] = {}
    try:
        found |= _built(names, choice) if names else {}
    except FaultsFound as error:
        faults += error.problems
    index = code_index(choice.content, choice.output, choice.today) if files else CodeIndex(())
    for file in files:
        try:
            found[file] = (given_file(Path(file), index),)
        except FaultsFound as error:
            faults += error.problems
    if faults:
        raise FaultsFound(faults)
    return tuple(pdf for each in asked for pdf in found[each])


def _is_file(asked: str) -> bool:
    return Path(asked).is_file() or asked.lower().endswith(".pdf")


def _built(names: Sequence[str], choice: Choice) -> dict[str, tuple[GivenPdf, ...]]:
    with must_stay(choice.content):
        planned = targets_of(names, choice)
        return {name: tuple(finished(each, choice) for each in planned[name]) for name in names}


def targets_of(names: Sequence[str], choice: Choice) -> dict[str, tuple[Target, ...]]:
    """The files that were asked for, by the name of the booklet; none of them is made yet."""
    folders = {name: _in_language(name, choice) for name in names}
    order = Order(
        choice.content,
        choice.output,
        tuple(folders.values()),
        choice.audiences,
        choice.sizes,
        choice.clinic,
        mode="release as draft" if choice.draft else "release",
        ink=choice.ink,
        today=choice.today,
    )
    planned = plan(order).targets
    for each in planned:
        about, wanted = each.booklet.about, choice.language.partition("-")[0]
        if wanted and about.language.partition("-")[0] != wanted:
            raise WrongUsage(f"there is no {each.booklet.name} in the language `{wanted}`")
    targets = [each for each in planned if not isinstance(each.edition.size, Screen)]
    return {
        name: tuple(each for each in targets if each.booklet.name == folder)
        for name, folder in folders.items()
    }


def _in_language(name: str, choice: Choice) -> str:
    """The folder of a booklet in the language that was asked for."""
    code, original = choice.language.partition("-")[0], name.partition(".")[0]
    if not code:
        return name
    there = booklet_names(choice.content)
    if f"{original}.{code}" in there:
        return f"{original}.{code}"
    return original


def finished(target: Target, choice: Choice) -> GivenPdf:
    """The PDF of a target: as it was made before, or else made for this one use."""
    status = target.booklet.status
    data = _kept(target, choice) or _set(target)
    said = status.sentence().removeprefix(f"{status.name}: ")
    standard = in_standard_print(target, choice)
    return GivenPdf(Path(target.file_name), data, True, said, status.is_draft, standard)


def in_standard_print(target: Target, choice: Choice) -> int | None:
    """How large the same booklet in standard print is, where that was finished before."""
    if target.edition.size == SIZES[0]:
        return None
    edition = replace(target.edition, size=SIZES[0])
    data = _kept(replace(target, edition=edition), choice)
    return len(data) if data else None


def _kept(target: Target, choice: Choice) -> bytes | None:
    """The PDF of a target as it was made before, where nothing has changed since."""
    digest = digest_of(target)
    folders = (choice.output / RELEASED, choice.output)
    kept = (Origins.of(folder).kept(target, digest) for folder in folders)
    return next((files[0].content for files in kept if files), None)


def _set(target: Target) -> bytes:
    """The PDF of a target, made for this one use."""
    with signals_held():
        typesetter()
    with scratch_folder():
        return next(make(target)).content
