"""Mail as a recipe: a list, a letter and booklets in; a run that was handed over out."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from booklet.files import locked, write_whole
from booklet.post.account import Counts, posted
from booklet.post.before import AskedRun, asked_run, letter_name, must_be_as_begun
from booklet.post.elsewhere import made_by
from booklet.post.enclosures import Enclosed, enclosures
from booklet.post.jobs import MadeBatch, MailJob
from booklet.post.kit import Kit
from booklet.post.ledger import Ledger, Letter, Run
from booklet.post.ledger_file import ledger_to_read, open_ledger
from booklet.post.making import letter_pages, unset
from booklet.post.not_taken import as_faults, as_rows, not_printed, too_long
from booklet.post.order import MailOrder
from booklet.post.private import FOLDER, WithoutWords, make_private, private_files, shred
from booklet.post.reading import letter_of, read_list
from booklet.post.recipient import Given, Recipient, form_of
from booklet.post.recipients import Recipients
from booklet.post.refusal import RefusedRow, by_row, known_as, problems
from booklet.post.refused_list import keep_refused, must_have_a_place
from booklet.post.run import Done, Means, Plan, batched, carry_out
from booklet.post.run_postage import lines, postage_of
from booklet.post.sample import sample_of
from booklet.post.setting import carrier_of, setting_for
from booklet.post.stored import SAMPLE
from booklet.post.there import must_be_there
from booklet.print.postage import load_postage
from booklet.problems import BookletError, FaultsFound, Problem
from booklet.scratch import scratch_folder
from booklet.workers import LostJob

BATCH = 100
"""Letters in one file: so many are set in one document, in 250 MB of memory a worker."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a run would come to; nothing of it was written."""

    counts: Counts  # How many letters there would be
    refused: tuple[RefusedRow, ...]  # The rows that would get none
    sheets: int  # The sheets of paper that the files would take
    forms: tuple[tuple[Given, int], ...]  # The forms and how many letters there are of each
    notes: tuple[str, ...] = ()  # What to tell those who made the list
    sent_before: int = 0  # The rows of people who got this letter in a run before


@dataclass(frozen=True, slots=True)
class Sampled:
    """Letters that were made to be looked at."""

    folder: Path  # Where they are
    files: tuple[str, ...]  # Their names
    rows: tuple[int, ...]  # Whose they are, as rows of the list
    notes: tuple[str, ...] = ()  # What to tell those who made the list


def mail(order: MailOrder, means: Means, *, resume: bool = False, again: bool = False) -> Done:
    """Make a letter for each row of a list and hand all of them over, or none.

    `resume` goes on with a run that was stopped; `again` writes to people who got this letter
    before. `FaultsFound` has every fault of the list, or of its letters; `WrongUsage` says that a
    list was sent before, or that a run of it is unfinished; `LedgerGone` that nobody can know.
    """
    folder = order.output / FOLDER
    must_be_there(order, new=not resume)
    make_private(folder)
    with _at_work(), open_ledger(folder) as ledger, locked(folder):
        must_have_a_place(order.skipped, resume=resume)
        run = asked_run(order, ledger, folder, resume=resume, again=again)
        plan = _plan(run, ledger, means)
        if run.begun:
            must_be_as_begun(order, run.begun, plan.run)
            plan = replace(plan, run=run.begun)
        left_out = partial(keep_refused, order.skipped, run.reading)
        done = carry_out(plan, ledger, folder, means, left_out)
        return replace(done, notes=run.reading.notes)


def rehearse(
    order: MailOrder, means: Means, *, resume: bool = False, again: bool = False
) -> Rehearsed:
    """Make and check every letter of a list and write nothing.

    The ledger is asked as by `mail`, and so is what is raised.
    """
    folder = order.output / FOLDER
    must_be_there(order, new=not resume)
    with _at_work():
        with ledger_to_read(folder) as ledger:
            run = asked_run(order, ledger, folder, resume=resume, again=again)
        order, reading = run.order, run.reading
        kit = _kit(order, reading, means)
        jobs = kit.jobs(batched(kit.left(reading.people), BATCH))
        _must_be_right(order, kit, reading.people, means)
        refused, sheets = [*kit.refused], 0
        for made in _done(jobs, means, len(reading.people)):
            refused += made.refused
            sheets += sum(each.sheets for each in made.letters)
            del made  # its files would be held while the next are made
    if refused and not order.skipped:
        raise _faults(order, refused)
    refused = [*by_row(refused)]
    gone = {each.row for each in refused}
    left = [each for each in reading.people if each.row not in gone]
    letters = sum(each.part == 0 for each in left)
    forms = tuple(Counter(map(form_of, left)).items())
    counts = Counts(reading.rows, letters, len(left) - letters, len(gone))
    return Rehearsed(counts, tuple(refused), sheets, forms, reading.notes, len(run.sent))


def sample(order: MailOrder, number: int, means: Means) -> Sampled:
    """Make so many letters of a list to be looked at, those with least and with most words.

    They take the place of those made before, and stand in no ledger.
    """
    folder = order.output / FOLDER
    must_be_there(order, new=False)
    make_private(folder)
    with _at_work(), locked(folder):
        reading = read_list(order, carrier_of(order))
        people = sample_of(reading.people, number)
        kit = _kit(order, replace(reading, people=people), means)
        _must_be_right(order, kit, people, means)
        people = kit.left(people)
        if kit.refused and not people:
            raise _faults(order, kit.refused)
        made = [*_done(kit.jobs(batched(people, 1)), means, len(people))]
        if refused := [fault for each in made for fault in each.refused]:
            raise _faults(order, refused)
        files = {name: data for each in made for name, data in each.files.items()}
        shred(folder / SAMPLE)
        write_whole(folder / SAMPLE, files)
        rows = tuple(letter.row for each in made for letter in each.letters)
        return Sampled(folder / SAMPLE, tuple(files), rows, reading.notes)


@contextmanager
def _at_work() -> Iterator[None]:
    """Nothing made in here can be read by others, and no fault quotes anybody."""
    with WithoutWords(), private_files(), scratch_folder():
        yield


def _kit(order: MailOrder, reading: Recipients, means: Means) -> Kit:
    """What the letters are made of, and all that is wrong with rows, words and booklets.

    `FaultsFound` has what is wrong with a letter that cannot be read, and with rows and booklets.
    """
    refused, carrier = [*reading.refused], carrier_of(order)
    tried = [person for row in reading.refused for person in row.tried]
    letter, of_letter = letter_of(order, frozenset(reading.fields))
    faults = [*of_letter]
    # Of rows that are left out nobody gets a booklet.
    people = reading.people if order.skipped else (*reading.people, *tried)
    enclosed: dict[Given, Enclosed] = {}
    try:
        enclosed = enclosures(dict.fromkeys(map(form_of, people)), order, carrier, means.where)
    except FaultsFound as error:
        faults += error.problems
    if letter is None:
        raise FaultsFound((*faults, *_unless_skipped(order, refused)))
    setting = setting_for(order, letter, carrier)
    told = {(reason.row, reason.column) for row in refused for reason in row.reasons}
    refused += unset(setting, (*reading.people, *tried), told)
    pages = partial(letter_pages, setting, people)
    long = {} if order.way == "letters" else too_long(enclosed, carrier, order, pages)
    if order.skipped:
        refused += as_rows(long, people)
    else:
        faults += as_faults(long, people, order.recipients)
    taken = {form: each for form, each in enclosed.items() if form not in long}
    faults += not_printed(taken, carrier, order) if order.way != "letters" else ()
    whole = by_row(_recognised(refused, reading.people))
    return Kit(setting, taken, whole, tuple(faults))


def _recognised(refused: Iterable[RefusedRow], people: Iterable[Recipient]) -> Iterator[RefusedRow]:
    """Refused rows with what is known of their people, for the account."""
    known: dict[int, list[Recipient]] = {}
    for each in people:
        known.setdefault(each.row, []).append(each)
    return (known_as(row, known.get(row.row, ())) for row in refused)


def _must_be_right(order: MailOrder, kit: Kit, people: Sequence[Recipient], means: Means) -> None:
    """`FaultsFound` where something is wrong: all of it, so that nobody mends it bit by bit.

    The letters of the other rows are set to find what is wrong with them; nothing is written.
    """
    if not kit.faults and not _unless_skipped(order, kit.refused):
        return
    refused = [*kit.refused]
    if not order.skipped:
        jobs = kit.jobs(batched(kit.left(people), BATCH))
        refused += (row for made in _done(jobs, means, len(people)) for row in made.refused)
    raise FaultsFound((*kit.faults, *_unless_skipped(order, by_row(refused))))


def _unless_skipped(order: MailOrder, refused: Iterable[RefusedRow]) -> tuple[Problem, ...]:
    """Refused rows as faults of the list, unless they may be left out of the run."""
    return () if order.skipped else problems(order.recipients, refused)


def _plan(asked: AskedRun, ledger: Ledger, means: Means) -> Plan:
    """What is to be made; `FaultsFound` where anything is wrong with it."""
    order, reading = asked.order, asked.reading
    kit = _kit(order, reading, means)
    _must_be_right(order, kit, reading.people, means)
    options = {"again": asked.again, "batch": BATCH} | order.options()
    run = Run(
        id=ledger.next_name(order.today.isoformat()),
        day=order.today.isoformat(),
        list=asked.listed,
        inputs=kit.digest(options),
        letter=letter_name(order),
        carrier=order.carrier,
        options=json.dumps(options),
        rows=reading.rows,
        state="begun",
        changed=means.now(),
    )
    batches = batched(kit.left(reading.people), BATCH)
    return Plan(
        order.recipients,
        run,
        batches,
        kit.refused,
        kit.enclosed,
        kit.job,
        notes=partial(_postage, order, kit),
        skip_bad=order.skipped is not None,
    )


def _postage(order: MailOrder, kit: Kit, letters: Iterable[Letter]) -> tuple[str, ...]:
    """What the run costs to post, in lines."""
    parts = posted(letters, kit.enclosed, order.one_sided)
    free = order.articles_for_the_blind
    carrier, day = kit.setting.carrier, kit.setting.day
    told = postage_of(parts, carrier, load_postage(), day, articles_for_the_blind=free)
    return tuple(lines(told))


def _faults(order: MailOrder, refused: Iterable[RefusedRow]) -> FaultsFound:
    return FaultsFound(problems(order.recipients, refused))


def _done(jobs: Iterable[MailJob], means: Means, of: int) -> Iterator[MadeBatch]:
    """What came of each job, none of it written anywhere."""
    done = 0
    means.tell(done, of)
    for job, made in made_by(means.make, jobs, means.where):
        if isinstance(made, LostJob):
            raise BookletError(f"letters of batch {job.number} were not made: {made.why}")
        done += len(job.people)
        means.tell(done, of)
        yield made
        del made
