"""Two people who answer for the same words at once: no entry is lost, and none is half there."""

import multiprocessing
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from booklet.approval import SignOff, approve, send_to_review, withdraw
from booklet.files import LOCK, locked
from booklet.problems import WrongUsage
from booklet.review.booklet import review_status
from booklet.review.history import history
from tests.conftest import ROOT, TODAY
from tests.interruptions import at_rename

LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")
PAIRS = (
    ("approve", "approve"),
    ("approve", "withdraw"),
    ("sent to review", "withdraw"),
    ("sent to review", "sent to review"),
)
ROUNDS = 20
FORK = multiprocessing.get_context("fork")  # as the builder does; a fresh process takes seconds


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/words/content", tmp_path / "content"))


def act(what: str, content: Path) -> None:
    if what == "approve":
        approve(content, "leaflet", LEAD)
    elif what == "withdraw":
        withdraw(content, "leaflet", LEAD, "A number in it is wrong", "0.1")
    else:
        send_to_review(content, "leaflet", LEAD)


def person(which: int, folder: Path, start: Barrier, rounds: int = ROUNDS) -> None:
    """One of two people; leaves a file with what they were told in every round."""
    for turn in range(rounds):
        told = "done"
        start.wait(60)
        try:
            act(PAIRS[turn % len(PAIRS)][which], folder / str(turn))
        except WrongUsage as error:
            told = str(error)
        (folder / f"{turn}-{which}.txt").write_text(told)


@pytest.mark.slow
def test_two_people_at_once_lose_no_entry(content: Path, tmp_path: Path) -> None:
    act("sent to review", content)
    for turn in range(ROUNDS):
        shutil.copytree(content, tmp_path / str(turn))
    start = FORK.Barrier(2)
    people = [FORK.Process(target=person, args=(each, tmp_path, start)) for each in range(2)]
    for each in people:
        each.start()
    for each in people:
        each.join(300)
    for turn in range(ROUNDS):
        told = [(tmp_path / f"{turn}-{each}.txt").read_text() for each in range(2)]
        assert all(each == "done" or "try again" in each for each in told)
        record = review_status(tmp_path / str(turn), "leaflet", TODAY).record
        assert len(record) == 1 + told.count("done"), PAIRS[turn % len(PAIRS)]
        assert not (tmp_path / str(turn) / "leaflet" / LOCK).exists()


def test_who_waits_too_long_is_told_to_try_again(content: Path) -> None:
    folder = content / "leaflet"
    with locked(folder), ThreadPoolExecutor(1) as somebody_else:
        waiting = somebody_else.submit(locked(folder, patience=0).__enter__)
        with pytest.raises(WrongUsage, match=r"somebody else is writing in .*; try again"):
            waiting.result()
        with locked(folder, patience=0):  # who has it has it
            pass
        assert (folder / LOCK).exists()
    with locked(folder, patience=0):
        pass
    assert not (folder / LOCK).exists()


def hold_and_die(folder: Path) -> None:
    with locked(folder):
        os._exit(9)


def test_the_lock_of_a_run_that_was_killed_keeps_nobody_out(content: Path) -> None:
    killed = FORK.Process(target=hold_and_die, args=(content / "leaflet",))
    killed.start()
    killed.join(60)
    assert (killed.exitcode, (content / "leaflet" / LOCK).exists()) == (9, True)
    act("approve", content)
    assert not (content / "leaflet" / LOCK).exists()


def approve_and_die(content: Path, steps: int) -> None:
    """An approval that is killed before the name after so many changes."""
    at_rename(steps, lambda: os._exit(9))
    approve(content, "leaflet", LEAD)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_approval_killed_at_any_step_is_none_or_is_finished_by_the_next_run(
    steps: int, content: Path
) -> None:
    killed = FORK.Process(target=approve_and_die, args=(content, steps))
    killed.start()
    killed.join(60)
    assert killed.exitcode == 9
    assert review_status(content, "leaflet", TODAY).state == "draft"
    act("sent to review", content)
    record = [each.what for each in review_status(content, "leaflet", TODAY).record]
    assert record == [*(["approved"] if steps else []), "sent to review"]
    assert len(list((content / "leaflet").glob("approved/*.txt"))) == bool(steps)
    assert history(content, "leaflet", TODAY).problems == ()
