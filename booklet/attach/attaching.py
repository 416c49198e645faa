"""A letter and its booklets, attached: the whole of it, readable as a recipe.

No file is written here. `attach` is what a command calls: it works in a process of its own, because
letters come from strangers. `attached` is the same without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from booklet.attach.fitting import fitted, too_large
from booklet.attach.order import Attached, AttachedFile, AttachOrder, Given, GivenPdf
from booklet.attach.refusals import refusals
from booklet.pdf.guarded import TooMuch, in_child
from booklet.pdf.join.active import Active, active_content, removed
from booklet.pdf.join.enclosing import enclose
from booklet.pdf.join.joining import Source, join_opened, open_part
from booklet.pdf.join.marking import with_paragraphs
from booklet.pdf.join.part import Joined, Part
from booklet.pdf.join.reading import sound
from booklet.pdf.opening import heard
from booklet.pdf.writing import saved
from booklet.print.source_file import faults_of
from booklet.problems import FaultsFound, OnPage, Problem

LETTER = "Letter"
"""What a letter is called that does not call itself anything."""


def attach(order: AttachOrder) -> Attached:
    """As `attached`, in a process that is ended when a hostile file takes too much of anything."""
    try:
        return in_child(attached, order)
    except TooMuch as error:
        message = f"{error}; this letter, or what goes with it, is damaged or means harm"
        raise FaultsFound([Problem(order.letter.path, message)]) from error


def attached(order: AttachOrder) -> Attached:
    """The files of an order; the same order gives the same bytes.

    `FaultsFound` carries every reason, in every file, why it may not be.
    """
    with heard("pikepdf"):  # what it mends is in the facts of each file
        return _attached(order)


def _attached(order: AttachOrder) -> Attached:
    sources = _opened(order)
    files = [given.path for given in (order.letter, *order.booklets)]
    found = _active(order, sources)
    told = tuple(_told(files, found))
    looked = tuple(note for given in order.booklets for note in given.notes)
    given = tuple(_given(*pair) for pair in zip(order.booklets, sources[1:], strict=True))
    if order.way == "beside":
        # These files are nobody's to change: what is active in them is only told.
        notes = tuple(
            f"{each}; it was left in, because the files stay as they are" for each in told
        )
        files_beside = tuple(_beside(order, sources, given))
        _must_be_taken(files_beside, order)
        return Attached(files_beside, (), (*looked, *notes), (), given)
    letter, *booklets = map(_without, files, sources, found)
    joined = _joined(order, letter, booklets)
    notes = (*looked, *_mended(sources), *joined.notes)
    file = AttachedFile("", joined.data, joined.pages, given)
    if order.limit:
        with faults_of(order.letter.path), sound():
            smaller = fitted(file.data, order.limit.alone)
        file, notes = replace(file, data=smaller.data), (*notes, *smaller.steps)
        _must_be_taken((file,), order)
    return Attached((file,), joined.claims, notes, told, given)


def _must_be_taken(files: Sequence[AttachedFile], order: AttachOrder) -> None:
    """`FaultsFound` where files are too large or too many for the road, with what would fit."""
    limit = order.limit
    if limit is None:
        return
    sizes = [len(each.data) for each in files]
    most = limit.alone if len(files) == 1 else limit.file
    paths = [order.letter.path, *(each.path for each in order.booklets)]
    faults = [
        Problem(path, too_large(file, order, limit))
        for path, file in zip(paths, files, strict=False)
        if len(file.data) > most
    ]
    if len(files) > 1:
        faults += (Problem(order.letter.path, words) for words in limit.broken_by(sizes))
    if faults:
        raise FaultsFound(faults)


def _opened(order: AttachOrder) -> list[Source]:
    """The letter and its booklets; all that speaks against one of them is told together."""
    faults: list[Problem] = []
    sources: list[Source] = []
    for given in (order.letter, *order.booklets):
        try:
            with faults_of(given.path), sound():
                source = open_part(Part(given.data, given.path.name))
        except FaultsFound as error:
            faults += error.problems
            continue
        faults += (Problem(given.path, words) for words in refusals(source.facts, order.way))
        sources.append(source)
    if faults:
        raise FaultsFound(faults)
    return [_letter(order, sources[0]), *sources[1:]]


def _letter(order: AttachOrder, source: Source) -> Source:
    """The letter under its name and, if that is asked for, with paragraphs found by machine."""
    part, facts = source.part, source.facts
    title = order.letter_title or facts.title or LETTER
    part = replace(part, title=title, language=order.letter_language)
    if order.tag_letter and not facts.tagged and order.way != "beside":
        with faults_of(order.letter.path), sound():
            marked = with_paragraphs(part.data)
        if marked is None:
            message = (
                "there is no text on its pages to tag: they are pictures; recognise the text first "
                "(OCR), or attach without --tag-letter"
            )
            raise FaultsFound([Problem(order.letter.path, message)])
        return open_part(replace(part, data=marked, marked_by_machine=True))
    return replace(source, part=part)


def _active(order: AttachOrder, sources: Sequence[Source]) -> list[tuple[Active, ...]]:
    """What each file does besides being read; `FaultsFound` where that is to be refused."""
    found: list[tuple[Active, ...]] = []
    for given, source in zip((order.letter, *order.booklets), sources, strict=True):
        with faults_of(given.path), sound():
            found.append(() if given.is_ours else active_content(source.pdf, order.hosts))
    if order.active == "refuse":
        files = [given.path for given in (order.letter, *order.booklets)]
        faults = [
            Problem(file, f"it has {each.words}; save it without", OnPage(each.page))
            for file, each in _by_file(files, found)
        ]
        if faults:
            raise FaultsFound(faults)
    return found


def _without(file: Path, source: Source, found: tuple[Active, ...]) -> Source:
    """A file without what was found in it, whether its pages are copied or it is enclosed whole."""
    if not found:
        return source
    removed(found)
    with faults_of(file), sound():
        return replace(source, part=replace(source.part, data=saved(source.pdf)))


def _by_file(
    files: Sequence[Path], found: Sequence[tuple[Active, ...]]
) -> Iterator[tuple[Path, Active]]:
    for file, mine in zip(files, found, strict=True):
        yield from ((file, each) for each in mine)


def _told(files: Sequence[Path], found: Sequence[tuple[Active, ...]]) -> Iterator[str]:
    """What is active in each file, the same of several pages in one line."""
    for file, mine in zip(files, found, strict=True):
        for words in dict.fromkeys(each.words for each in mine):
            pages = {each.page for each in mine if each.words == words and each.page}
            places = f" (page {', '.join(map(str, sorted(pages)))})" if pages else ""
            yield f"{file.name}: {words}{places}"


def _joined(order: AttachOrder, letter: Source, booklets: Sequence[Source]) -> Joined:
    with faults_of(order.letter.path), sound():
        if order.way == "enclose":
            names = [given.path.name for given in order.booklets]
            return enclose(letter, [*zip(names, booklets, strict=True)], order.on)
        return join_opened([letter, *booklets])


def _given(pdf: GivenPdf, source: Source) -> Given:
    facts, digest = source.facts, sha256(pdf.data).hexdigest()
    return Given(source.title, source.language, facts.identifier, pdf.said, pdf.is_draft, digest)


def _beside(
    order: AttachOrder, sources: Sequence[Source], given: Sequence[Given]
) -> Iterator[AttachedFile]:
    """The files as they are, under names that tell that they belong together.

    The letter's own name is left out: it may be that of a patient.
    """
    of = len(sources)
    yield AttachedFile(f"_1-of-{of}_letter", order.letter.data, sources[0].facts.pages, ())
    for number, (pdf, source, words) in enumerate(
        zip(order.booklets, sources[1:], given, strict=True), 2
    ):
        ending = f"_{number}-of-{of}_{pdf.path.stem}"
        yield AttachedFile(ending, pdf.data, source.facts.pages, (words,))


def _mended(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        if source.facts.mended:
            yield f"{source.part.name} was damaged and has been mended: look at its pages"
