"""What earlier runs mean for a new one: nobody is written to twice, and a stopped run goes on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from booklet.messages import counted
from booklet.plain_file import read_file
from booklet.post.grid import LARGEST_LIST
from booklet.post.ledger import Ledger, Run
from booklet.post.order import MailOrder
from booklet.post.reading import read_list
from booklet.post.recipients import Recipients
from booklet.post.refusal import RefusedRow, refusal
from booklet.post.setting import carrier_of
from booklet.post.stored import must_know_its_runs
from booklet.problems import WrongUsage

CODE = "booklet code"
"""The field of a letter about withdrawn words that has their code."""
_FIRST = (
    "this is the first run of {}; whoever got this letter from a run with another --output is not "
    "known there and would get it once more"
)
_OPTION_OF = {"way": "as", "alone": "letter-alone", "marks": "sheet-marks"}
"""What options are called where the ledger has another word."""


def letter_name(order: MailOrder) -> str:
    """What the ledger calls a letter: one about withdrawn words is another for each code."""
    return f"{order.letter} ({order.recalled})" if order.recalled else order.letter


@dataclass(frozen=True, slots=True)
class AskedRun:
    """What is asked for, with what the ledger knows of earlier runs."""

    order: MailOrder  # The order; that of a run that goes on has the day it began
    reading: Recipients  # The list, without those who are not to get it once more
    listed: str  # The keyed digest of the list's file
    again: bool  # Whether people who got the letter before are written to
    begun: Run | None  # The unfinished run that goes on
    sent: Mapping[int, str]  # The rows of people who got the letter before, and in which run


def asked_run(
    order: MailOrder, ledger: Ledger, folder: Path, *, resume: bool, again: bool
) -> AskedRun:
    """The list as it is to be written to; `WrongUsage` where an earlier run forbids it."""
    must_know_its_runs(ledger, folder)
    listed = ledger.keyed(_contents(order.recipients))
    begun = _begun_before(order, ledger, listed, resume=resume, again=again)
    if begun:
        order = replace(order, today=date.fromisoformat(begun.day))
        again = json.loads(begun.options)["again"]
    reading = read_list(order, carrier_of(order))
    if ledger.keyed(_contents(order.recipients)) != listed:
        raise WrongUsage(f"{order.recipients} was changed while it was read; begin again")
    if order.recalled:
        reading = _those_who_got(reading, ledger, order.recalled)
    sent = _sent_before(reading, ledger, letter_name(order))
    if otherwise := _sent_otherwise(reading, ledger, letter_name(order), sent):
        reading = replace(reading, notes=(*reading.notes, otherwise))
    if not ledger.runs():
        reading = replace(reading, notes=(*reading.notes, _FIRST.format(folder)))
    if not again:
        reading = _without_sent(reading, sent)
    return AskedRun(order, reading, listed, again, begun, sent)


def _contents(file: Path) -> bytes:
    """What stands in the list; `WrongUsage` where it cannot be read, or is no list for its size."""
    try:
        if file.stat().st_size > LARGEST_LIST:
            return b""  # its reader says that it is too large
        return read_file(file)
    except OSError as error:
        raise WrongUsage(f"{file} cannot be read: {error.strerror}") from error


def _begun_before(
    order: MailOrder, ledger: Ledger, listed: str, *, resume: bool, again: bool
) -> Run | None:
    """The unfinished run that goes on; `WrongUsage` where none may be begun, or go on."""
    same = [each for each in ledger.runs_of(listed) if each.letter == letter_name(order)]
    # A run in which every row was left out has written to nobody.
    same = [each for each in same if each.state == "begun" or any(ledger.counts(each.id)[:2])]
    unfinished = [each for each in same if each.state == "begun"]
    if unfinished and resume:
        return unfinished[-1]
    if unfinished:
        name = unfinished[-1].id
        raise WrongUsage(
            f"run {name} of this list was begun and not finished: `--resume` goes on with it; "
            f"{order.command(f'shred {name}')} drops it"
        )
    if resume:
        raise WrongUsage(
            f"there is no unfinished run of this very list with this letter; "
            f"{order.command('runs')} shows all runs. A list that was changed is another list"
        )
    if same and not again:
        raise WrongUsage(_sent(same[-1], ledger))
    return None


def _sent(run: Run, ledger: Ledger) -> str:
    """Why a list is not sent again, and where those are who got nothing when it was sent."""
    letters, _, refused = ledger.counts(run.id)
    said = f"this list was written to on {run.day} with this letter (run {run.id}), "
    if not refused:
        return f"{said}so everybody would get a second one; if that is meant, add --again"
    return (
        f"{said}and {letters} of its {run.rows} rows got it; "
        f"{counted(refused, 'row was', 'rows were')} left out, into the file of its --skip-bad: "
        "put them right there, and send that file. --again writes once more to those who got it"
    )


def must_be_as_begun(order: MailOrder, begun: Run, now: Run) -> None:
    """`WrongUsage` where a run that goes on would be made of other words or with other options."""
    if begun.inputs != now.inputs:
        raise WrongUsage(
            f"run {begun.id} was begun with other words or options than there are now, so it "
            f"cannot go on; {_difference(begun, now)}; {order.command(f'shred {begun.id}')} drops "
            "it, then begin anew"
        )


def _difference(begun: Run, now: Run) -> str:
    """What is asked for now that was not when a run was begun, as options are typed."""
    before, after = ({"carrier": each.carrier, **json.loads(each.options)} for each in (begun, now))
    differing = [
        f"--{_OPTION_OF.get(name, name.replace('_', '-'))} {_said(before.get(name))}, "
        f"and now {_said(after[name])}"
        for name in after
        if before.get(name) != after[name]
    ]
    told = "; ".join(differing)
    return f"it had {told}" if told else "the words, a booklet or the program itself were changed"


def _said(value: object) -> str:
    """The value of an option in words; a switch is on or off."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value or 'as usual'}"


def _sent_before(reading: Recipients, ledger: Ledger, letter: str) -> dict[int, str]:
    """The rows of people who got this letter, with this booklet, before; and in which run."""
    sent = ledger.sent(letter)
    return {
        each.row: run
        for each in reading.people
        if each.part == 0 and (run := sent.get((ledger.keyed(each.identity), each.given.booklet)))
    }


def _sent_otherwise(
    reading: Recipients, ledger: Ledger, letter: str, sent: Mapping[int, str]
) -> str:
    """What to tell where people got this letter before, but not with this booklet."""
    got = {person for person, _ in ledger.sent(letter)}
    number = sum(
        each.part == 0 and each.row not in sent and ledger.keyed(each.identity) in got
        for each in reading.people
    )
    people = counted(number, "person", "people")
    said = f"{people} of it got this letter before, with another booklet or with none"
    return said if number else ""


def _without_sent(reading: Recipients, sent: Mapping[int, str]) -> Recipients:
    """Refuse the rows of people who got this letter before, as `_sent_before` has them."""
    refused = [
        RefusedRow(row, (refusal(row, "", "sent-before", run=run),)) for row, run in sent.items()
    ]
    gone = sent.keys()
    people = tuple(each for each in reading.people if each.row not in gone)
    return replace(reading, people=people, refused=(*reading.refused, *refused))


def _those_who_got(reading: Recipients, ledger: Ledger, code: str) -> Recipients:
    """Those alone who got words of a code, and no booklet this time; other rows do not count."""
    got = {each.person for letters in ledger.with_code(code).values() for each in letters}
    people = tuple(
        replace(each, fields=(*each.fields, (CODE, code)))
        for each in reading.people
        if ledger.keyed(each.identity) in got
    )
    rows = {each.row for each in people} | {each.row for each in reading.refused}
    return replace(reading, people=people, rows=len(rows), fields=(*reading.fields, CODE))
