"""A mailing run carried out: every letter once, whole or not at all, and written into the ledger.

The files of a run lie in a folder whose name says that it is unfinished until all of them are made
and checked; then it gets its name in one step. A run that is killed goes on with what stands in the
ledger: what was not written there is made again, and comes out as it would have the first time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from booklet.changes import forget, note
from booklet.files import digest_of_file, json_file, write_whole
from booklet.post.account import (
    FOR_PEOPLE,
    FOR_PROGRAMS,
    account,
    counts_of,
    for_people,
)
from booklet.post.elsewhere import made_by
from booklet.post.enclosures import Enclosed
from booklet.post.jobs import MadeBatch, MadeLetter, MailJob
from booklet.post.ledger import OF_COPY, Batch, Ledger, Letter, Refused, Run
from booklet.post.private import shred
from booklet.post.recipient import Given, Recipient, form_of
from booklet.post.refusal import RefusedRow, by_row, known_as, problems
from booklet.problems import BookletError, FaultsFound
from booklet.workers import LostJob, Where

UNFINISHED = ".unfinished-"
"""What the name of a run's folder begins with until it is handed over."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a run is carried out with."""

    make: Callable[[MailJob], MadeBatch]  # Does a job; it stands at the top of its module
    where: Where  # Who does it
    now: Callable[[], str]  # The time, as ISO 8601: the command alone asks the clock
    tell: Callable[[int, int], None] = lambda made, of: None
    """Is told how many letters are made, and of how many."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: the same list and the same words give the same plan on every day."""

    file: Path  # The list, as messages name it
    run: Run  # The run as it begins; its list and its inputs tell whether another is the same
    batches: tuple[tuple[Recipient, ...], ...]
    """Who gets a letter: those of one form together, in the order of the list, in batches that stay
    the same whoever is left out of them."""
    refused: tuple[RefusedRow, ...]  # The rows that are left out from the start
    enclosed: Mapping[Given, Enclosed]  # The booklet of each form, where one goes with the letter
    job: Callable[[int, tuple[Recipient, ...]], MailJob]  # The job of a batch and who is in it
    notes: Callable[[Sequence[Letter]], Sequence[str]] = lambda letters: ()
    """What the mail room is told besides: postage."""
    skip_bad: bool = False  # Whether rows whose letters have faults are left out, too


@dataclass(frozen=True, slots=True)
class Done:
    """A run that was handed over."""

    folder: Path  # Where its files are
    account: dict[str, Any]  # What it came to
    refused: tuple[RefusedRow, ...]  # Every row that none was made of
    kept: int  # The batches that an earlier, killed run had made
    notes: tuple[str, ...] = ()  # What to tell those who made the list


def batched(people: Iterable[Recipient], most: int) -> tuple[tuple[Recipient, ...], ...]:
    """The people in batches of one form each, in the order of the list; at most so many in one."""
    forms: dict[Given, list[Recipient]] = {}
    for person in people:
        forms.setdefault(form_of(person), []).append(person)
    return tuple(
        tuple(those[first : first + most])
        for those in forms.values()
        for first in range(0, len(those), most)
    )


def carry_out(
    plan: Plan,
    ledger: Ledger,
    folder: Path,
    means: Means,
    left_out: Callable[[Sequence[RefusedRow]], None] = lambda refused: None,
) -> Done:
    """Make every letter of a plan and hand them over, all of them or none.

    `left_out` is told the rows without a letter before anything is handed over.

    The run may have been begun before: what the ledger has of it is kept. `FaultsFound` has every
    fault of every letter; then nothing of the run is left.
    """
    run = plan.run
    if ledger.run(run.id) is None:
        ledger.begin(run)
    final = folder / run.id
    place = final if final.exists() else folder / f"{UNFINISHED}{run.id}"
    place.mkdir(exist_ok=True)
    kept = len(_standing(ledger, run, place))
    refused = by_row(plan.refused)
    while found := _made(plan, refused, ledger, place, means):
        if not plan.skip_bad:
            give_up(ledger, run.id, folder)
            raise FaultsFound(problems(plan.file, found))
        refused = by_row((*refused, *found))
    letters = ledger.letters(run.id)
    counts = counts_of(run, letters, refused)
    if not counts.add_up or {each.row for each in refused} & {each.row for each in letters}:
        raise BookletError(
            f"run {run.id} does not add up: {counts}; nothing was handed over. This is a fault of "
            "the program: tell those who keep it"
        )
    _tidy(ledger, run, place)
    told = account(run, letters, refused, plan.enclosed, plan.notes(letters))
    write_whole(place, {FOR_PROGRAMS: json_file(told), FOR_PEOPLE: for_people(told)})
    left_out(refused)
    if place != final:
        place.rename(final)
    noted = _noted(plan, refused, ledger)
    ledger.finish(run.id, noted, "done", means.now(), _traced(plan, refused, ledger))
    return Done(final, told, refused, kept)


def _noted(plan: Plan, refused: Sequence[RefusedRow], ledger: Ledger) -> set[Refused]:
    """The rows without a letter as the ledger has them, with what their people need."""
    people: dict[int, list[Recipient]] = {}
    for each in (each for those in plan.batches for each in those):
        people.setdefault(each.row, []).append(each)
    found: set[Refused] = set()
    for row in refused:
        of_row = sorted(people.get(row.row, ()), key=lambda each: each.part)
        whole = known_as(row, of_row)
        who, trace = _keyed(whole, ledger)
        needs = ",".join(whole.needs)
        found |= {Refused(row.row, each.rule, needs, who, trace) for each in row.reasons}
        for identity, theirs in (each for each in whole.copies if each[1]):
            copy = ledger.keyed(identity) if identity else ""
            found |= {
                Refused(row.row, f"{each.rule}{OF_COPY}", ",".join(theirs), copy)
                for each in row.reasons
            }
    return found


def _people(plan: Plan) -> Iterator[Recipient]:
    """The people of rows, without those who get a copy."""
    return (each for those in plan.batches for each in those if not each.part)


def _keyed(who: Recipient | RefusedRow, ledger: Ledger) -> tuple[str, str]:
    """The keyed hashes of an identity and of a trace; empty where there is none."""
    identity, trace = (ledger.keyed(each) if each else "" for each in (who.identity, who.trace))
    return identity, trace


def _traced(plan: Plan, refused: Sequence[RefusedRow], ledger: Ledger) -> dict[str, str]:
    """Everybody of a plan by the trace of their row, also those who got no letter once more."""
    everybody: tuple[Recipient | RefusedRow, ...] = (*refused, *_people(plan))
    known = (_keyed(each, ledger) for each in everybody)
    return {trace: person for person, trace in known if trace and person}


def give_up(ledger: Ledger, run: str, folder: Path) -> None:
    """Destroy what there is of a run that was not handed over, and take it out of the ledger."""
    shred(folder / f"{UNFINISHED}{run}")
    ledger.forget(run)
    forget()  # nothing that was written stands any more


def _made(
    plan: Plan, refused: Sequence[RefusedRow], ledger: Ledger, place: Path, means: Means
) -> tuple[RefusedRow, ...]:
    """Make what is missing and write it down; the rows whose letters have faults."""
    gone = {each.row for each in refused}
    left = {
        number: tuple(person for person in people if person.row not in gone)
        for number, people in enumerate(plan.batches, 1)
    }
    standing = _standing(ledger, plan.run, place)
    members = {number: _members(ledger, people) for number, people in left.items()}
    for number in [each for each in standing if standing[each].members != members.get(each)]:
        ledger.drop(plan.run.id, number)
        del standing[number]
    wanted = (plan.job(n, people) for n, people in left.items() if people and n not in standing)
    of = sum(map(len, left.values()))
    done = sum(len(left[number]) for number in standing)
    found: list[RefusedRow] = []
    means.tell(done, of)
    for job, result in made_by(means.make, wanted, means.where):
        if isinstance(result, LostJob):
            raise BookletError(f"letters of batch {job.number} were not made: {result.why}")
        found += result.refused
        if not result.refused:
            write_whole(place, result.files)
            # Who stops a run is told of one folder, not of a hundred files.
            forget()
            note([place])
            batch = Batch(job.number, members[job.number], _digests(result.files))
            ledger.keep(plan.run.id, batch, _written_down(plan, ledger, job, result, means.now()))
        done += len(job.people)
        means.tell(done, of)
        del result  # its files are written, and would be held while the next are made
    return tuple(sorted(found, key=lambda each: each.row))


def _standing(ledger: Ledger, run: Run, place: Path) -> dict[int, Batch]:
    """The batches that are made, and whose files are as they were made."""
    return {
        number: batch
        for number, batch in ledger.batches(run.id).items()
        if all(digest_of_file(place / name) == digest for name, digest in batch.files.items())
    }


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(data).hexdigest() for name, data in files.items()}


def _members(ledger: Ledger, people: Iterable[Recipient]) -> str:
    return ledger.keyed(repr([(each.row, each.part, each.identity) for each in people]))


def _written_down(
    plan: Plan, ledger: Ledger, job: MailJob, made: MadeBatch, now: str
) -> list[Letter]:
    """The letters of a batch as the ledger has them."""
    people = {(each.row, each.part): each for each in job.people}
    return [_letter(plan, ledger, people[each.row, each.part], each, now) for each in made.letters]


def _letter(plan: Plan, ledger: Ledger, person: Recipient, made: MadeLetter, now: str) -> Letter:
    given, enclosed = person.given, plan.enclosed.get(form_of(person))
    return Letter(
        row=person.row,
        part=person.part,
        person=ledger.keyed(person.identity),
        file=made.file,
        pages=made.pages,
        sheets=made.sheets,
        booklet=given.booklet if enclosed else "",
        version=enclosed.version if enclosed else "",
        code=enclosed.code if enclosed else "",
        audience=given.audience,
        size=given.size.name,
        language=given.language,
        needs=",".join(given.needs),
        made=now,
    )


def _tidy(ledger: Ledger, run: Run, place: Path) -> None:
    """Destroy files that a killed run wrote and that are not its letters."""
    named = {name for batch in ledger.batches(run.id).values() for name in batch.files}
    for file in [each for each in place.rglob("*") if each.is_file()]:
        if file.relative_to(place).as_posix() not in named:
            file.unlink()
