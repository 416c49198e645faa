"""A mailing run: every person once, whatever happens to it on the way."""

import json
import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from booklet.editions import size_named
from booklet.post.account import FOR_PROGRAMS
from booklet.post.jobs import MadeBatch, MadeLetter, MailJob
from booklet.post.ledger import Run
from booklet.post.ledger_file import LedgerGone, open_ledger
from booklet.post.private import make_private, private_files
from booklet.post.recipient import Given, Recipient
from booklet.post.refusal import Refusal, RefusedRow
from booklet.post.report import needs_met
from booklet.post.run import UNFINISHED, Done, Means, Plan, batched, carry_out
from booklet.post.stored import must_know_its_runs, shred_run
from booklet.problems import BookletError, FaultsFound, WrongUsage
from booklet.workers import Elsewhere, Processes

HERE = Processes(1, "fork")
OPTIONS = json.dumps({"way": "stream"})
RUN = Run("2026-12-01-1", "2026-12-01", "L", "I", "invite", "desk-c5", OPTIONS, 9, "begun", "then")
DAY = date(2026, 12, 1)
BAD = 5
"""The row whose letter has a fault."""


def person(row: int, size: str = "standard", part: int = 0) -> Recipient:
    given = Given("leaflet", "patient", size_named(size), "en", ("large",))
    return Recipient(row, part, f"Mrs Marker {row}", "Mrs Marker", ("Mrs Marker",), given)


PEOPLE = (*(person(row, ("standard", "large")[row % 2]) for row in range(2, 11)), person(3, part=1))


def made(job: MailJob) -> MadeBatch:
    """Files that say whose letters they are; no pages are set here."""
    name = f"{job.name}.pdf"
    data = " ".join(f"{each.row}.{each.part}" for each in job.people).encode()
    letters = tuple(MadeLetter(each.row, each.part, name, 1, 1) for each in job.people)
    return MadeBatch({name: data}, letters)


def refused(row: int) -> RefusedRow:
    return RefusedRow(row, (Refusal(row, "Address", "long", "a line is too long", "shorten it"),))


def made_but_one(job: MailJob) -> MadeBatch:
    bad = tuple(refused(each.row) for each in job.people if each.row == BAD)
    return MadeBatch({}, (), bad) if bad else made(job)


def plan(*refused: RefusedRow, skip_bad: bool = False, most: int = 2) -> Plan:
    def job(number: int, people: tuple[Recipient, ...]) -> MailJob:
        return MailJob(number, people, None, None, f"{number:04}")

    gone = {each.row for each in refused}
    people = [each for each in PEOPLE if each.row not in gone]
    return Plan(Path("list.csv"), RUN, batched(people, most), refused, {}, job, skip_bad=skip_bad)


def carried_out(
    folder: Path, plan: Plan, make: Callable[[MailJob], MadeBatch] = made, **others: object
) -> Done:
    make_private(folder)
    with private_files(), open_ledger(folder) as ledger:
        return carry_out(plan, ledger, folder, Means(make, HERE, lambda: "now", **others))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_every_person_is_in_one_batch_of_one_form_in_the_order_of_the_list() -> None:
    batches = batched(PEOPLE, 2)
    assert [[(each.row, each.part) for each in batch] for batch in batches] == [
        [(2, 0), (4, 0)],
        [(6, 0), (8, 0)],
        [(10, 0), (3, 1)],
        [(3, 0), (5, 0)],
        [(7, 0), (9, 0)],
    ]
    assert all(len({each.given for each in batch}) == 1 for batch in batches)


def test_a_run_hands_every_letter_over_and_its_counts_add_up(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = carried_out(tmp_path, plan(), tell=lambda made, of: told.append((made, of)))
    about = json.loads((done.folder / FOR_PROGRAMS).read_bytes())
    assert (about["rows"], about["letters"], about["copies"], about["refused"]) == (9, 9, 1, 0)
    assert [row for each in about["files"] for row in each["rows"]] == [
        *(2, 4, 6, 8, 3, 10, 3, 5, 7, 9)
    ]
    assert (told[0], told[-1]) == ((0, 10), (10, 10))
    with open_ledger(tmp_path) as ledger:
        assert [each.state for each in ledger.runs()] == ["done"]
        assert len(ledger.letters(RUN.id)) == 10


def test_a_letter_with_a_fault_is_told_and_nothing_of_the_run_is_left(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match=r"row 5, Address: a line is too long"):
        carried_out(tmp_path, plan(), made_but_one)
    assert {*tree(tmp_path)} == {".gitignore", "ledger.key", "ledger.sqlite"}
    with open_ledger(tmp_path) as ledger:
        assert ledger.runs() == ()


def test_a_letter_with_a_fault_is_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    done = carried_out(tmp_path, plan(skip_bad=True, most=1), made_but_one)
    assert [each.row for each in done.refused] == [BAD]
    assert done.account["notes"] == ["there is no file 0008: all of its rows were left out"]
    about = json.loads((done.folder / FOR_PROGRAMS).read_bytes())
    assert (about["rows"], about["letters"], about["refused"]) == (9, 8, 1)


def test_a_copy_goes_out_with_the_letter_of_its_row_or_not_at_all(tmp_path: Path) -> None:
    def fails_for_a_copy(job: MailJob) -> MadeBatch:
        bad = [each for each in job.people if each.part]
        faults = tuple(refused(each.row) for each in bad)
        return MadeBatch({}, (), faults) if bad else made(job)

    done = carried_out(tmp_path, plan(skip_bad=True), fails_for_a_copy)
    assert 3 not in [row for each in done.account["files"] for row in each["rows"]]
    pages = (data.decode() for name, data in tree(done.folder).items() if name.endswith(".pdf"))
    assert "3." not in " ".join(pages)


def test_the_needs_of_whoever_would_have_got_a_copy_are_in_the_account(tmp_path: Path) -> None:
    row = replace(refused(3), copies=(("Mx Carer", ("braille",)),), needs=("large",))
    carried_out(tmp_path, plan(row, skip_bad=True))
    with open_ledger(tmp_path) as ledger:
        found = [each for each in needs_met(ledger, DAY, DAY) if each.given == "nothing"]
    assert [(each.need, each.why, each.count) for each in found] == [
        ("braille", "long", 1),
        ("large", "long", 1),
    ]


def test_a_row_without_letter_or_reason_stops_the_run_before_it_is_handed_over(
    tmp_path: Path,
) -> None:
    def forgets(job: MailJob) -> MadeBatch:
        return replace(made(job), letters=made(job).letters[1:])

    with pytest.raises(BookletError, match="does not add up"):
        carried_out(tmp_path, plan(), forgets)
    assert not (tmp_path / RUN.id).exists()


def killed(folder: Path, plan: Plan, after: int, make: Callable[[MailJob], MadeBatch]) -> bool:
    """Carry a run out in a process that is killed after so many calls that change files."""
    if (child := os.fork()) == 0:
        left = after

        def hear(event: str, _: object) -> None:
            nonlocal left
            if event in ("os.rename", "os.remove", "os.mkdir", "open"):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        import sys

        sys.addaudithook(hear)
        carried_out(folder, plan, make)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("make", [made, made_but_one])
def test_a_run_killed_anywhere_goes_on_to_the_same_bytes(
    tmp_path: Path, make: Callable[[MailJob], MadeBatch]
) -> None:
    whole = plan(skip_bad=True)
    expected = tree(carried_out(tmp_path / "whole", whole, make).folder)
    chance, deaths = random.Random(13), 0
    folder = tmp_path / "killed"
    while killed(folder, whole, chance.randrange(30 + 10 * deaths), make):
        deaths += 1
    assert deaths > 2
    assert tree(folder / RUN.id) == expected
    assert not [each for each in folder.iterdir() if each.name.startswith(UNFINISHED)]
    with open_ledger(folder) as ledger:
        assert [run.state for run in ledger.runs()] == ["done"]
        rows = [(each.row, each.part) for each in ledger.letters(RUN.id)]
    gone = {BAD} if make is made_but_one else set()
    assert rows == sorted((each.row, each.part) for each in PEOPLE if each.row not in gone)


def test_jobs_are_done_by_any_executor(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        for name, where in (
            ("pool", Elsewhere.on(pool)),
            ("two", Processes(2, "fork")),
            ("one", HERE),
        ):
            make_private(tmp_path / name)
            with open_ledger(tmp_path / name) as ledger:
                carry_out(plan(), ledger, tmp_path / name, Means(made, where, lambda: "now"))
    trees = [tree(tmp_path / name / RUN.id) for name in ("pool", "two", "one")]
    assert trees[0] == trees[1] == trees[2]


def test_a_file_that_a_killed_run_left_and_that_is_no_letter_is_not_handed_over(
    tmp_path: Path,
) -> None:
    left = tmp_path / f"{UNFINISHED}{RUN.id}/0001/row-00099.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"somebody's letter")
    assert not [*carried_out(tmp_path, plan()).folder.rglob("row-00099.pdf")]


def test_a_run_that_was_stopped_can_be_dropped(tmp_path: Path) -> None:
    def stops(job: MailJob) -> MadeBatch:
        raise KeyboardInterrupt

    for drop in (True, False):
        with pytest.raises(KeyboardInterrupt):
            carried_out(tmp_path, plan(), stops)
        with open_ledger(tmp_path) as ledger:
            assert [each.state for each in ledger.runs()] == ["begun"]
            if drop:
                assert not shred_run(ledger, tmp_path, RUN.id, "now").was_handed_over
                assert ledger.runs() == ()
    with open_ledger(tmp_path) as ledger, pytest.raises(WrongUsage, match="there are: 2026"):
        shred_run(ledger, tmp_path, "2026-12-01-9", "now")


def test_letters_of_which_an_older_ledger_knows_nothing_are_told_and_kept(tmp_path: Path) -> None:
    done = carried_out(tmp_path, plan())
    before = tree(done.folder)
    with open_ledger(tmp_path) as ledger:
        must_know_its_runs(ledger, tmp_path)
        ledger.forget(RUN.id)  # as in a copy of the day before
        with pytest.raises(LedgerGone, match=f"letters of {RUN.id} are in"):
            must_know_its_runs(ledger, tmp_path)
    assert tree(done.folder) == before


def test_nothing_in_the_ledger_or_the_account_of_a_run_names_anybody(tmp_path: Path) -> None:
    carried_out(tmp_path, plan())
    files = tree(tmp_path)
    assert {"ledger.sqlite"} < {Path(name).name for name in files}
    for name, data in files.items():
        assert b"Marker" not in data, name


def test_only_the_owner_may_read_what_a_run_makes(tmp_path: Path) -> None:
    done = carried_out(tmp_path / "mail", plan())
    assert {each.stat().st_mode & 0o777 for each in tree_of(tmp_path / "mail")} == {0o600}
    assert {each.stat().st_mode & 0o777 for each in (done.folder, tmp_path / "mail")} == {0o700}


def tree_of(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file() and each.name != ".gitignore"]
