"""Letters made of a job: set, held against what the carrier takes, and put together with booklets.

It is done by workers, which send back files, or the rows that are at fault without what is in them.
"""

import gc
from collections.abc import Container, Iterator, Sequence

from booklet.html.letter import PAGE_HEIGHT
from booklet.post.carrier_check import BatchLetter, check_carrier, faults_of_batch
from booklet.post.jobs import MadeBatch, MadeLetter, MailJob
from booklet.post.letter_text import RowFault
from booklet.post.letters import LetterBatch, LettersDoNotFit, row_faults, set_letters
from booklet.post.one_file import one_file_each
from booklet.post.packs import sheets_in
from booklet.post.private import WithoutWords
from booklet.post.recipient import Given, Recipient, form_of
from booklet.post.refusal import Refusal, RefusedRow
from booklet.post.setting import Setting
from booklet.post.sheet_marks import SheetMarks
from booklet.post.stream import print_stream
from booklet.problems import OnPage, Problem

WARM = (__name__, "weasyprint")
"""What workers import before their first job."""
DOES_NOT_FIT = "letter-does-not-fit"
"""The rule that a row breaks whose letter cannot be set."""
_OTHERWISE = "change the letter, or choose another carrier"


def made(job: MailJob) -> MadeBatch:
    """The files of a job, or the rows of its letters that are at fault; all of them at once."""
    try:
        return _made(job)
    finally:
        # What is left of a document goes round in circles. Looked for seldom, as `workers` has it,
        # batch would heap upon batch: 100 letters leave 240,000 objects.
        gc.collect()


def _made(job: MailJob) -> MadeBatch:
    with WithoutWords():
        people, refused = job.people, list[RefusedRow]()
        while people:
            try:
                batch = _set(job, people)
            except LettersDoNotFit as error:
                refused += _by_row(map(_of_words, error.faults))
                gone = {(each.row, each.part) for each in error.faults}
                people = tuple(each for each in people if (each.row, each.part) not in gone)
                continue
            refused += _by_row(_of_carrier(job, people, batch))
            break
        if refused:
            return MadeBatch({}, (), tuple(refused))
        return _put_together(job, batch)


def _set(job: MailJob, people: Sequence[Recipient]) -> LetterBatch:
    setting = job.setting
    return set_letters(setting.letter, people, setting.layout, setting.day)


def unset(
    setting: Setting, people: Sequence[Recipient], told: Container[tuple[int, str]] = ()
) -> Iterator[RefusedRow]:
    """The rows of which no letter can be set, as far as that is known without setting any.

    Cells that were `told` of, by row and column, are left out. So is the address of somebody who
    has none: why that is so was told before.
    """
    homeless = {(each.row, each.part) for each in people if not each.address}
    new = (
        each
        for each in row_faults(setting.letter, people, setting.layout)
        if (each.row, each.column) not in told
        and (each.column != "Address" or (each.row, each.part) not in homeless)
    )
    return _by_row(map(_of_words, new))


def letter_pages(setting: Setting, people: Sequence[Recipient], form: Given) -> int:
    """How many pages the first letter of a form has; 1 where it cannot be set."""
    first = next(each for each in people if form_of(each) == form)
    try:
        (pages,) = set_letters(setting.letter, (first,), setting.layout, setting.day).pages
    except LettersDoNotFit:
        return 1
    return len(pages)


def _of_words(fault: RowFault) -> Refusal:
    """Why a letter cannot be set, as a reason to refuse its row."""
    what, remedy = _parted(fault.message)
    whose = " (of the copy)" if fault.part else ""
    return Refusal(fault.row, fault.column, DOES_NOT_FIT, f"{what}{whose}", remedy)


def _of_carrier(job: MailJob, people: Sequence[Recipient], batch: LetterBatch) -> Iterator[Refusal]:
    """Why the carrier does not take letters, as reasons to refuse their rows."""
    setting = job.setting
    enclosed = pages_behind(job)
    titles = (job.enclosed.title,) if job.enclosed else ()
    letters = [
        BatchLetter(
            *(pages, person.given.language, person.address, enclosed, titles, setting.one_sided)
        )
        for person, pages in zip(people, batch.pages, strict=True)
    ]
    faults = faults_of_batch(batch.pdf, setting.carrier, letters)
    for person, pages, mine in zip(people, batch.pages, faults, strict=True):
        for each in mine:
            yield _refusal(person, each, pages.start)


def pages_behind(job: MailJob) -> int:
    """The pages of the booklet that are printed and folded with the letter: A4 ones."""
    if job.enclosed is None or job.setting.way == "letters":
        return 0
    printed = job.enclosed.printed
    return printed.pages if printed.format.height >= PAGE_HEIGHT else 0


def _refusal(person: Recipient, fault: Problem, before: int) -> Refusal:
    """Why the carrier does not take a letter; `before` are the pages before it in the file."""
    page = fault.at.page - before if isinstance(fault.at, OnPage) and fault.at.page else 0
    whose = "the copy" if person.part else "the letter"
    where = "of the copy: " if person.part else ""
    where = f"page {page} of {whose}: " if page else where
    what, remedy = _parted(fault.message)
    return Refusal(person.row, "", fault.rule or DOES_NOT_FIT, f"{where}{what}", remedy)


def _parted(message: str) -> tuple[str, str]:
    """What is wrong, and what to do.

    >>> _parted("it is long; make it short"), _parted("it is long")[0]
    (('it is long', 'make it short'), 'it is long')
    """
    what, parted, remedy = message.rpartition("; ")
    return (what, remedy) if parted else (message, _OTHERWISE)


def _by_row(reasons: Iterator[Refusal]) -> Iterator[RefusedRow]:
    rows: dict[int, list[Refusal]] = {}
    for each in reasons:
        rows.setdefault(each.row, []).append(each)
    return (RefusedRow(row, tuple(dict.fromkeys(mine))) for row, mine in rows.items())


def _put_together(job: MailJob, batch: LetterBatch) -> MadeBatch:
    if job.setting.way == "files":
        return _a_file_each(job, batch)
    if job.setting.way == "letters":
        return _alone(job, batch)
    return _in_a_stream(job, batch)


def _alone(job: MailJob, batch: LetterBatch) -> MadeBatch:
    """The letters in a file of their own, with their tags."""
    name = f"{job.name}.pdf"
    letters = tuple(
        MadeLetter(each.row, each.part, name, len(pages), _sheets(job, len(pages), 0))
        for each, pages in zip(job.people, batch.pages, strict=True)
    )
    return MadeBatch({name: batch.pdf}, letters)


def _in_a_stream(job: MailJob, batch: LetterBatch) -> MadeBatch:
    name, setting = f"{job.name}.pdf", job.setting
    stream = print_stream(
        batch.pdf,
        batch.pages,
        [job.enclosed.pdf if job.enclosed else None] * len(job.people),
        duplex=not setting.one_sided,
        marks=SheetMarks() if setting.marks else None,
    )
    letters = tuple(
        MadeLetter(each.row, each.part, name, len(pages), packet.sheets)
        for each, pages, packet in zip(job.people, batch.pages, stream.packets, strict=True)
    )
    return MadeBatch({name: stream.pdf}, letters)


def _a_file_each(job: MailJob, batch: LetterBatch) -> MadeBatch:
    """A file for each letter, its booklet behind it, with the tags of both."""
    files, letters, refused = dict[str, bytes](), list[MadeLetter](), list[Refusal]()
    booklets = [job.enclosed.pdf if job.enclosed else None] * len(job.people)
    whole = one_file_each(batch.pdf, batch.pages, booklets)
    for person, pages, joined in zip(job.people, batch.pages, whole, strict=True):
        copy = f"_copy-{person.part}" if person.part else ""
        name = f"{job.name}/row-{person.row:05}{copy}.pdf"
        refused += _of_file(job, person, joined.data, is_first=not files)
        files[name] = joined.data
        sheets = _sheets(job, len(pages), joined.pages - len(pages))
        letters.append(MadeLetter(person.row, person.part, name, len(pages), sheets))
    if refused:
        return MadeBatch({}, (), tuple(_by_row(iter(refused))))
    return MadeBatch(files, tuple(letters))


def _of_file(job: MailJob, person: Recipient, data: bytes, *, is_first: bool) -> Iterator[Refusal]:
    """Why the carrier does not take a file of letter and booklet.

    The pages of the booklet are the same behind each letter: they are looked at behind the first.
    """
    carrier = job.setting.carrier
    if is_first and carrier.envelope is None:
        problems = check_carrier(data, carrier).problems
    elif carrier.bytes and len(data) > carrier.bytes:
        problems = tuple(each for each in check_carrier(data, carrier).problems)
    else:
        problems = ()
    for each in problems:
        yield _refusal(person, each, 0)


def _sheets(job: MailJob, *pages: int) -> int:
    """The sheets that letter and booklet take, each beginning a sheet of its own."""
    return sum(sheets_in(each, job.setting.one_sided) for each in pages)
